"""Where traces and metrics go: Langfuse by its keys, any collector by OpenTelemetry's own variables, or both."""

import base64
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from alfred.settings import Settings

LANGFUSE = "https://cloud.langfuse.com"


@dataclass(frozen=True)
class Target:
    """One receiver.

    Attributes:
        name: how the log calls it.
        traces: address that takes spans; None takes none.
        metrics: address that takes metrics; None takes none.
        headers: sent with each request and to nobody else; None leaves them to OpenTelemetry's variables.
        keys: the variables to look at when the receiver refuses.
        base: Langfuse's own address, for what is not OpenTelemetry; None elsewhere.
    """

    name: str
    traces: str | None
    metrics: str | None = None
    headers: dict[str, str] | None = field(default=None, repr=False)
    keys: str = "OTEL_EXPORTER_OTLP_HEADERS"
    base: str | None = None

    @property
    def host(self) -> str:
        """The receiver's host and port, without anything secret that the address may hold."""
        return host_of(self.traces or self.metrics or "")


def host_of(address: str) -> str:
    """Return the host and the port of an address."""
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def find_targets(settings: Settings) -> list[Target]:
    """Return the receivers that the settings name."""
    if settings.otel_disabled:
        return []
    return [target for target in (_langfuse(settings), _collector(settings)) if target]


def missing_key(settings: Settings) -> str | None:
    """Return the name of the Langfuse key that is missing while the other one is set."""
    public, secret = settings.langfuse_public_key, settings.langfuse_secret_key
    if bool(public) == bool(secret):
        return None
    return "LANGFUSE_SECRET_KEY" if public else "LANGFUSE_PUBLIC_KEY"


def _langfuse(settings: Settings) -> Target | None:
    public, secret = settings.langfuse_public_key, settings.langfuse_secret_key
    if not (public and secret):
        return None
    base = (settings.langfuse_base_url or settings.langfuse_host or LANGFUSE).rstrip("/")
    pair = base64.b64encode(f"{public}:{secret.get_secret_value()}".encode()).decode()
    return Target(
        "Langfuse",
        f"{base}/api/public/otel/v1/traces",
        headers={"Authorization": f"Basic {pair}", "x-langfuse-ingestion-version": "4"},
        keys="LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY",
        base=base,
    )


def _collector(settings: Settings) -> Target | None:
    base = settings.otel_endpoint.rstrip("/") if settings.otel_endpoint else None
    traces = settings.otel_traces_endpoint or (base and f"{base}/v1/traces")
    metrics = settings.otel_metrics_endpoint or (base and f"{base}/v1/metrics")
    return Target("The OpenTelemetry collector", traces, metrics) if traces or metrics else None
