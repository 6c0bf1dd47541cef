"""The switch that stops a turn."""

import threading

import pytest

from alfred.errors import Stopped
from alfred.stop import Stop


def test_check_passes_until_the_stop_is_set():
    stop = Stop()
    stop.check()
    stop.set()
    with pytest.raises(Stopped):
        stop.check()


def test_actions_run_once_whenever_they_are_given():
    stop, ran = Stop(), []
    stop.when_set(lambda: ran.append("before"))
    stop.set()
    stop.set()
    stop.when_set(lambda: ran.append("after"))
    assert ran == ["before", "after"]


def test_a_pause_ends_when_another_thread_stops_the_turn():
    stop = Stop()
    threading.Timer(0.01, stop.set).start()
    with pytest.raises(Stopped):
        stop.pause(30)
