"""What a turn tells while it runs, in the order in which it happens.

A step is `Thought`s (pieces of a text), `Code`, then `ToolStarted` and `ToolFinished` in pairs, `Observation` and
`StepDone`. A turn is its steps, then one `Answer` or one `Failure`, and always a `TurnEnded` at the very end.
"""

from dataclasses import dataclass
from typing import Any, Literal

from alfred.conversation import Conversation, Turn


@dataclass(frozen=True)
class Thought:
    """A further piece of what the model thinks in a step."""

    step: int
    text: str


@dataclass(frozen=True)
class Code:
    """The code that the model wrote in a step."""

    step: int
    text: str


@dataclass(frozen=True)
class ToolStarted:
    """A tool was called; `call` counts the calls of the turn."""

    step: int
    call: int
    name: str


@dataclass(frozen=True)
class ToolFinished:
    """That call ended, after `seconds`, with a fault or without one."""

    step: int
    call: int
    name: str
    seconds: float
    failed: bool = False


@dataclass(frozen=True)
class Observation:
    """What the code printed and its last value."""

    step: int
    text: str


@dataclass(frozen=True)
class StepDone:
    """A step ended; `error` is what the model is told to mend, if anything."""

    step: int
    seconds: float
    input_tokens: int
    output_tokens: int
    error: str | None = None


@dataclass(frozen=True)
class Answer:
    """The answer: the text that a host reads, and the plan if it is one."""

    text: str
    plan: dict[str, Any] | None = None


@dataclass(frozen=True)
class Failure:
    """The turn ended without an answer, and the sentence that says why."""

    status: Literal["stopped", "failed"]
    text: str


@dataclass(frozen=True)
class TurnEnded:
    """The turn as the conversation keeps it, that conversation, and what the turn took.

    The seconds of the model, the tools and the code are sums over calls; those of the code include its tools.
    `trace_id` names the turn's trace, where there is one.
    """

    turn: Turn
    conversation: Conversation
    steps: int
    model_calls: int
    input_tokens: int
    output_tokens: int
    seconds: float
    model_seconds: float = 0.0
    tool_seconds: float = 0.0
    code_seconds: float = 0.0
    trace_id: str | None = None


Event = Thought | Code | ToolStarted | ToolFinished | Observation | StepDone | Answer | Failure | TurnEnded
