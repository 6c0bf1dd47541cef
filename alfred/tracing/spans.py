"""What spans say: attributes under the names that Langfuse and Phoenix read, and spans that can be sent.

A span is lightened when its turn ends (cheap: what must never go is dropped, the rest is cut) and cleaned when it is
sent (in the exporter's thread: what remains is redacted). A little more than the limit is kept in between and cut
off in the end, so that no secret at the edge is seen half.
"""

from collections.abc import Callable, Mapping
from typing import Any

from openinference.instrumentation import get_llm_input_message_attributes, get_llm_output_message_attributes
from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.trace import Status, StatusCode
from smolagents import ChatMessage

ATTRIBUTE_CHARACTERS = 16_000
SPAN_CHARACTERS = 64_000
EDGE = 512
MOST_MESSAGES = 40

KIND = "openinference.span.kind"
INPUT, OUTPUT = "input.value", "output.value"
TOKENS_IN, TOKENS_OUT = "llm.token_count.prompt", "llm.token_count.completion"
INSTRUMENTOR = "openinference.instrumentation.smolagents"

# What may hold the words of another turn, and what repeats the code of this program.
_NEVER_SENT = {"smolagents.task", "smolagents.additional_args", "exception.stacktrace"}
# The instrumentor's agent repeats all events of the run here, and tokens that the calls of the model have already.
_NOT_OF_THE_AGENT = {OUTPUT, TOKENS_IN, TOKENS_OUT, "llm.token_count.total"}
# Texts that are structure and not content.
_STRUCTURE = {
    KIND,
    "session.id",
    "user.id",
    "tag.tags",
    "tool.name",
    "exception.type",
    "llm.model_name",
    "smolagents.tools_names",
    "alfred.status",
    "alfred.executor",
    "alfred.check",
    "langfuse.environment",
    "langfuse.release",
    "langfuse.trace.tags",
}


def attributes_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as attributes: `input` and `output` under their own names, all others under `alfred.NAME`."""
    names = {"input": INPUT, "output": OUTPUT}
    return {names.get(name, f"alfred.{name}"): _plain(value) for name, value in facts.items() if value is not None}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, bool, int, float)) else str(value)


def heard(messages: list[ChatMessage]) -> dict[str, Any]:
    """Return the attributes of what a model reads: the first message and the latest ones."""
    kept = [_message(message) for message in [*messages[:1], *messages[1:][-MOST_MESSAGES:]]]
    text = "\n\n".join(f"{message['role']}:\n{message['content']}" for message in kept)
    return {INPUT: text, **get_llm_input_message_attributes(kept)}


def said(message: ChatMessage) -> dict[str, Any]:
    """Return the attributes of what a model answers, with its tokens where it told them."""
    attributes = {OUTPUT: _text(message), **get_llm_output_message_attributes([_message(message)])}
    if usage := message.token_usage:
        attributes |= {
            TOKENS_IN: usage.input_tokens,
            TOKENS_OUT: usage.output_tokens,
            "llm.token_count.total": usage.total_tokens,
        }
    return attributes


def _message(message: ChatMessage) -> Any:
    return {"role": str(getattr(message.role, "value", message.role)), "content": _text(message)}


def _text(message: ChatMessage) -> str:
    if isinstance(message.content, list):
        return "\n".join(str(part.get("text", f"({part.get('type')})")) for part in message.content)
    return message.content or ""


def copied(span: ReadableSpan, **changes: Any) -> ReadableSpan:
    """Return a span with changes, safe from what is still done to the first one."""
    fields = {
        "name": span.name,
        "context": span.get_span_context(),
        "parent": span.parent,
        "resource": span.resource,
        "attributes": span.attributes,
        "events": span.events,
        "kind": span.kind,
        "status": span.status,
        "start_time": span.start_time,
        "end_time": span.end_time,
        "instrumentation_scope": span.instrumentation_scope,
    }
    return ReadableSpan(**{**fields, **changes})


def lightened(span: ReadableSpan, content: bool) -> ReadableSpan:
    """Return a span without what is never sent and with its texts cut.

    A span that caught an exception failed, though the instrumentor marks the agent of a failed run as well.

    Args:
        span: a span that has ended.
        content: whether words may be sent; otherwise structure, times and counts alone.
    """
    left = _Budget()
    never = _NEVER_SENT | (_NOT_OF_THE_AGENT if _is_instrumentors_agent(span) else set())
    attributes = _kept(span.attributes, never, content, left)
    events = tuple(
        Event(event.name, _kept(event.attributes, never, content, left), event.timestamp) for event in span.events
    )
    failed = span.status.status_code is StatusCode.ERROR or any(event.name == "exception" for event in events)
    return copied(span, attributes=attributes, events=events, status=_status(span.status, failed, content, left))


def _is_instrumentors_agent(span: ReadableSpan) -> bool:
    return span.instrumentation_scope.name == INSTRUMENTOR and span.attributes.get(KIND) == "AGENT"


def cleaned(span: ReadableSpan, redact: Callable[[str], str]) -> ReadableSpan:
    """Return a lightened span with every text redacted."""

    def clean(text: str) -> str:
        return f"{redact(text)[:-EDGE]} …" if isinstance(text, _Longer) else redact(text)

    events = tuple(Event(event.name, _each(event.attributes, clean), event.timestamp) for event in span.events)
    status = span.status
    if status.description:
        status = Status(status.status_code, clean(status.description))
    return copied(span, attributes=_each(span.attributes, clean), events=events, status=status)


class _Longer(str):
    """A text that was longer; its last characters are there for the redaction alone."""

    __slots__ = ()


class _Budget:
    """What is left of a span's characters."""

    def __init__(self) -> None:
        self._left = SPAN_CHARACTERS

    def cut(self, text: str) -> str:
        """Return what of a text still fits."""
        limit = min(ATTRIBUTE_CHARACTERS, self._left)
        self._left -= min(len(text), limit)
        return text if len(text) <= limit else _Longer(text[: limit + EDGE])


def _status(status: Status, failed: bool, content: bool, left: _Budget) -> Status:
    if not failed:
        return status
    return Status(StatusCode.ERROR, left.cut(status.description or "") if content else None)


def _kept(attributes: Mapping[str, Any] | None, never: set[str], content: bool, left: _Budget) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in (attributes or {}).items()
        if name not in never and (content or _is_structure(name, value))
    }
    return _each(kept, left.cut)


def _is_structure(name: str, value: Any) -> bool:
    return isinstance(value, (bool, int, float)) or name in _STRUCTURE


def _each(attributes: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    return {name: _changed(value, change) for name, value in attributes.items()}


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    return tuple(_changed(item, change) for item in value) if isinstance(value, (tuple, list)) else value
