import pytest

from alfred.plan import check_text
from tests.parties import DINNER, brief_of, typed

BRIEF = typed(brief_of(**DINNER))


def broken(text):
    return [violation.rule for violation in check_text(text, BRIEF)]


@pytest.mark.parametrize(
    "text",
    [
        "A dinner for 50 guests at Wayne Mansion on 12 December 2026, with a budget of $8,000.",
        "For 50 people on December 12th; the budget is USD 8000. One server per 10 guests.",
        "44 guests drink wine; 2 guests are vegan; budget: 8,000.00",
        "The caterer serves parties of 20 to 400 guests.",
        "All is arranged.",
        "2026-12-12 at the mansion of the Waynes",
        "",
    ],
)
def test_a_text_that_agrees_or_says_nothing_passes(text):
    assert broken(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A dinner for 60 guests", "guests"),
        ("There will be 1,050 people", "guests"),
        ("It takes place on 13 December", "date"),
        ("See you on January 12th", "date"),
        ("Date: 2026-12-21", "date"),
        ("With your budget of $9,000 we can", "budget"),
        ("Venue: Arkham Asylum", "venue"),
        ("We meet at Arkham Asylum tonight", "venue"),
    ],
)
def test_a_text_that_contradicts_the_brief_is_caught(text, rule):
    assert broken(text) == [rule]


def test_a_brief_that_says_nothing_is_never_contradicted():
    assert check_text("60 guests at Arkham Asylum on 13 December, budget $9", typed(brief_of())) == []
