"""Who runs and who waits."""

import threading

import pytest

from alfred.ui.running import HOUR, HourlyLimit, Line, RunningTurns


def test_a_visitor_has_one_turn_at_a_time():
    running = RunningTurns()
    assert running.begin("a") is not None
    assert running.begin("a") is None
    assert running.begin("b") is not None


def test_a_visitor_may_begin_again_after_the_end():
    running = RunningTurns()
    running.end("a", running.begin("a"))
    assert running.begin("a") is not None


def test_the_end_of_an_old_turn_leaves_a_new_one_alone():
    running = RunningTurns()
    old = running.begin("a")
    running.end("a", old)
    running.begin("a")
    running.end("a", old)
    assert running.begin("a") is None


def test_stop_reaches_that_visitors_turn_alone():
    running = RunningTurns()
    first, second = running.begin("a"), running.begin("b")
    running.stop("a")
    running.stop("nobody")
    assert (first.is_set(), second.is_set()) == (True, False)


def test_as_many_run_as_there_are_places_and_the_others_know_who_is_before_them():
    line = Line(places=1, most_waiting=5)
    first, second, third = (line.join(name) for name in "abc")
    assert line.enter(first, 0)
    assert not line.enter(second, 0)
    assert [line.ahead(second), line.ahead(third)] == [0, 1]
    line.leave(first, "a")
    assert line.enter(second, 0)


def test_the_line_is_bounded():
    line = Line(places=1, most_waiting=1)
    line.enter(line.join("a"), 0)
    assert line.join("b") is not None
    assert line.join("c") is None


def test_a_line_without_waiting_takes_whoever_can_run():
    line = Line(places=1, most_waiting=0)
    number = line.join("a")
    assert line.enter(number, 0)
    assert line.join("b") is None


def test_who_has_nothing_running_goes_before_who_has():
    line = Line(places=2, most_waiting=9)
    busy = [line.join("busy") for _ in range(3)]
    assert line.enter(busy[0], 0)
    other = line.join("other")
    assert line.ahead(other) == 0
    assert line.enter(other, 0)
    assert not line.enter(busy[1], 0)


def test_who_leaves_the_line_frees_the_way():
    line = Line(places=1, most_waiting=9)
    running, impatient, patient = (line.join(name) for name in "abc")
    line.enter(running, 0)
    line.leave(impatient, "b")
    assert line.ahead(patient) == 0


def test_a_place_that_becomes_free_is_taken_at_once():
    line = Line(places=1, most_waiting=9)
    first, second = line.join("a"), line.join("b")
    line.enter(first, 0)
    entered = threading.Event()
    threading.Thread(target=lambda: line.enter(second, 30) and entered.set(), daemon=True).start()
    line.leave(first, "a")
    assert entered.wait(10)


def test_an_hour_takes_so_many_requests_of_one_visitor(monkeypatch):
    hourly = HourlyLimit(2)
    clock = [1000.0]
    monkeypatch.setattr("alfred.ui.running.time.monotonic", lambda: clock[0])
    assert [hourly.wait("a"), hourly.wait("a"), hourly.wait("b")] == [0, 0, 0]
    assert hourly.wait("a") == pytest.approx(HOUR)
    clock[0] += HOUR + 1
    assert hourly.wait("a") == 0


def test_without_a_limit_nobody_waits():
    assert all(HourlyLimit(None).wait("a") == 0 for _ in range(100))
