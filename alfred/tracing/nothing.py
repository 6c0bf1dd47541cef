"""Tracing that does nothing: what a turn may tell, and what runs when nobody listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from smolagents import ChatMessage, ChatMessageStreamDelta, Model


class Span:
    """One piece of work of a turn."""

    def note(self, **facts: Any) -> None:
        """Add facts; `input` and `output` are shown as such, all others under `alfred.NAME`."""


class Trace:
    """One turn and its pieces of work.

    Attributes:
        trace_id: 32 hexadecimal digits, None where nothing is kept.
    """

    trace_id: str | None = None

    def enter(self) -> None:
        """Make what this thread does from now on a part of the turn; the thread must end with the turn."""

    @contextmanager
    def span(self, name: str, kind: str = "CHAIN", **facts: Any) -> Iterator[Span]:
        """Enclose a piece of work; an exception makes it a failed one.

        Args:
            name: such as `alfred.check`.
            kind: one of OpenInference's span kinds.
            facts: as for `Span.note`.
        """
        yield Span()

    @contextmanager
    def model_call(
        self, model: Model, messages: list[ChatMessage], options: dict[str, Any]
    ) -> Iterator[list[ChatMessageStreamDelta]]:
        """Enclose a call of a model; each piece of the answer is to be put on the list that this gives.

        Args:
            model: what is asked.
            messages: what it reads.
            options: sampling options.
        """
        yield []

    def end(self, status: str, answer: str, **facts: Any) -> None:
        """End the trace with the turn; only the first time counts.

        Args:
            status: `done`, `stopped` or `failed`.
            answer: what the host reads.
            facts: as for `Span.note`.
        """


class Tracer:
    """Begins the traces of one visitor."""

    def begin(self, request: str, model: Model) -> Trace:
        """Begin the trace of a turn.

        Args:
            request: the host's words.
            model: what answers.
        """
        return Trace()


class Tracing:
    """What a process has of traces and metrics."""

    def of(self, session: str | None = None, user: str | None = None) -> Tracer:
        """Return the tracer of one visitor.

        Args:
            session: groups the turns of one visit; None makes a visit of its own.
            user: the visitor's name, when signed in.
        """
        return NO_TRACING

    def score(self, trace_id: str, liked: bool) -> None:
        """Send a visitor's thumb up or down to the trace of a turn, in the background."""

    def watch_queue(self, length: Callable[[], int]) -> None:
        """Take the number of turns that wait from this function, from now on."""

    def prometheus(self) -> bytes | None:
        """Return the metrics in Prometheus's text form, None when they are not kept in it."""
        return None

    def close(self) -> None:
        """Send what can be sent in a moment and end."""


NO_TRACING = Tracer()
