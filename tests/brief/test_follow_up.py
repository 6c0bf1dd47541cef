from datetime import datetime

import pytest

from alfred.brief import Brief
from alfred.brief.follow_up import goes_on, merged, starts_afresh

NOW = datetime(2026, 11, 22, 10, 0)


def brief(asked, **fields):
    return Brief(asked=(asked,), now=NOW, **fields)


@pytest.mark.parametrize("text", ["plan a wedding for 30", "birthday for my son, 10 kids", "scrap that, plan a picnic"])
def test_another_party_starts_afresh(text):
    assert starts_afresh(text)


@pytest.mark.parametrize("text", ["make it 80", "the menu, please", "move the party to sunday", "and the music?"])
def test_a_change_goes_on(text):
    assert not starts_afresh(text)


def test_a_change_of_the_party_after_a_question_asked_once_asks_for_the_plan():
    assert goes_on("make it 80", {"guests": 80}, brief("cost", guests=50)) == ("plan",)


@pytest.mark.parametrize(
    ("text", "fields", "earlier"),
    [
        ("and with 2 helpers?", {"helpers": 2}, brief("timing", guests=50)),
        ("with 2 helpers", {"helpers": 2}, brief("timing", guests=50)),
        ("and for 30?", {"guests": 30}, brief("quantities", guests=50)),
        ("80 guests", {"guests": 80}, brief("quantities")),
        ("make it 80", {"guests": 80}, brief("menu", guests=50)),
    ],
)
def test_what_goes_on_with_the_question_asks_it_again(text, fields, earlier):
    assert goes_on(text, fields, earlier) == earlier.asked


def test_wishes_add_up_and_facts_replace_each_other():
    earlier = brief("plan", guests=50, children=20, wishes=("cheaper",))
    together = merged(earlier, {"guests": 10, "wishes": ("jazz",)})
    assert (together["guests"], together["children"], together["wishes"]) == (10, None, ("cheaper", "jazz"))
