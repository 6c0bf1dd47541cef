"""Batches of events."""

import threading

import pytest

from alfred.ui.pacing import paced


def test_every_event_comes_once_and_in_order():
    batches = list(paced(iter(range(1000)), 1000))
    assert [event for batch in batches for event in batch] == list(range(1000))


def test_fast_events_come_in_few_batches():
    assert len(list(paced(iter(range(1000)), 20))) < 20


def test_what_came_is_given_while_the_next_event_waits():
    gate = threading.Event()

    def events():
        yield "first"
        yield "second"
        gate.wait(30)
        yield "third"

    batches, seen = paced(events(), 100), []
    while seen != ["first", "second"]:
        seen += next(batches)
    gate.set()
    assert next(batches) == ["third"]


def test_no_batch_is_empty_and_an_error_comes_after_what_came_before_it():
    def events():
        yield 1
        raise ValueError("broken")

    batches = paced(events(), 100)
    assert next(batches) == [1]
    with pytest.raises(ValueError, match="broken"):
        next(batches)
