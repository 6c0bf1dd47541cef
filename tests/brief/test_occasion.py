from datetime import datetime

import pytest

from alfred.brief import Brief
from alfred.brief.occasion import read_occasion
from alfred.brief.passage import Passage

BIRTHDAY = Brief(asked=("plan",), occasion="birthday", now=datetime(2026, 11, 22, 10, 0))


def read(text, earlier=None):
    return read_occasion(Passage.of(text), earlier).get("occasion")


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("a dinner for her birthday", "birthday"),
        ("a formal vegan lunch", "formal lunch"),
        ("a garden party", "garden"),
        ("the garden", None),
        ("product launch", "product launch"),
        ("banquet hall", None),
        ("dinner jacket", None),
        ("he is turning 30", "birthday"),
    ],
)
def test_a_celebration_outranks_a_meal_and_things_are_no_occasion(text, occasion):
    assert read(text) == occasion


def test_a_meal_does_not_replace_a_celebration_unless_it_is_turned_into_one():
    assert read("dinner at 8", BIRTHDAY) is None
    assert read("make it a dinner", BIRTHDAY) == "dinner"
