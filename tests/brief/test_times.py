from datetime import date, datetime, time

import pytest

from alfred.brief.passage import Passage
from alfred.brief.times import read_hours, read_soon, read_times


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("7pm", time(19)),
        ("7 p.m.", time(19)),
        ("19:30", time(19, 30)),
        ("19h30", time(19, 30)),
        ("at 19.30", time(19, 30)),
        ("at 7", time(19)),
        ("breakfast at 7", time(7)),
        ("at 11", time(11)),
        ("dinner at 9", time(21)),
        ("at noon", time(12)),
        ("at midnight", time(0)),
        ("12am", time(0)),
        ("half past six in the evening", time(18, 30)),
        ("quarter to eight", time(19, 45)),
        ("at 10 in the morning", time(10)),
        ("8 o'clock", time(20)),
    ],
)
def test_a_start_is_read_as_a_party_would_mean_it(words, start):
    assert read_times(Passage.of(words), None) == {"start": start}


@pytest.mark.parametrize(
    ("words", "start", "hours"),
    [
        ("7-11pm", time(19), 4),
        ("from 19:00 to 23:00", time(19), 4),
        ("from 7 to 11", time(19), 4),
        ("10-2pm", time(10), 4),
        ("8pm till 2am", time(20), 6),
        ("at 6pm until midnight", time(18), 6),
        ("between 3pm and 5:30pm", time(15), 2.5),
    ],
)
def test_a_range_says_start_and_hours(words, start, hours):
    assert read_times(Passage.of(words), None) == {"start": start, "hours": hours}


@pytest.mark.parametrize("words", ["right now", "30-40 people", "at 12 Main Street", "till midnight", "25:00", "$7"])
def test_what_is_no_start_stays_unknown(words):
    assert read_times(Passage.of(words), None) == {}


@pytest.mark.parametrize(
    ("words", "hours"),
    [("for 4 hours", 4), ("a 3-hour party", 3), ("for an hour and a half", 1.5), ("1h30", 1.5), ("half an hour", 0.5)],
)
def test_a_length_says_the_hours(words, hours):
    assert read_hours(Passage.of(words)) == {"hours": hours}


def test_a_party_that_starts_in_some_hours_is_counted_from_now():
    fields = read_soon(Passage.of("the party starts in 3 hours"), datetime(2026, 11, 22, 22, 0))
    assert fields == {"date": date(2026, 11, 23), "start": time(1)}
