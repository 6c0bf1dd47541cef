"""Which language model answers, and what its failures mean to a host.

`choose_model` reads the settings (`embedded`, `hf:ORG/MODEL[@PROVIDER]`, `openai:MODEL`); `ModelChoice.build`
makes a fresh smolagents model, one for each turn, because a client of `huggingface_hub` keeps every answered
stream open as long as it lives. `explain` turns whatever such a model raises into one sentence.
It does not retry: a turn does, since a turn can be stopped (`alfred.turn`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr
from smolagents import InferenceClientModel, Model, OpenAIModel

from alfred.errors import (
    ModelError,
    ModelNotFoundError,
    ModelTimeoutError,
    ModelUnreachableError,
    QuotaError,
    RateLimitError,
    SettingError,
    TokenError,
)
from alfred.planner import EmbeddedPlanner
from alfred.settings import Settings

# As agent.json has them; OpenAI's own newest models refuse both, so they go to other servers alone.
TEMPERATURE = 0.2
MAX_TOKENS = 2048

Kind = Literal["embedded", "hf", "openai"]

_CHOICE = re.compile(r"(?P<kind>hf|openai):(?P<model>[^\s@]+)(?:@(?P<provider>[\w-]+))?")


@dataclass(frozen=True)
class ModelChoice:
    """Which model answers a turn, and all that is needed to build it.

    Attributes:
        kind: `embedded`, `hf` (Hugging Face's inference providers) or `openai` (an OpenAI-compatible server).
        model_id: the model's name there.
        provider: the inference provider; None lets the router choose.
        seconds: longest silence of the model before it counts as timed out.
    """

    kind: Kind
    model_id: str = EmbeddedPlanner.model_id
    provider: str | None = None
    token: SecretStr | None = None
    base_url: str | None = None
    seconds: float = 60

    @property
    def label(self) -> str:
        """How the page and the terminal name this model."""
        if self.kind == "embedded":
            return "the embedded planner (rules, not a language model)"
        return f"{self.model_id} ({self.provider or _PLACES[self.kind]})"

    def build(self) -> Model:
        """Return a new smolagents model."""
        return _BUILDERS[self.kind](self)


_PLACES = {"hf": "Hugging Face", "openai": "OpenAI-compatible server"}


def _build_embedded(choice: ModelChoice) -> Model:
    return EmbeddedPlanner()


def _build_hugging_face(choice: ModelChoice) -> Model:
    return InferenceClientModel(
        choice.model_id,
        provider=choice.provider,
        token=choice.token.get_secret_value() if choice.token else None,
        timeout=choice.seconds,
        retry=False,
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )


def _build_openai(choice: ModelChoice) -> Model:
    sampling = {"temperature": TEMPERATURE, "max_tokens": MAX_TOKENS} if choice.base_url else {}
    return OpenAIModel(
        choice.model_id,
        api_base=choice.base_url,
        api_key=choice.token.get_secret_value() if choice.token else "none",
        client_kwargs={"timeout": choice.seconds, "max_retries": 0},
        retry=False,
        **sampling,
    )


_BUILDERS = {"embedded": _build_embedded, "hf": _build_hugging_face, "openai": _build_openai}


def choose_model(settings: Settings, hosted_model_id: str) -> ModelChoice:
    """Return the model that the settings ask for.

    Args:
        settings: `ALFRED_MODEL`, the tokens and the time limit.
        hosted_model_id: the model of agent.json, which answers when a token is there and nothing else is asked.

    Raises:
        SettingError: when `ALFRED_MODEL` has another form, or lacks the token or address that it needs.
    """
    if settings.model is None:
        wanted = f"hf:{hosted_model_id}" if settings.hf_token else "embedded"
    else:
        wanted = settings.model.strip()
    if wanted == "embedded":
        return ModelChoice("embedded")
    match = _CHOICE.fullmatch(wanted)
    if not match:
        raise SettingError(
            f"ALFRED_MODEL is {wanted!r}: write embedded, hf:ORG/MODEL[@PROVIDER] or openai:MODEL, or unset it."
        )
    if match["kind"] == "hf":
        return _hugging_face(match["model"], match["provider"], settings)
    return _openai(match["model"], settings)


def _hugging_face(model_id: str, provider: str | None, settings: Settings) -> ModelChoice:
    if settings.hf_token is None:
        raise SettingError(f"ALFRED_MODEL is 'hf:{model_id}', which needs a token: set HF_TOKEN or unset it.")
    return ModelChoice("hf", model_id, provider=provider, token=settings.hf_token, seconds=settings.model_seconds)


def _openai(model_id: str, settings: Settings) -> ModelChoice:
    if settings.openai_base_url is None and settings.openai_api_key is None:
        raise SettingError(
            f"ALFRED_MODEL is 'openai:{model_id}', which needs a server: set OPENAI_BASE_URL or OPENAI_API_KEY."
        )
    return ModelChoice(
        "openai",
        model_id,
        token=settings.openai_api_key,
        base_url=settings.openai_base_url,
        seconds=settings.model_seconds,
    )


_BY_STATUS: dict[int, tuple[type[ModelError], str]] = {
    400: (ModelNotFoundError, "does not serve this model or refused the request: choose another model"),
    401: (TokenError, "refused the token: check that it is right and still valid"),
    402: (QuotaError, "says that the account has no credit left: add credit, or set another token"),
    403: (TokenError, "says that the token may not use this model: give it the right to, or set another"),
    404: (ModelNotFoundError, "does not know this model: check its name, or choose another"),
    408: (ModelTimeoutError, "did not answer in time: try again, or choose a faster model"),
    422: (ModelNotFoundError, "cannot serve this request with this model: choose another model"),
    429: (RateLimitError, "gets too many requests: wait a minute and try again"),
    504: (ModelTimeoutError, "did not answer in time: try again, or choose a faster model"),
}

# By name, because the clients stand on different HTTP libraries (httpx, httpx2) that share these names.
_TIMED_OUT = {"TimeoutException", "APITimeoutError", "TimeoutError"}
_NOT_CONNECTED = {"TransportError", "APIConnectionError", "ConnectionError"}


def explain(error: BaseException, model_id: str) -> ModelError:
    """Return the failure of a hosted model as an error that a host can read.

    Args:
        error: what smolagents or the client raised; its causes are searched too.
        model_id: the name of the model that was asked.
    """
    if found := next((cause for cause in _causes(error) if isinstance(cause, ModelError)), None):
        return found
    kind, what = _read(list(_causes(error)))
    return kind(f"The model {model_id} {what}.")


def is_rate_limit(error: BaseException) -> bool:
    """Tell whether waiting a little and asking again may help."""
    causes = list(_causes(error))
    return any(_status(cause) == 429 for cause in causes) and not any(map(_out_of_credit, causes))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _read(causes: list[BaseException]) -> tuple[type[ModelError], str]:
    if any(map(_out_of_credit, causes)):
        return _BY_STATUS[402]
    status = next(filter(None, map(_status, causes)), None)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status is not None:
        return ModelError, f"failed with status {status}: try again in a while, or choose another model"
    return _read_without_status(causes)


def _read_without_status(causes: list[BaseException]) -> tuple[type[ModelError], str]:
    kinds = {kind.__name__ for cause in causes for kind in type(cause).__mro__}
    if kinds & _TIMED_OUT:
        return _BY_STATUS[504]
    if kinds & _NOT_CONNECTED:
        return ModelUnreachableError, "cannot be reached: check the network and the address"
    text = " ".join(str(cause) for cause in causes).lower()
    if "api key" in text or "api_key" in text:
        return TokenError, "needs a Hugging Face token (it begins with hf_): set the right one"
    if "not supported" in text:
        return ModelNotFoundError, "is not served by this provider: choose another provider or model"
    return ModelError, "gave no usable answer: try again, or choose another model"


def _status(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None


def _out_of_credit(error: BaseException) -> bool:
    text = str(error)
    return "insufficient_quota" in text or "exceeded your monthly included credits" in text
