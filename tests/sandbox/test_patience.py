"""Patience: results, errors and giving up. Through the executor it is tested in `test_executor.py`."""

import contextvars
import threading

import pytest

from alfred.sandbox import patience as module
from alfred.sandbox.patience import OutOfPatienceError, Patience

NEVER = bool


def test_it_returns_what_the_call_returns_and_raises_what_it_raises():
    patience = Patience()
    assert patience.run(lambda: 5, NEVER) == 5
    with pytest.raises(ZeroDivisionError):
        patience.run(lambda: 1 / 0, NEVER)
    patience.close()


def test_context_variables_go_along():
    variable = contextvars.ContextVar("variable")
    variable.set("here")
    assert Patience().run(variable.get, NEVER) == "here"


def test_a_call_that_is_overdue_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    release = threading.Event()
    with pytest.raises(OutOfPatienceError):
        Patience().run(lambda: release.wait(60), lambda: True)
    release.set()


def test_after_giving_up_nothing_runs():
    patience = Patience()
    patience.give_up(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        patience.run(lambda: 5, NEVER)


def test_its_thread_ends():
    patience = Patience()
    thread = patience.run(threading.current_thread, NEVER)
    patience.close()
    thread.join(30)
    assert not thread.is_alive()
