"""Every error that Alfred raises on purpose, in two families.

    AlfredError
    ├── HostError                    a host may read it: what happened and what to do, in one sentence
    │   ├── RequestError             the request is empty or too long
    │   ├── ConversationError        what was given is not a conversation of Alfred's
    │   ├── PlanError                what was given is not a plan
    │   ├── LimitError               the turn used up its steps or its time
    │   └── ModelError               the language model gave no answer
    │       ├── TokenError           no token, or one that is refused
    │       ├── QuotaError           the account has no credit left
    │       ├── RateLimitError       too many requests at the moment
    │       ├── ModelNotFoundError   no such model, or no provider that serves it
    │       ├── ModelTimeoutError    no answer in time
    │       └── ModelUnreachableError  no way to the model over the network
    └── MaintainerError              whoever runs Alfred reads it
        ├── SettingError             an environment variable has a wrong value
        ├── SpaceError               the folder cannot be read, published or saved there
        └── SandboxError             the code of an agent could not run: the tree goes on in alfred.sandbox.errors

`Stopped` stands apart: a stop is no fault, and code that catches every `Exception` must not catch it.
"""


class AlfredError(Exception):
    """Anything that Alfred raises on purpose."""


class HostError(AlfredError):
    """A fault that the host may read: one sentence that says what happened and what to do."""


class RequestError(HostError):
    """The request is empty or too long."""


class ConversationError(HostError):
    """What was given is not a conversation of Alfred's."""


class PlanError(HostError):
    """What was given is not a plan, or not a whole one."""


class LimitError(HostError):
    """The turn used up its steps or its time."""


class ModelError(HostError):
    """The language model gave no answer."""


class TokenError(ModelError):
    """There is no token, or the token is refused."""


class QuotaError(ModelError):
    """The account that pays for the model has no credit left."""


class RateLimitError(ModelError):
    """The model's provider gets too many requests at the moment."""


class ModelNotFoundError(ModelError):
    """No such model, or no provider that serves it."""


class ModelTimeoutError(ModelError):
    """The model did not answer in time."""


class ModelUnreachableError(ModelError):
    """The model cannot be reached over the network."""


class MaintainerError(AlfredError):
    """A fault that whoever runs Alfred reads and mends."""


class SettingError(MaintainerError):
    """An environment variable has a wrong value."""


class SandboxError(MaintainerError):
    """The code of an agent could not run."""


class SpaceError(MaintainerError):
    """The folder cannot be read, published or saved there."""


class Stopped(BaseException):
    """The turn was stopped. Like `KeyboardInterrupt` no error, so that no `except Exception` swallows it."""
