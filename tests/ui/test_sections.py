"""The sections of a plan as rows of text."""

import pytest

from alfred.ui.sections import MAX_CHARACTERS, MAX_ROWS, SECTIONS, amount, text


def test_the_facts_are_those_of_the_plan(plan, words):
    facts = {row.key: row.cells[0] for row in SECTIONS["facts"](plan, words)}
    assert facts["date"] == "Sat 12 Dec 2026"
    assert facts["time"] == "19:00 to 23:00"
    assert facts["guests"] == "50"
    assert facts["dietary"] == "vegetarian (6)"
    assert facts["price"] == "USD 6,000.00 of USD 6,000.00"


def test_children_are_named_among_the_guests(plan, words):
    plan["guests"] = {"adults": 6, "children": 14, "total": 20}
    assert SECTIONS["facts"](plan, words)[2].cells == ("20, 14 of them children",)


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_has_rows_of_a_whole_plan(name, plan, words):
    plan["catering"] = {
        "name": "Gotham",
        "rating": 4.9,
        "price_per_guest": "65.00",
        "currency": "USD",
        "source": "book",
    }
    plan["theme"] = {"name": "heroes", "description": "Capes"}
    plan["music"] = [{"title": "Heroes", "artist": "David Bowie", "source": None}]
    assert SECTIONS[name](plan, words)


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("odd", [None, 7, "text", [1, None], {"dishes": 3}, [{"amount": {"a": 1}, "start": []}]])
def test_no_section_minds_parts_that_are_missing_or_of_another_kind(name, odd, plan, words):
    SECTIONS[name]({}, words)
    SECTIONS[name](dict.fromkeys(plan, odd), words)


def test_shopping_is_in_the_order_of_the_days(words):
    plan = {
        "shopping": [
            {"item": "ice", "buy_by": "2026-12-12"},
            {"item": "tape"},
            {"item": "wine", "buy_by": "2026-12-01"},
        ]
    }
    assert [row.key for row in SECTIONS["shopping"](plan, words)] == ["wine", "ice", "tape"]


def test_long_texts_and_long_lists_are_cut(words):
    assert len(text("x" * 5000)) == MAX_CHARACTERS + 2
    assert len(SECTIONS["risks"]({"risks": ["fire"] * 5000}, words)) == MAX_ROWS


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e99", None, [], "much"])
def test_what_is_no_amount_is_none(value):
    assert amount(value) is None
