from datetime import date, datetime

import pytest

from alfred.brief.dates import nearest_weekday, read_date
from alfred.brief.passage import Passage

WEDNESDAY = datetime(2026, 11, 25, 18, 0)


def read(text, earlier=None):
    return read_date(Passage.of(text), WEDNESDAY, earlier).get("date")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("next Friday", date(2026, 11, 27)),
        ("Wednesday", date(2026, 12, 2)),
        ("saturday week", date(2026, 12, 5)),
        ("a week on saturday", date(2026, 12, 5)),
        ("in 3 weeks' time", date(2026, 12, 16)),
        ("three weeks from now", date(2026, 12, 16)),
        ("in three weeks on a Saturday", date(2026, 12, 16)),
        ("12 December", date(2026, 12, 12)),
        ("12 October", date(2027, 10, 12)),
        ("the 24th of December", date(2026, 12, 24)),
        ("12-14 December", date(2026, 12, 12)),
        ("on 12.12.", date(2026, 12, 12)),
        ("13/12/26", date(2026, 12, 13)),
        ("the 5th birthday on the 6th", date(2026, 12, 6)),
        ("Dec. 24th, 2026", date(2026, 12, 24)),
        ("29 February", date(2028, 2, 29)),
    ],
)
def test_a_day_is_counted_from_now(words, day):
    assert read(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "every Saturday",
        "31 February",
        "99/99/2026",
        "for 3 weeks",
        "1/2 vegetarian",
        "in 999 years",
        "the sun shines",
        "40th birthday",
        "in 2 hours",
    ],
)
def test_what_is_no_day_stays_unknown(words):
    assert read(words) is None


def test_five_six_is_june_unless_the_spelling_is_american():
    assert read("5/6/2027, in colour") == date(2027, 6, 5)
    assert read("5/6/2027, in color") == date(2027, 5, 6)


def test_a_vague_time_becomes_a_wish():
    assert read_date(Passage.of("sometime in June"), WEDNESDAY, None) == {"wishes": ("sometime in june",)}


def test_a_weekday_in_a_follow_up_is_the_one_next_to_the_earlier_date():
    assert read("move it to Sunday", date(2026, 12, 19)) == date(2026, 12, 20)


def test_the_nearest_weekday_is_never_in_the_past():
    assert nearest_weekday(0, date(2026, 11, 25), date(2026, 11, 25)) == date(2026, 11, 30)
