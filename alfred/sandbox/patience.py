"""Patience: run a step so that waiting for it can end before a tool in it does.

A tool cannot be interrupted, so a step and its tools run in a thread of their own; when the wait is given up the thread
is left behind and what it finds is dropped. Context variables go along, so that traces stay whole.
"""

import contextvars
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

LOOK_SECONDS = 5
"""How often to look whether the wait has been too long."""

Answers = SimpleQueue[tuple[Any, BaseException | None]]
Job = tuple[Answers, contextvars.Context, Callable[[], Any]]


class OutOfPatienceError(Exception):
    """A tool took longer than it may."""


class Patience:
    """One thread for the steps of an executor, started with the first."""

    def __init__(self) -> None:
        self.jobs: SimpleQueue[Job | None] | None = None
        self.answers: Answers = SimpleQueue()
        self.reason: BaseException | None = None

    def run(self, call: Callable[[], Any], is_overdue: Callable[[], bool]) -> Any:
        """Return what `call` returns or raise what it raises; raises OutOfPatienceError once `is_overdue`."""
        self.answers = answers = SimpleQueue()
        if self.reason is not None:
            raise self.reason
        self._thread().put((answers, contextvars.copy_context(), call))
        result, error = self._wait(answers, is_overdue)
        if error is not None:
            raise error
        return result

    def give_up(self, reason: BaseException) -> None:
        """Have `run` raise `reason`, now and ever after, in whichever thread waits."""
        self.reason = reason
        self.answers.put((None, reason))
        self.close()

    def close(self) -> None:
        """Let the thread end when its present call does."""
        jobs, self.jobs = self.jobs, None
        if jobs is not None:
            jobs.put(None)

    def _wait(self, answers: Answers, is_overdue: Callable[[], bool]) -> tuple[Any, BaseException | None]:
        while True:
            try:
                return answers.get(timeout=LOOK_SECONDS)
            except Empty:
                if is_overdue():
                    raise OutOfPatienceError from None

    def _thread(self) -> SimpleQueue[Job | None]:
        jobs = self.jobs
        if jobs is None:
            self.jobs = jobs = SimpleQueue()
            threading.Thread(target=_work, args=(jobs,), name="step", daemon=True).start()
        return jobs


def _work(jobs: SimpleQueue[Job | None]) -> None:
    while (job := jobs.get()) is not None:
        answers, context, call = job
        answers.put(_outcome(context, call))


def _outcome(context: contextvars.Context, call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return context.run(call), None
    except BaseException as error:
        return None, error
