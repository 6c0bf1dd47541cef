"""From the events of turns to the messages of the chat.

A turn is the request, one folded group with its steps inside, and the answer. Each update costs the same however
long the turn is, because what is shown of a thought is bounded.
"""

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
from alfred.ui.safe import fenced, prose, typed
from alfred.ui.texts import Words, count_of_steps

Message = dict[str, Any]

THOUGHT_CHARACTERS = 6_000
TOOL_LINES = 20
GROUP = "turn"


@dataclass(frozen=True)
class Waiting:
    """The turn waits for a place, with so many before it."""

    ahead: int


def said(conversation: Conversation) -> list[Message]:
    """Return the messages of the turns that are over: two a turn, so that a message's number tells its turn."""
    return [
        message
        for turn in conversation.turns
        for message in (_message("user", typed(turn.request)), _answer(turn.answer, turn.status == "done"))
    ]


def cut_off(request: str, words: Words) -> list[Message]:
    """Return the messages of a request that was cut off."""
    return [_message("user", typed(request)), _answer(words("cut_off"), False)]


@dataclass
class _Tool:
    name: str
    seconds: float | None = None
    failed: bool = False

    def line(self, words: Words) -> str:
        """Return the call as an item of a list: running, failed or done."""
        if self.seconds is None:
            return f"- … {words('tool_runs', name=f'`{self.name}`')}"
        mark, key = ("⚠", "tool_failed") if self.failed else ("✓", "tool_done")
        return f"- {mark} {words(key, name=f'`{self.name}`', seconds=f'{self.seconds:.2f}')}"


@dataclass
class _Step:
    number: int
    thought: str = ""
    code: str = ""
    tools: dict[int, _Tool] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    calls: int = 0
    observation: str = ""
    done: StepDone | None = None

    def think(self, text: str) -> None:
        room = THOUGHT_CHARACTERS - len(self.thought)
        self.thought += text[:room]

    def call(self, number: int, tool: _Tool) -> None:
        """Keep the latest calls, and of the earlier ones their number."""
        self.calls += number not in self.tools and tool.seconds is None
        self.tools[number] = tool
        self.names[tool.name] = None
        if len(self.tools) > TOOL_LINES:
            del self.tools[next(iter(self.tools))]

    def message(self, words: Words) -> Message:
        """Return the step as a message within the fold of its turn."""
        earlier = self.calls - len(self.tools)
        parts = [prose(self.thought.strip())]
        parts += [fenced(self.code, "python")] if self.code else []
        parts += [words("earlier_calls", count=earlier)] if earlier > 0 else []
        parts += ["\n".join(tool.line(words) for tool in self.tools.values())]
        parts += [fenced(self.observation)] if self.observation else []
        parts += [f"{words('to_mend')}\n{fenced(self.done.error)}"] if self.done and self.done.error else []
        return _message("assistant", "\n\n".join(filter(None, parts)), metadata=self._metadata(words))

    def _metadata(self, words: Words) -> Message:
        names = ", ".join(self.names)
        title = words("step_with", number=self.number, tools=names) if names else words("step", number=self.number)
        metadata = {"title": title, "id": f"{GROUP}-{self.number}", "parent_id": GROUP}
        if not self.done:
            return {**metadata, "status": "pending"}
        return {**metadata, "status": "done", "duration": round(self.done.seconds, 2)}


class Transcript:
    """The messages of a running turn, kept up to date by its events.

    Args:
        request: the visitor's words.
        words: the texts in the visitor's language.
    """

    def __init__(self, request: str, words: Words) -> None:
        self._request = request
        self._words = words
        self._steps: dict[int, _Step] = {}
        self._waiting: Waiting | None = None
        self._answer: Message | None = None
        self._end: TurnEnded | None = None
        self._begun = time.monotonic()

    def add(self, event: Event | Waiting) -> None:
        """Take the turn's next event."""
        self._waiting = event if isinstance(event, Waiting) else None
        match event:
            case Thought():
                self._step(event.step).think(event.text)
            case Code():
                self._step(event.step).code = event.text
            case ToolStarted():
                self._step(event.step).call(event.call, _Tool(event.name))
            case ToolFinished():
                self._step(event.step).call(event.call, _Tool(event.name, event.seconds, event.failed))
            case Observation():
                self._step(event.step).observation = event.text
            case StepDone():
                self._step(event.step).done = event
            case Answer():
                self._answer = _answer(event.text)
            case Failure():
                self._fold_open_steps()
                self._answer = _answer(event.text, False)
            case TurnEnded():
                self._end = event

    def messages(self) -> list[Message]:
        """Return the request, the steps so far and the answer as soon as it is there."""
        steps = [step.message(self._words) for step in self._steps.values()]
        answer = [self._answer] if self._answer else []
        return [_message("user", typed(self._request)), self._group(), *steps, *answer]

    def _group(self) -> Message:
        metadata = {"title": self._title(), "id": GROUP, "status": "done" if self._answer else "pending"}
        return _message("assistant", "", metadata=metadata)

    def _title(self) -> str:
        if self._end:
            return used(self._end, self._words)
        if self._waiting:
            return self._words("waiting", ahead=self._waiting.ahead)
        return self._words("working")

    def _step(self, number: int) -> _Step:
        return self._steps.setdefault(number, _Step(number))

    def _fold_open_steps(self) -> None:
        for step in self._steps.values():
            step.done = step.done or StepDone(step.number, time.monotonic() - self._begun, 0, 0)


def used(event: TurnEnded, words: Words) -> str:
    """Return what a turn took: steps, seconds in all, of the model and of the tools, and tokens."""
    return words(
        "used",
        steps=count_of_steps(event.steps, words),
        seconds=f"{event.seconds:.1f}",
        model=f"{event.model_seconds:.1f}",
        tools=f"{event.tool_seconds:.1f}",
        tokens=f"{event.input_tokens + event.output_tokens:,}",
    )


def _answer(text: str, done: bool = True) -> Message:
    return _message("assistant", prose(text) if done else f"**{prose(text)}**")


def _message(role: str, content: str, **more: Any) -> Message:
    return {"role": role, "content": content, **more}
