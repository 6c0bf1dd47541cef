from fractions import Fraction

import pytest

from alfred.brief.diets import read_alcohol, read_diets, settle
from alfred.brief.model import Diet
from alfred.brief.passage import Passage


def read(text):
    return read_diets(Passage.of(text), None)[0].get("dietary")


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("40 guests, 4 veggies and a coeliac", {"vegetarian": 4, "gluten-free": 1}),
        ("someone is allergic to fish", {"fish-free": 1}),
        ("a vegan menu", {"vegan": None}),
        ("non-vegan", None),
    ],
)
def test_a_need_has_a_number_only_when_one_was_said(text, needs):
    assert read(text) == needs


def test_the_only_number_of_people_is_left_to_the_reader_of_guests():
    passage = Passage.of("30 people vegetarian")
    assert read_diets(passage, None)[0] == {"dietary": {"vegetarian": None}}
    assert "30 people" in passage.rest


def test_a_share_waits_for_the_guests_and_is_rounded_up():
    needs, shares = read_diets(Passage.of("half of them vegan"), None)
    assert shares == {"vegan": Fraction(1, 2)}
    assert settle(needs["dietary"], shares, 7) == (Diet(need="vegan", guests=4),)


@pytest.mark.parametrize(("text", "alcohol"), [("keep it dry", False), ("beer and wine", True), ("dry ice", None)])
def test_alcohol_is_said_or_unknown(text, alcohol):
    assert read_alcohol(Passage.of(text)).get("alcohol") is alcohol
