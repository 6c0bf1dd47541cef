"""A smolagents model that says what a test wrote for it, in order."""

import threading
from collections.abc import Iterator

from smolagents import ChatMessage, ChatMessageStreamDelta, Model, TokenUsage
from smolagents.models import agglomerate_stream_deltas


class ScriptedModel(Model):
    """Says each line once, the last one again and again; an exception is raised, a gate waited for."""

    def __init__(self, *lines: str | BaseException | threading.Event) -> None:
        super().__init__(model_id="scripted")
        self.lines = list(lines)
        self.heard: list[list[ChatMessage]] = []

    def generate(self, messages: list[ChatMessage], **options: object) -> ChatMessage:
        return agglomerate_stream_deltas(list(self.generate_stream(messages, **options)))

    def generate_stream(self, messages: list[ChatMessage], **options: object) -> Iterator[ChatMessageStreamDelta]:
        self.heard.append(messages)
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        if isinstance(line, threading.Event):
            line.wait(30)
            line = self.lines[0]
        if isinstance(line, BaseException):
            raise line
        for word in line.split(" "):
            yield ChatMessageStreamDelta(content=word + " ")
        yield ChatMessageStreamDelta(content="", token_usage=TokenUsage(100, 10))


def code(*lines: str, thought: str = "I think.") -> str:
    """Return what a model says to run these lines."""
    return "\n".join([f"Thought: {thought}", "<code>", *lines, "</code>"])
