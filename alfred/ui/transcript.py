"""From the events of turns to the messages of the chat."""

import time
from dataclasses import dataclass, field
from typing import Any

from alfred.conversation import Conversation
from alfred.events import (
    Answer,
    Code,
    Event,
    Failure,
    Observation,
    StepDone,
    Thought,
    ToolFinished,
    ToolStarted,
    TurnEnded,
)
from alfred.ui import texts
from alfred.ui.safe import fenced, prose

Message = dict[str, Any]


def said(conversation: Conversation) -> list[Message]:
    """Return the messages of the turns that are over."""
    return [
        message
        for turn in conversation.turns
        for message in (_message("user", prose(turn.request)), _message("assistant", prose(turn.answer)))
    ]


@dataclass
class _Tool:
    name: str
    seconds: float | None = None
    failed: bool = False

    def line(self) -> str:
        if self.seconds is None:
            return f"- ⏳ `{self.name}` is running"
        mark = "⚠️" if self.failed else "✓"
        return f"- {mark} `{self.name}` {self.seconds:.2f} s"


@dataclass
class _Step:
    number: int
    thought: list[str] = field(default_factory=list)
    code: str = ""
    tools: dict[int, _Tool] = field(default_factory=dict)
    observation: str = ""
    done: StepDone | None = None

    def message(self) -> Message:
        parts = [prose("".join(self.thought).strip())]
        parts += [fenced(self.code, "python")] if self.code else []
        parts += ["\n".join(tool.line() for tool in self.tools.values())]
        parts += [fenced(self.observation)] if self.observation else []
        parts += [f"To mend:\n{fenced(self.done.error)}"] if self.done and self.done.error else []
        return _message("assistant", "\n\n".join(filter(None, parts)), metadata=self._metadata())

    def _metadata(self) -> Message:
        names = ", ".join(dict.fromkeys(tool.name for tool in self.tools.values()))
        title = f"Step {self.number}: {names}" if names else f"Step {self.number}"
        if not self.done:
            return {"title": title, "status": "pending"}
        return {"title": title, "status": "done", "duration": round(self.done.seconds, 2)}


class Transcript:
    """The messages of a running turn, kept up to date by its events.

    Args:
        request: the host's words.
    """

    def __init__(self, request: str) -> None:
        self._request = request
        self._steps: dict[int, _Step] = {}
        self._last: list[Message] = []
        self._begun = time.monotonic()

    def add(self, event: Event) -> None:
        """Take the turn's next event."""
        match event:
            case Thought():
                self._step(event.step).thought.append(event.text)
            case Code():
                self._step(event.step).code = event.text
            case ToolStarted():
                self._step(event.step).tools[event.call] = _Tool(event.name)
            case ToolFinished():
                self._step(event.step).tools[event.call] = _Tool(event.name, event.seconds, event.failed)
            case Observation():
                self._step(event.step).observation = event.text
            case StepDone():
                self._step(event.step).done = event
            case Answer():
                self._last = [_message("assistant", prose(event.text))]
            case Failure():
                self._fold_open_steps()
                self._last = [_message("assistant", f"**{prose(event.text)}**")]
            case TurnEnded():
                self._last.insert(
                    0, _message("assistant", _used(event), metadata={"title": _used(event), "status": "done"})
                )

    def messages(self) -> list[Message]:
        """Return the request, the steps so far and the answer as soon as it is there."""
        return [
            _message("user", prose(self._request)),
            *(step.message() for step in self._steps.values()),
            *self._last,
        ]

    def _step(self, number: int) -> _Step:
        return self._steps.setdefault(number, _Step(number))

    def _fold_open_steps(self) -> None:
        for step in self._steps.values():
            step.done = step.done or StepDone(step.number, time.monotonic() - self._begun, 0, 0)


def _used(event: TurnEnded) -> str:
    return texts.USED.format(
        steps=texts.steps_words(event.steps),
        seconds=event.seconds,
        tokens=event.input_tokens + event.output_tokens,
    )


def _message(role: str, content: str, **more: Any) -> Message:
    return {"role": role, "content": content, **more}
