"""The running turns of all visitors."""

from alfred.ui.running import RunningTurns


def test_a_visitor_has_one_turn_at_a_time():
    running = RunningTurns()
    assert running.begin("a") is not None
    assert running.begin("a") is None
    assert running.begin("b") is not None


def test_a_place_is_free_again_after_the_end():
    running = RunningTurns()
    running.begin("a")
    running.end("a")
    assert running.begin("a") is not None


def test_stop_reaches_that_visitors_turn_alone():
    running = RunningTurns()
    first, second = running.begin("a"), running.begin("b")
    running.stop("a")
    assert (first.is_set(), second.is_set()) == (True, False)


def test_stop_without_a_turn_does_nothing():
    RunningTurns().stop("nobody")
