"""Tracing with OpenTelemetry behind it: a provider of our own, and a process that ends in time."""

import atexit
import os
import secrets
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from openinference.instrumentation.smolagents import SmolagentsInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from smolagents import Model

from alfred import __version__
from alfred.settings import Settings
from alfred.tracing.backend import send_score
from alfred.tracing.exporter import CarefulExporter, CarefulMetricExporter, Report, hush
from alfred.tracing.metrics import Metrics
from alfred.tracing.nothing import Trace, Tracer, Tracing
from alfred.tracing.redaction import Redactor, secret_values
from alfred.tracing.spans import MOST_MESSAGES
from alfred.tracing.targets import Target
from alfred.tracing.turns import TurnSpans, TurnTrace

# Scopes of this name pass the default filter of Langfuse's own SDK too.
SCOPE = "openinference.alfred"
# The whole process ends within three seconds.
EXIT_SECONDS = 1.0
# At most MOST_QUEUED spans of at most spans.SPAN_CHARACTERS wait: about 32 MB for each receiver that is down.
MOST_QUEUED, BATCH, EVERY_MILLISECONDS = 512, 64, 1000
# Texts of which the redacted form is kept at hand, each of at most spans.ATTRIBUTE_CHARACTERS.
REMEMBERED = 64


class OpenTelemetryTracing(Tracing):
    """Traces and metrics of this process.

    Args:
        settings: the keys, and what may be told.
        targets: where it goes.
    """

    def __init__(self, settings: Settings, targets: list[Target]) -> None:
        hush()
        self._shared = _shared(settings)
        self._langfuse = next((target for target in targets if target.base), None)
        resource = Resource.create({"service.name": "alfred", "service.version": __version__})
        reports = {target.name: Report(target) for target in targets}
        self._metrics = _metrics(settings, targets, reports, resource, lambda: self._spans.running)
        # The same messages are in call after call of a model, and go to each receiver.
        redact = lru_cache(REMEMBERED)(Redactor(secret_values(settings, os.environ), settings.trace_contacts == "off"))
        sinks = [_sender(target, reports[target.name], redact) for target in targets if target.traces]
        if self._metrics:
            sinks.insert(0, self._metrics)
        self._spans = TurnSpans(sinks, settings.trace_content == "on")
        provider = TracerProvider(
            ALWAYS_ON, resource, shutdown_on_exit=False, span_limits=SpanLimits(max_span_attributes=8 * MOST_MESSAGES)
        )
        provider.add_span_processor(self._spans)
        self._tracer = provider.get_tracer(SCOPE, __version__)
        SmolagentsInstrumentor().instrument(tracer_provider=provider, skip_dep_check=True)
        self._ending = threading.Event()
        self._last = [threading.Thread(target=self._end, args=(sink,), name="tracing", daemon=True) for sink in sinks]
        for thread in self._last:
            thread.start()
        atexit.register(self.close)

    def of(self, session: str | None = None, user: str | None = None) -> Tracer:
        """Return the tracer of one visitor."""
        visitor = {"session.id": session or secrets.token_hex(8)} | ({"user.id": user} if user else {})
        return _VisitorTracer(self._begin, self._shared | visitor)

    def _begin(self, request: str, model: Model, shared: dict[str, Any]) -> Trace:
        return TurnTrace(self._tracer, self._spans, {"input": request, "model": model.model_id}, shared)

    def score(self, trace_id: str, liked: bool) -> None:
        """Send a visitor's thumb up or down to the trace of a turn, in the background."""
        if self._langfuse:
            threading.Thread(target=send_score, args=(self._langfuse, trace_id, liked), daemon=True).start()

    def watch_queue(self, length: Callable[[], int]) -> None:
        """Take the number of turns that wait from this function, from now on."""
        if self._metrics:
            self._metrics.watch_queue(length)

    def prometheus(self) -> bytes | None:
        """Return the metrics in Prometheus's text form, None when they are not kept in it."""
        return self._metrics.text() if self._metrics else None

    def close(self) -> None:
        """Send what can be sent in a moment and end."""
        atexit.unregister(self.close)
        if self._ending.is_set():
            return
        SmolagentsInstrumentor().uninstrument()
        self._ending.set()
        deadline = time.monotonic() + EXIT_SECONDS
        for thread in self._last:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _end(self, sink: SpanProcessor) -> None:
        # In a thread that waits from the beginning, because none can be started while the interpreter ends.
        self._ending.wait()
        sink.shutdown()


class _VisitorTracer(Tracer):
    """Begins the traces of one visitor."""

    def __init__(self, begin: Callable[[str, Model, dict[str, Any]], Trace], shared: dict[str, Any]) -> None:
        self._begin = begin
        self._shared = shared

    def begin(self, request: str, model: Model) -> Trace:
        """Begin the trace of a turn."""
        return self._begin(request, model, self._shared)


def _shared(settings: Settings) -> dict[str, Any]:
    """Return what every span says, since Langfuse reads no span's parent for it."""
    kind = (settings.model or "default").partition(":")[0]
    tags = ("alfred", kind)
    return {
        "langfuse.environment": settings.trace_environment,
        "langfuse.release": settings.trace_release or __version__,
        "langfuse.trace.tags": tags,
        "tag.tags": tags,
    }


def _metrics(
    settings: Settings,
    targets: list[Target],
    reports: dict[str, Report],
    resource: Resource,
    running: Callable[[], int],
) -> Metrics | None:
    target = next((target for target in targets if target.metrics), None)
    exporter = CarefulMetricExporter(target, reports[target.name]) if target else None
    return Metrics(exporter, settings.metrics, resource, running) if exporter or settings.metrics else None


def _sender(target: Target, report: Report, redact: Callable[[str], str]) -> SpanProcessor:
    return BatchSpanProcessor(CarefulExporter(target, report, redact), MOST_QUEUED, EVERY_MILLISECONDS, BATCH)
