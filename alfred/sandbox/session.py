"""The session: the child of an executor, and what a next child has to be told when this one is lost.

A child is forked at the first step. When it is lost (killed, crashed, or gone with the fork server) the step fails with
a sentence that names what is kept and what is not, and the step after it starts in a new child with the variables of
the last snapshot. The parent keeps a snapshot as the text it came in and reads it only when somebody asks.
"""

import contextlib
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from alfred.sandbox.child import snapshots
from alfred.sandbox.child.plain import decode_each
from alfred.sandbox.child.wire import FrameError
from alfred.sandbox.errors import ChildLostError, Stopped
from alfred.sandbox.jail import Jail, open_jail
from alfred.sandbox.patience import OutOfPatienceError, Patience
from alfred.sandbox.step import TOOL_SECONDS, UNREADABLE, Outcome, Step, Tools

MEGABYTE = 1024 * 1024
MAX_LISTING = 1_000
"""Characters of names in an error: the names are the code's own, and so is their length."""


@dataclass(frozen=True)
class Limits:
    """What a child may have: seconds a step, megabytes, characters of prints, modules granted and to be loaded."""

    seconds: float
    memory_mb: int
    max_prints: int
    granted: tuple[str, ...]
    imports: tuple[str, ...]

    def request(self) -> dict[str, Any]:
        """Return what the fork server is asked for."""
        return {
            "seconds": self.seconds,
            "memory": self.memory_mb * MEGABYTE,
            "max_prints": self.max_prints,
            "granted": self.granted,
            "imports": self.imports,
        }


class Session:
    """One child after another, never two at once."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.patience = Patience()
        self.tools: Tools = {}
        self.new_tools = True
        self.variables: dict[str, Any] = {}
        self.updates: dict[str, Any] = {}
        self.last: Outcome | None = None
        self.stopped = False
        self.jails: list[Jail] = []
        weakref.finalize(self, release, self.jails, self.patience)

    def set_tools(self, tools: Tools) -> None:
        """Make `tools`, and no others, callable from the next step on."""
        self.tools = dict(tools)
        self.new_tools = True

    def set_variables(self, encoded: dict[str, Any]) -> None:
        """Set variables, encoded, from the next step on."""
        self.variables |= encoded
        self.updates |= encoded

    def run(self, code: str) -> Outcome:
        """Run one step; raises ChildLostError, its `prints` what is known to have been printed, and Stopped."""
        self.refuse_when_stopped()
        request = self._request(code)
        self.refuse_when_stopped()
        step = Step(self.jails[0], self.tools, self.limits.max_prints)
        try:
            outcome = self.patience.run(partial(step.run, request, self.limits.seconds), step.is_overdue)
        except (OSError, EOFError, FrameError, OutOfPatienceError) as error:
            self.end()
            self.refuse_when_stopped()
            raise self._loss(error, step.outcome.prints) from error
        except BaseException:
            self.end()
            raise
        self.refuse_when_stopped()
        self._remember(outcome)
        return outcome

    def plain_variables(self) -> dict[str, Any]:
        """Return the variables after the last step; raises ChildLostError when the code forged them."""
        if self.last is None:
            return decode_each(self.variables)
        try:
            return snapshots.restore(self.last.snapshot)
        except UNREADABLE as error:
            raise ChildLostError("What the code left behind are not variables; they are dropped.") from error

    def stop(self) -> None:
        """End the child at once and for good, from any thread, and wake a step that waits for a tool."""
        self.stopped = True
        for jail in list(self.jails):
            jail.kill()
        self.patience.give_up(Stopped("The executor was stopped."))

    def refuse_when_stopped(self) -> None:
        """Raise Stopped after `stop`."""
        if self.stopped:
            self.end()
            raise Stopped("The executor was stopped.")

    def end(self) -> None:
        """End the child and let go of its descriptors; a later step would start a new one."""
        release(self.jails, self.patience)

    def _request(self, code: str) -> dict[str, Any]:
        is_new = not self.jails
        if is_new:
            self.jails.append(open_jail(self.limits.request()))
        names = list(self.tools) if self.new_tools or is_new else None
        self.new_tools = False
        return {
            "op": "step",
            "code": code,
            "tools": names,
            "variables": self.variables if is_new else {},
            "restore": self.last.snapshot if is_new and self.last else None,
            "updates": self.updates,
        }

    def _remember(self, outcome: Outcome) -> None:
        if outcome.snapshot is None:
            self.end()
        else:
            self.last = outcome
            self.updates = {}

    def _loss(self, error: Exception, prints: str) -> ChildLostError:
        try:
            kept = list(self.plain_variables())
        except ChildLostError:
            kept, self.last = list(self.variables), None
        lost = self.last.left_out if self.last else ()
        told = f"{cause(error, self.limits.seconds)} Variables kept from before this step: {listing(kept)}."
        if lost:
            told += f" Lost, define or import them again: {listing(lost)}."
        return ChildLostError(told, prints, may_repeat=_may_repeat(error))


def cause(error: Exception, seconds: float) -> str:
    """Return why a child was lost, as a sentence for the model."""
    if isinstance(error, TimeoutError):
        return (
            f"Code execution exceeded the maximum execution time of {seconds:g} seconds and did not stop when "
            "interrupted, so its process was ended. Do less in one step."
        )
    if isinstance(error, FrameError):
        return f"The process that ran the code was ended: {error}."
    if isinstance(error, OutOfPatienceError):
        return f"A tool took longer than {TOOL_SECONDS} seconds and was given up. Go on without it."
    return "The process that ran the code has ended: it crashed, used up its limits, or was lost with its server."


def listing(names: Sequence[str]) -> str:
    """Return names for a sentence, cut where they are too many."""
    return ", ".join(names)[:MAX_LISTING] or "none"


def _may_repeat(error: Exception) -> bool:
    return not isinstance(error, TimeoutError | FrameError | OutOfPatienceError)


def release(jails: list[Jail], patience: Patience) -> None:
    """End the children in `jails`, close their descriptors and let the thread of the tools go; safe to repeat."""
    while jails:
        with contextlib.suppress(IndexError):
            jails.pop().close()
    patience.close()
