"""Every environment variable that Alfred reads, with its meaning and its default."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from alfred.errors import SettingError

SPACE_PORTS = (80, 443, 8080)

Executor = Literal["jail", "docker", "e2b", "modal", "blaxel", "local"]
Switch = Literal["on", "off"]


class Settings(BaseSettings):
    """What a maintainer can set. Each field's alias is the name of its environment variable."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    model: str | None = Field(
        None,
        alias="ALFRED_MODEL",
        description="Which model answers: `embedded`, `hf:ORG/MODEL[@PROVIDER]` or `openai:MODEL`. "
        "Unset: the model of agent.json when `HF_TOKEN` is set, else the embedded planner.",
    )
    hf_token: SecretStr | None = Field(
        None,
        alias="HF_TOKEN",
        description="Hugging Face token that pays for hosted models. Keep it a secret.",
    )
    space_id: str | None = Field(
        None,
        alias="SPACE_ID",
        description="Name of the Space, set by Spaces, which reach no other ports than 80, 443 and 8080.",
    )
    openai_base_url: str | None = Field(
        None,
        alias="OPENAI_BASE_URL",
        description="Address of an OpenAI-compatible server (llama.cpp, Ollama, vLLM …) for `openai:MODEL`.",
    )
    openai_api_key: SecretStr | None = Field(
        None, alias="OPENAI_API_KEY", description="Key for that server. Keep it a secret."
    )
    model_seconds: float = Field(
        60,
        alias="ALFRED_MODEL_SECONDS",
        gt=0,
        description="Longest wait for a hosted model to say something, in seconds.",
    )
    executor: Executor = Field(
        "jail",
        alias="ALFRED_EXECUTOR",
        description="Where the agent's code runs: in the `jail`, a locked-down child process (Linux), or in one of "
        "smolagents' remote executors, `docker`, `e2b`, `modal` or `blaxel`. `local` is for development and protects "
        "nothing.",
    )
    search_fallback: str | None = Field(
        None,
        alias="ALFRED_SEARCH_FALLBACK",
        description="Further search engines, such as `brave,mojeek`, asked when DuckDuckGo has nothing. Unset: none, "
        "because it sends the hosts' words to them.",
    )
    max_steps: int = Field(10, alias="ALFRED_MAX_STEPS", ge=1, le=50, description="Most steps that one turn may take.")
    turn_seconds: float = Field(
        180, alias="ALFRED_TURN_SECONDS", gt=0, description="Longest time that one turn may take, in seconds."
    )
    request_characters: int = Field(
        4000, alias="ALFRED_REQUEST_CHARACTERS", ge=1, description="Longest request, in characters."
    )
    concurrency: int = Field(
        4, alias="ALFRED_CONCURRENCY", ge=1, le=40, description="How many turns run at once on the page."
    )
    waiting: int = Field(
        60, alias="ALFRED_WAITING", ge=0, le=200, description="How many turns may wait in line for a place."
    )
    turns_an_hour: int | None = Field(
        None,
        alias="ALFRED_TURNS_AN_HOUR",
        ge=1,
        description="Most requests of one visitor within an hour. Unset: no limit.",
    )
    browser_secret: SecretStr = Field(
        SecretStr("alfred"),
        alias="ALFRED_BROWSER_SECRET",
        min_length=1,
        description="Key under which a browser keeps its conversations; the same on all replicas, or they are lost.",
    )
    mcp: bool = Field(
        False,
        alias="ALFRED_MCP",
        description="Whether the page's endpoints are MCP tools too. Needs the package `mcp` below version 2.",
    )
    oauth_client_id: str | None = Field(
        None,
        alias="OAUTH_CLIENT_ID",
        description="Set by a Space whose card says `hf_oauth: true` and `hf_oauth_scopes: [inference-api]`: visitors "
        "may sign in and pay with their own token.",
    )
    langfuse_public_key: str | None = Field(
        None, alias="LANGFUSE_PUBLIC_KEY", description="Public key of a Langfuse project. With the secret key: traces."
    )
    langfuse_secret_key: SecretStr | None = Field(
        None, alias="LANGFUSE_SECRET_KEY", description="Secret key of that project. Keep it a secret."
    )
    langfuse_base_url: str | None = Field(
        None,
        alias="LANGFUSE_BASE_URL",
        description="Address of Langfuse. Unset: `LANGFUSE_HOST`, else its cloud in the EU, `https://cloud.langfuse.com`.",
    )
    langfuse_host: str | None = Field(None, alias="LANGFUSE_HOST", description="The older name of that address.")
    trace_environment: str = Field(
        "default",
        alias="LANGFUSE_TRACING_ENVIRONMENT",
        pattern=r"^[a-z0-9_-]{1,40}$",
        description="Environment that traces carry, such as `production`.",
    )
    trace_release: str | None = Field(
        None, alias="LANGFUSE_RELEASE", description="Release that traces carry. Unset: Alfred's version."
    )
    otel_endpoint: str | None = Field(
        None,
        alias="OTEL_EXPORTER_OTLP_ENDPOINT",
        description="Address of any OpenTelemetry collector (OTLP over HTTP), for traces and metrics. "
        "OpenTelemetry's other variables for exporters hold too.",
    )
    otel_traces_endpoint: str | None = Field(
        None, alias="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", description="Full address for traces, if it is another."
    )
    otel_metrics_endpoint: str | None = Field(
        None, alias="OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", description="Full address for metrics, if it is another."
    )
    otel_headers: SecretStr | None = Field(
        None, alias="OTEL_EXPORTER_OTLP_HEADERS", description="Headers for that collector. Keep them a secret."
    )
    otel_disabled: bool = Field(False, alias="OTEL_SDK_DISABLED", description="Switches traces off whatever is set.")
    trace_content: Switch = Field(
        "on", alias="ALFRED_TRACE_CONTENT", description="`off` sends structure, times and counts, and no words."
    )
    trace_contacts: Switch = Field(
        "off", alias="ALFRED_TRACE_CONTACTS", description="`on` sends mail addresses and telephone numbers too."
    )
    metrics: bool = Field(
        False, alias="ALFRED_METRICS", description="Whether `/metrics` answers, in Prometheus's text form."
    )
    log_format: Literal["text", "json"] = Field(
        "text", alias="ALFRED_LOG_FORMAT", description="Form of the page's log on standard error: `text` or `json`."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", alias="ALFRED_LOG_LEVEL", description="Least level that is logged. `DEBUG` may log visitors' words."
    )
    server_name: str = Field("127.0.0.1", alias="GRADIO_SERVER_NAME", description="Address on which the page listens.")
    server_port: int = Field(
        7860, alias="GRADIO_SERVER_PORT", ge=1, le=65535, description="Port on which the page listens."
    )

    @field_validator("openai_base_url")
    @classmethod
    def _is_reachable(cls, address: str | None, known: ValidationInfo) -> str | None:
        if address and known.data.get("space_id") and not reachable_from_space(address):
            raise PydanticCustomError("port", "a Space reaches no other ports than 80, 443 and 8080")
        return address


def reachable_from_space(address: str) -> bool:
    """Tell whether a Space may connect to the port of this address (https://huggingface.co/docs/hub/spaces-overview)."""
    parts = urlsplit(address)
    return (parts.port or {"http": 80, "https": 443}.get(parts.scheme)) in SPACE_PORTS


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingError: naming the first variable with a wrong value, the value and the reason.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    reason = first["msg"][0].lower() + first["msg"][1:]
    return f"{first['loc'][0]} is {first['input']!r}: {reason}. Correct it or unset it."


def settings_table() -> str:
    """Return the settings as a Markdown table, one row a variable, as the README shows them."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for field in Settings.model_fields.values():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{field.alias}` | {default} | {field.description} |")
    return "\n".join(rows)
