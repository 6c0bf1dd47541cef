"""Figures over all turns, taken from their spans: by OTLP to a collector, and in Prometheus's text form.

Spans are the one source, so a figure is never told twice and never differently. Langfuse takes no metrics. A turn's
figures are added when the turn ends.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricExporter, MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.trace import StatusCode
from prometheus_client import CollectorRegistry, generate_latest

from alfred.tracing.exporter import EXPORT_SECONDS
from alfred.tracing.spans import KIND, TOKENS_IN, TOKENS_OUT

EVERY_SECONDS = 30
SECONDS = (0.005, 0.02, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180)
TOKENS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
STATM = Path("/proc/self/statm")
# The exception of an executor whose child was killed or lost.
KILLED = "ChildLostError"

_HISTOGRAMS = {
    "alfred.turn.duration": ("s", "Time from a request to its answer", SECONDS),
    "alfred.step.duration": ("s", "Time of a step of the agent", SECONDS),
    "alfred.tool.duration": ("s", "Time of a call of a tool", SECONDS),
    "alfred.code.duration": ("s", "Time of the code of a step, with the tools that it called", SECONDS),
    "gen_ai.client.operation.duration": ("s", "Time of a call of a model", SECONDS),
    "gen_ai.client.token.usage": ("{token}", "Tokens of a call of a model", TOKENS),
}
_COUNTERS = {
    "alfred.turns": ("{turn}", "Turns by outcome"),
    "alfred.step.errors": ("{error}", "Errors that the model was told to mend"),
    "alfred.cache.hits": ("{hit}", "Calls of a tool that were answered from its cache"),
    "alfred.code.kills": ("{kill}", "Processes of model-written code that were killed or lost"),
}


@dataclass(frozen=True)
class Figure:
    """One number for one instrument."""

    name: str
    value: float
    attributes: dict[str, Any] = field(default_factory=dict)


class Metrics(SpanProcessor):
    """Adds up what ended spans say.

    Args:
        exporter: sends them, if there is somewhere to send to.
        prometheus: whether they are kept in Prometheus's form too.
        resource: who sends them.
        running: tells how many turns are running.
    """

    def __init__(
        self, exporter: MetricExporter | None, prometheus: bool, resource: Resource, running: Callable[[], int]
    ) -> None:
        self._registry = CollectorRegistry() if prometheus else None
        self._waiting: Callable[[], int] = int
        self._provider = MeterProvider(self._readers(exporter), resource, shutdown_on_exit=False)
        meter = self._provider.get_meter("alfred")
        self._record = {
            name: meter.create_histogram(name, unit, text, explicit_bucket_boundaries_advisory=bounds).record
            for name, (unit, text, bounds) in _HISTOGRAMS.items()
        } | {name: meter.create_counter(name, unit, text).add for name, (unit, text) in _COUNTERS.items()}
        for name, unit, text, value in (
            ("alfred.turns.running", "{turn}", "Turns that are running", running),
            ("alfred.queue.length", "{turn}", "Turns that wait for their place", lambda: self._waiting()),
            ("process.memory.usage", "By", "Resident memory of the process", _resident_bytes),
        ):
            meter.create_observable_gauge(name, [_observing(value)], unit, text)

    def _readers(self, exporter: MetricExporter | None) -> Sequence[MetricReader]:
        readers: list[MetricReader] = []
        if exporter:
            readers.append(PeriodicExportingMetricReader(exporter, EVERY_SECONDS * 1000, EXPORT_SECONDS * 1000))
        if self._registry:
            readers.append(PrometheusMetricReader(scope_info_enabled=False, registry=self._registry))
        return readers

    def on_end(self, span: ReadableSpan) -> None:
        """Add a span's figures."""
        for figure in figures(span):
            self._record[figure.name](figure.value, figure.attributes)

    def watch_queue(self, length: Callable[[], int]) -> None:
        """Take the number of turns that wait from this function."""
        self._waiting = length

    def text(self) -> bytes | None:
        """Return the metrics in Prometheus's form."""
        return generate_latest(self._registry) if self._registry else None

    def shutdown(self) -> None:
        """Send the last figures and end."""
        self._provider.shutdown()


def figures(span: ReadableSpan) -> Iterable[Figure]:
    """Return what a span says in numbers."""
    said = span.attributes or {}
    reader = _READERS.get(span.name) or _READERS.get(str(said.get(KIND))) or (_step if _is_step(span) else None)
    return reader(span, said, (span.end_time - span.start_time) / 1e9) if reader else ()


def _is_step(span: ReadableSpan) -> bool:
    return span.name.startswith("Step ")


def _turn(span: ReadableSpan, said: Any, seconds: float) -> Iterable[Figure]:
    outcome = {"outcome": said.get("alfred.status", "failed")}
    yield Figure("alfred.turns", 1, outcome)
    yield Figure("alfred.turn.duration", seconds, outcome)


def _step(span: ReadableSpan, said: Any, seconds: float) -> Iterable[Figure]:
    yield Figure("alfred.step.duration", seconds, {"error": _failed(span)})
    if _failed(span):
        yield Figure("alfred.step.errors", 1, {"error.type": _error_type(span)})


def _model(span: ReadableSpan, said: Any, seconds: float) -> Iterable[Figure]:
    model = {"gen_ai.request.model": said.get("llm.model_name", "unknown")}
    yield Figure("gen_ai.client.operation.duration", seconds, {**model, "outcome": _outcome(span)})
    for kind, name in (("input", TOKENS_IN), ("output", TOKENS_OUT)):
        if name in said:
            yield Figure("gen_ai.client.token.usage", said[name], {**model, "gen_ai.token.type": kind})


def _tool(span: ReadableSpan, said: Any, seconds: float) -> Iterable[Figure]:
    yield Figure("alfred.tool.duration", seconds, {"tool": span.name, "outcome": _outcome(span)})


def _code(span: ReadableSpan, said: Any, seconds: float) -> Iterable[Figure]:
    yield Figure("alfred.code.duration", seconds, {"outcome": _outcome(span)})
    if _error_type(span) == KILLED:
        yield Figure("alfred.code.kills", 1)


def _cache(span: ReadableSpan, said: Any, seconds: float) -> Iterable[Figure]:
    yield Figure("alfred.cache.hits", 1, {"tool": said.get("alfred.tool", "unknown")})


_READERS = {"alfred.turn": _turn, "alfred.code": _code, "alfred.cache": _cache, "LLM": _model, "TOOL": _tool}


def _failed(span: ReadableSpan) -> bool:
    return span.status.status_code is StatusCode.ERROR


def _outcome(span: ReadableSpan) -> str:
    return "failed" if _failed(span) else "done"


def _error_type(span: ReadableSpan) -> str:
    names = [str(event.attributes.get("exception.type", "")) for event in span.events if event.attributes]
    return names[-1].rpartition(".")[2] if names else "unknown"


def _resident_bytes() -> int:
    """Return the process's resident memory; 0 where the kernel does not tell."""
    if not STATM.exists():
        return 0
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _observing(value: Callable[[], int]) -> Callable[[CallbackOptions], Iterable[Observation]]:
    return lambda options: [Observation(value())]
