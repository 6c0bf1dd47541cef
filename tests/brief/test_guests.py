import pytest

from alfred.brief.guests import read_guests
from alfred.brief.passage import Passage


def read(text):
    return read_guests(Passage.of(text), None)


def test_children_count_as_guests():
    assert read("9 kids and 4 mums") == {"guests": 13, "children": 9}


def test_the_upper_end_of_a_range_is_read_and_the_range_kept():
    assert read("20 to 25 colleagues") == {"guests": 25, "wishes": ("20 to 25 guests",)}


def test_children_may_be_counted_by_their_age():
    assert read("6 eleven-year-olds") == {"guests": 6, "children": 6}


@pytest.mark.parametrize("text", ["her 40th birthday", "my son (8)", "10 tables", "a few friends", "12 Main Street"])
def test_ages_and_things_are_no_guests(text):
    assert read(text) == {}
