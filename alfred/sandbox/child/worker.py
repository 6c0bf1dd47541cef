"""The worker: runs one step after another in a locked child, in one namespace, until the parent hangs up.

Whatever the code does to this module, it does to its own process: the parent checks every frame, keeps its own clock
and has the last word.
"""

import builtins
import contextlib
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import Any

from . import plain, snapshots
from .failures import StepTimeoutError, ToolError, explain, remember_source
from .last_value import LAST_VALUE
from .names import BASE_TOOLS, MATHEMATICS
from .prints import Prints
from .rules import REFUSE_IMPORT, prepare, refuse_import
from .wire import Channel, FrameError

FINAL_ANSWER = "final_answer"


class FinalAnswer(BaseException):
    """The parent has taken the final answer: the step ends here."""


@dataclass(frozen=True)
class Settings:
    """What a child is told when it is forked: seconds a step, characters of prints, granted imports."""

    seconds: float
    max_prints: int
    granted: tuple[str, ...]


class Worker:
    """One namespace and the code that runs in it."""

    def __init__(self, channel: Channel, settings: Settings) -> None:
        self.channel = channel
        self.settings = settings
        self.prints = Prints(settings.max_prints)
        self.tools: frozenset[str] = frozenset()
        self.steps = 0
        self.builtins = {**vars(builtins), **MATHEMATICS, REFUSE_IMPORT: refuse_import}
        self.variables = self._main_module()

    def serve(self) -> None:
        """Run steps until the parent hangs up."""
        signal.signal(signal.SIGALRM, self._time_is_over)
        sys.stdout = sys.stderr = self.prints
        sys.stdin = None
        warnings.simplefilter("ignore")
        self.channel.send({"op": "ready"})
        while True:
            self._report(self.step(self.channel.receive()))

    def step(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run one step; returns its `done` message."""
        self.prints.clear()
        self.variables.pop(LAST_VALUE, None)
        self._accept(request)
        error = self._run(request["code"])
        value = self.variables.get(LAST_VALUE) if error is None else None
        snapshot, left_out = snapshots.take(self.variables)
        done = {"op": "done", "error": error, "snapshot": snapshot, "left_out": left_out}
        return done | {"value": plain.encode_or_describe(value), "prints": self.prints.text()}

    def call(self, tool: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Have the parent run a tool; its time is not the code's."""
        with timer_off():
            if tool == FINAL_ANSWER:
                self.channel.send({"op": "prints", "text": self.prints.text()})
            self.channel.send({"op": "call", "tool": tool, **arguments(tool, args, kwargs)})
            answer = self.channel.receive()
        return ANSWERS[answer["op"]](answer)

    def _report(self, done: dict[str, Any]) -> None:
        try:
            self.channel.send(done)
        except FrameError as error:
            self.channel.send(done | {"value": f"<too large a value: {error}>"})

    def _main_module(self) -> dict[str, Any]:
        module = ModuleType("__main__")
        sys.modules["__main__"] = module
        vars(module)["__builtins__"] = self.builtins
        return vars(module)

    def _accept(self, request: dict[str, Any]) -> None:
        if request["tools"] is not None:
            for name in self.tools:
                self.builtins.pop(name, None)
            self.tools = frozenset(request["tools"])
            self.builtins.update({name: self._proxy(name) for name in self.tools})
        self.variables.update(plain.decode_each(request["variables"]))
        self.variables.update(snapshots.restore(request["restore"] or "{}"))
        self.variables.update(plain.decode_each(request["updates"]))

    def _proxy(self, name: str) -> Callable[..., Any]:
        def tool(*args: Any, **kwargs: Any) -> Any:
            return self.call(name, args, kwargs)

        tool.__name__ = tool.__qualname__ = name
        return tool

    def _run(self, code: str) -> str | None:
        self.steps += 1
        file = f"<step {self.steps}>"
        remember_source(file, code)
        try:
            self._execute(code, file)
        except FinalAnswer:
            return None
        except BaseException as error:
            return explain(error, file, self._known_names())
        return None

    def _execute(self, code: str, file: str) -> None:
        try:
            signal.setitimer(signal.ITIMER_REAL, self.settings.seconds)
            tree = prepare(code, self.settings.granted, self.tools)
            exec(compile(tree, file, "exec", dont_inherit=True), self.variables)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _known_names(self) -> set[str]:
        return {*self.tools, *BASE_TOOLS, *(name for name in self.variables if isinstance(name, str))}

    def _time_is_over(self, _signal: int, _frame: FrameType | None) -> None:
        self.channel.send({"op": "prints", "text": self.prints.text()})
        raise StepTimeoutError(self.settings.seconds)


@contextlib.contextmanager
def timer_off() -> Iterator[None]:
    """Stop the clock of the step and go on with the time that was left."""
    left, _ = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)


def arguments(tool: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a tool as data; raises CannotCrossError with the remedy."""
    try:
        encoder = plain.Encoder()
        return {"args": encoder.many(args, 0), "kwargs": {name: encoder.encode(kwargs[name]) for name in kwargs}}
    except plain.CannotCrossError as error:
        raise plain.CannotCrossError(
            f"This cannot be handed to {tool}: {error}. Turn it into plain data first ({plain.PLAIN_TYPES})."
        ) from None


def _failure(answer: dict[str, Any]) -> Any:
    kind = getattr(builtins, answer["type"], None)
    is_exception = isinstance(kind, type) and issubclass(kind, Exception)
    try:
        error = kind(answer["text"]) if is_exception else ToolError(answer["text"])
    except TypeError:
        error = ToolError(answer["text"])
    raise error


def _final(_answer: dict[str, Any]) -> Any:
    raise FinalAnswer


ANSWERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "result": lambda answer: plain.decode(answer["value"]),
    "failure": _failure,
    "final": _final,
}
