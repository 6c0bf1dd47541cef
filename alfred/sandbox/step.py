"""One step, seen from the parent: send the code, run the tools it calls, take what it leaves.

The parent's clock is the one that counts. It stands still while a tool runs, and one second after the code's limit the
child is killed. The final answer ends the step whatever the code does next.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alfred.sandbox.calls import failure_message, result_message, run_tool
from alfred.sandbox.child.plain import Decoder
from alfred.sandbox.child.wire import FrameError
from alfred.sandbox.jail import Jail

FINAL_ANSWER = "final_answer"
GRACE_SECONDS = 1.0
"""Between the interruption of the code and the end of its child."""
TOOL_SECONDS = 300
"""A tool's own limit: a managed agent may take minutes. A step whose tool takes longer is given up."""
MAX_MESSAGES = 2_000
"""Messages from the child in one step, so about as many tool calls."""
MAX_ERROR = 4_000
MAX_NAME = 100
UNREADABLE = (
    ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError, RecursionError, MemoryError,
)  # fmt: skip
"""What building values from hostile data may raise."""

Tools = dict[str, Callable[..., Any]]


@dataclass
class Outcome:
    """What a step left behind; `snapshot` is None when the child did not say."""

    value: Any = None
    prints: str = ""
    error: str | None = None
    snapshot: str | None = None
    left_out: tuple[str, ...] = ()
    is_final_answer: bool = False


class Step:
    """The conversation with the child about one step."""

    def __init__(self, jail: Jail, tools: Tools, max_prints: int) -> None:
        self.jail = jail
        self.tools = tools
        self.max_prints = max_prints
        self.messages = 0
        self.deadline = 0.0
        self.tool_started: float | None = None
        self.outcome = Outcome()

    def run(self, request: dict[str, Any], seconds: float) -> Outcome:
        """Run the step; raises TimeoutError, EOFError, another OSError or FrameError when the child must go.

        Whatever is raised, `outcome.prints` holds what is known to have been printed.
        """
        self.deadline = time.monotonic() + seconds + GRACE_SECONDS
        self.jail.send(request, self.deadline)
        while self._take(self.jail.receive(self.deadline)):
            self.messages += 1
            if self.messages > MAX_MESSAGES:
                raise FrameError(f"the code called tools more than {MAX_MESSAGES:,} times in one step")
        return self.outcome

    def is_overdue(self) -> bool:
        """Say whether the tool that runs has taken longer than a tool may."""
        started = self.tool_started
        return started is not None and time.monotonic() - started > TOOL_SECONDS

    def _take(self, message: dict[str, Any]) -> bool:
        if message["op"] == "done":
            self._done(message)
            return False
        if message["op"] == "prints":
            self.outcome.prints = self._bounded(message["text"])
            return True
        if message["op"] == "call" and message["tool"] in self.tools:
            return self._call(message)
        raise FrameError("a message came out of turn, or for a tool that is not there")

    def _done(self, message: dict[str, Any]) -> None:
        self.outcome.prints = self._bounded(message["prints"])
        self.outcome.error = None if message["error"] is None else read(message["error"])[:MAX_ERROR]
        self.outcome.value = read(message["value"])
        self.outcome.snapshot = message["snapshot"]
        self.outcome.left_out = tuple(read(name)[:MAX_NAME] for name in message["left_out"] if type(name) is str)

    def _bounded(self, text: str) -> str:
        if len(text) > self.max_prints + 200:
            raise FrameError("more was printed than may be")
        return read(text)

    def _call(self, message: dict[str, Any]) -> bool:
        name, args, kwargs = message["tool"], read(message["args"]), read(message["kwargs"])
        self.tool_started = started = time.monotonic()
        try:
            value = run_tool(self.tools[name], args, kwargs)
        except Exception as error:
            answer = failure_message(error)
        else:
            if name == FINAL_ANSWER:
                self._finish(value)
                return False
            answer = result_message(name, value)
        self.tool_started = None
        self.deadline += time.monotonic() - started
        self.jail.send(answer, self.deadline)
        return True

    def _finish(self, value: Any) -> None:
        try:
            self._wind_up()
        except (OSError, EOFError, FrameError):
            self.jail.kill()
        self.outcome.value, self.outcome.error, self.outcome.is_final_answer = value, None, True

    def _wind_up(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        self.jail.send({"op": "final"}, deadline)
        while (message := self.jail.receive(deadline))["op"] == "prints":
            self.outcome.prints = self._bounded(message["text"])
        if message["op"] != "done":
            raise FrameError("the code went on after its final answer")
        self._done(message)


def read(data: Any) -> Any:
    """Return the value of data that a child sent; raises FrameError when it is no plain data."""
    try:
        return Decoder().decode(data)
    except UNREADABLE as error:
        raise FrameError("a value is not plain data") from error
