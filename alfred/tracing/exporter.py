"""What goes out: redacted, in a bounded time, and said once when it does not arrive.

OpenTelemetry's exporters retry, log each retry and tell no reason. Here a `Line` (a session of requests) remembers why
a receiver did not take something, and `Report` turns that into one sentence for as long as it lasts.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

import requests
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import MetricExporter, MetricExportResult, MetricsData
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from alfred.tracing.spans import cleaned
from alfred.tracing.targets import Target, host_of

log = logging.getLogger(__name__)

# Longest time for one batch with its retries. The end of the process waits less (provider.EXIT_SECONDS).
EXPORT_SECONDS = 3
# These log every retry and every lost batch; `Report` says the same once.
_TALKATIVE = (
    "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "opentelemetry.exporter.otlp.proto.http.metric_exporter",
    "opentelemetry.sdk._shared_internal",
    "opentelemetry.sdk.metrics._internal.export",
)
UNSENT = "did not take what was sent"
# Headers that an exporter makes itself; all others may be another receiver's keys.
_OF_THE_PROTOCOL = {"content-type", "content-encoding", "user-agent"}


class Line(requests.Session):
    """The way to one receiver.

    Args:
        target: the receiver; its own headers, if it has any, replace those of OpenTelemetry's variables.
    """

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._own = target.headers
        self.fault: str | None = None

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        """Send a request and remember what was wrong with the answer."""
        try:
            response = super().request(method, url, **{**options, "headers": self._headers(options)})
        except requests.Timeout:
            self.fault = f"did not answer within {EXPORT_SECONDS} seconds"
            raise
        except (requests.RequestException, OSError):
            self.fault = "cannot be reached"
            raise
        self.fault = None if response.ok else _refusal(response.status_code)
        return response

    def _headers(self, options: dict[str, Any]) -> dict[str, str]:
        headers = options.get("headers") or {}
        if self._own is None:
            return headers
        return {name: value for name, value in headers.items() if name.lower() in _OF_THE_PROTOCOL} | self._own


def _refusal(status: int) -> str:
    if status in (401, 403):
        return f"refused the keys (status {status})"
    return "takes no more at the moment (status 429)" if status == 429 else f"answered with status {status}"


class Report:
    """Says once that a receiver does not take what is sent, and once that it does again.

    Args:
        target: the receiver.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._addresses = {"traces": target.traces, "metrics": target.metrics}
        self._told: dict[str, str] = {}
        # Traces and metrics go out in threads of their own, and at the end of the process at the same time.
        self._lock = threading.Lock()

    def tell(self, signal: str, fault: str | None) -> None:
        """Take how the latest delivery went.

        Args:
            signal: `traces` or `metrics`.
            fault: why it did not arrive, None when it did.
        """
        where = f"{self._target.name} at {host_of(self._addresses[signal] or '')}"
        with self._lock:
            if fault and fault not in self._told.values():
                advice = f" Check {self._target.keys}." if "keys" in fault else ""
                log.warning("%s %s: turns go on, %s that cannot be sent are dropped.%s", where, fault, signal, advice)
            if fault:
                self._told[signal] = fault
            elif self._told.pop(signal, None) and not self._told:
                log.info("%s takes what is sent again.", where)


class CarefulExporter(SpanExporter):
    """Sends spans to one receiver.

    Args:
        target: the receiver, which takes traces.
        report: hears how it goes.
        redact: takes out of a text what must not leave.
    """

    def __init__(self, target: Target, report: Report, redact: Callable[[str], str]) -> None:
        self._line = Line(target)
        self._report = report
        self._redact = redact
        self._inner = OTLPSpanExporter(endpoint=target.traces, timeout=EXPORT_SECONDS, session=self._line)

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send spans, redacted."""
        result = self._inner.export([cleaned(span, self._redact) for span in spans])
        self._report.tell("traces", None if result is SpanExportResult.SUCCESS else self._line.fault or UNSENT)
        return result

    def shutdown(self) -> None:
        """End the exporter."""
        self._inner.shutdown()


class CarefulMetricExporter(MetricExporter):
    """Sends metrics to one receiver.

    Args:
        target: the receiver, which takes metrics.
        report: hears how it goes.
    """

    def __init__(self, target: Target, report: Report) -> None:
        super().__init__()
        self._line = Line(target)
        self._report = report
        self._inner = OTLPMetricExporter(endpoint=target.metrics, timeout=EXPORT_SECONDS, session=self._line)

    def export(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **options: Any) -> MetricExportResult:
        """Send metrics."""
        result = self._inner.export(metrics_data, timeout_millis, **options)
        self._report.tell("metrics", None if result is MetricExportResult.SUCCESS else self._line.fault or UNSENT)
        return result

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        """Nothing is kept here that could be sent."""
        return True

    def shutdown(self, timeout_millis: float = 30_000, **options: Any) -> None:
        """End the exporter."""
        self._inner.shutdown(timeout_millis, **options)


def hush() -> None:
    """Keep OpenTelemetry's own exporters out of the log, where `Report` speaks for them."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
