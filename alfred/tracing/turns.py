"""The spans of running turns.

`TurnSpans` gives every span of a turn the visitor it is for, keeps it, and hands all of them on when the turn ends.
A span that is still open then (of a model that was being asked when somebody pressed Stop, or of the agent that has
given its answer and is about to end) goes as it stands, with the status of the turn. Spans outside a turn are nobody's
and go nowhere.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from opentelemetry.context import Context, attach
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace import Span as LiveSpan
from opentelemetry.trace import Status, StatusCode, Tracer, format_trace_id, set_span_in_context
from smolagents import ChatMessage, ChatMessageStreamDelta, Model
from smolagents.models import agglomerate_stream_deltas

from alfred.tracing.nothing import Span, Trace
from alfred.tracing.spans import KIND, attributes_of, copied, heard, lightened, said

# A turn of fifty steps has about three hundred.
MOST_SPANS = 500
STOPPED = "The turn was stopped."


@dataclass
class _Turn:
    shared: dict[str, Any]
    open: dict[int, LiveSpan] = field(default_factory=dict)
    ended: list[ReadableSpan] = field(default_factory=list)


class TurnSpans(SpanProcessor):
    """Keeps the spans of each running turn until it ends.

    Args:
        sinks: get every span of a turn that has ended.
        content: whether words may be sent.
    """

    def __init__(self, sinks: Sequence[SpanProcessor], content: bool) -> None:
        self._sinks = sinks
        self._content = content
        self._turns: dict[int, _Turn] = {}
        self._lock = threading.Lock()

    @property
    def running(self) -> int:
        """How many turns are running."""
        return len(self._turns)

    def begin(self, root: LiveSpan, shared: dict[str, Any]) -> None:
        """Keep the spans of this root's trace from now on, each with the attributes that all share."""
        root.set_attributes(shared)
        self._turns[root.context.trace_id] = _Turn(shared)

    def on_start(self, span: LiveSpan, parent_context: Context | None = None) -> None:
        """Say whose span it is, and call a tool by its name instead of its class."""
        turn = self._turns.get(span.context.trace_id)
        if turn is None:
            return
        span.set_attributes(turn.shared)
        if tool := span.attributes.get("tool.name"):
            span.update_name(str(tool))
        with self._lock:
            if len(turn.open) + len(turn.ended) < MOST_SPANS:
                turn.open[span.context.span_id] = span

    def on_end(self, span: ReadableSpan) -> None:
        """Keep a span that has ended."""
        with self._lock:
            turn = self._turns.get(span.context.trace_id)
            if turn and turn.open.pop(span.context.span_id, None):
                turn.ended.append(span)

    def end(self, root: LiveSpan) -> None:
        """Hand on all spans of a turn, once; one that is still open shares the fate of the turn."""
        with self._lock:
            turn = self._turns.pop(root.context.trace_id, None)
            left_open = [span for span in turn.open.values() if span is not root] if turn else []
        if turn is None:
            return
        root.end()
        copies = [copied(span, end_time=root.end_time, status=root.status) for span in left_open]
        for span in (*turn.ended, *copies, root):
            light = lightened(span, self._content)
            for sink in self._sinks:
                sink.on_end(light)


class NotedSpan(Span):
    """A span of OpenTelemetry."""

    def __init__(self, span: LiveSpan) -> None:
        self.span = span

    def note(self, **facts: Any) -> None:
        """Add facts; `input` and `output` are shown as such, all others under `alfred.NAME`."""
        self.span.set_attributes(attributes_of(facts))


class TurnTrace(Trace):
    """One turn as a trace of OpenTelemetry.

    Args:
        tracer: makes the spans.
        spans: keeps them.
        facts: of the root, as for `Span.note`.
        shared: attributes of every span.
    """

    def __init__(self, tracer: Tracer, spans: TurnSpans, facts: dict[str, Any], shared: dict[str, Any]) -> None:
        attributes = {KIND: "AGENT", **attributes_of(facts)}
        self._tracer = tracer
        self._spans = spans
        self._root = tracer.start_span("alfred.turn", context=Context(), attributes=attributes)
        self._spans.begin(self._root, shared)
        self.trace_id = format_trace_id(self._root.context.trace_id)

    def enter(self) -> None:
        """Make what this thread does from now on a part of the turn; the thread must end with the turn."""
        attach(set_span_in_context(self._root, Context()))

    @contextmanager
    def span(self, name: str, kind: str = "CHAIN", **facts: Any) -> Iterator[NotedSpan]:
        """Enclose a piece of work; an exception makes it a failed one."""
        attributes = {KIND: kind, **attributes_of(facts)}
        with self._tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield NotedSpan(span)
            except BaseException as error:
                _fail(span, error)
                raise
            span.set_status(StatusCode.OK)

    @contextmanager
    def model_call(
        self, model: Model, messages: list[ChatMessage], options: dict[str, Any]
    ) -> Iterator[list[ChatMessageStreamDelta]]:
        """Enclose a call of a model; each piece of the answer is to be put on the list that this gives."""
        with self.span(f"{type(model).__name__}.generate", "LLM") as span:
            span.span.set_attributes({"llm.model_name": str(model.model_id), **heard(messages)})
            deltas: list[ChatMessageStreamDelta] = []
            try:
                yield deltas
            finally:
                span.span.set_attributes(said(agglomerate_stream_deltas(deltas)))

    def end(self, status: str, answer: str, **facts: Any) -> None:
        """End the trace with the turn; only the first time counts."""
        if self._root.is_recording():
            self._root.set_attributes(attributes_of({"output": answer, "status": status, **facts}))
            good = status == "done"
            self._root.set_status(Status(StatusCode.OK) if good else Status(StatusCode.ERROR, answer))
        self._spans.end(self._root)


def _fail(span: LiveSpan, error: BaseException) -> None:
    if isinstance(error, Exception):
        span.record_exception(error)
        span.set_status(Status(StatusCode.ERROR, f"{type(error).__name__}: {error}"))
    else:
        span.set_status(Status(StatusCode.ERROR, STOPPED))
