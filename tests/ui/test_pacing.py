"""Batches of events."""

import threading
import time

import pytest

from alfred.ui.pacing import paced


def test_every_event_comes_once_and_in_order():
    batches = list(paced(iter(range(1000)), 1000))
    assert [event for batch in batches for event in batch] == list(range(1000))


def test_fast_events_come_in_few_batches():
    assert len(list(paced(iter(range(1000)), 20))) < 20


def test_a_slow_stream_comes_in_no_more_batches_than_its_seconds_allow():
    def events():
        for n in range(300):
            yield n
            tick.wait(0.002)

    tick, begun = threading.Event(), time.monotonic()
    count = len(list(paced(events(), 10)))
    assert 1 < count <= 10 * (time.monotonic() - begun) + 2


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
