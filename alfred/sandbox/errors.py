"""What can go wrong around the jail.

    SandboxError
    ├── JailUnavailableError   this machine cannot jail code: for whoever runs Alfred
    ├── ExecutorError          the executor was given what it cannot take: for whoever writes the agent
    └── StepError              the step failed: its text is for the model, which reads it as the step's error
        └── ChildLostError     … and its child is gone: killed, crashed, or lost with the fork server

`Stopped` stands apart: somebody pressed Stop. It is no Exception, so that smolagents, which turns every Exception of
an executor into an error for the model and goes on, does not go on.
"""

from alfred.errors import SandboxError, Stopped

__all__ = ["ChildLostError", "ExecutorError", "JailUnavailableError", "SandboxError", "StepError", "Stopped"]


class JailUnavailableError(SandboxError):
    """This machine cannot run code in the jail."""


class ExecutorError(SandboxError):
    """An import that is not installed, or a variable that is no plain data, was given to the executor."""


class StepError(SandboxError):
    """The code of a step failed."""


class ChildLostError(StepError):
    """The child that ran the code is gone.

    prints: what is known to have been printed. may_repeat: the same code may succeed in a new child.
    """

    def __init__(self, text: str, prints: str = "", *, may_repeat: bool = True) -> None:
        super().__init__(text)
        self.prints = prints
        self.may_repeat = may_repeat
