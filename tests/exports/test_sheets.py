import csv
from io import StringIO

import pytest

from alfred.exports import sheets, to_csv
from alfred.plan import read_plan
from tests.parties import DINNER, brief_of, party_plan, plan_for

DATA = plan_for(brief_of(**DINNER))
PLAN = read_plan(DATA)


def rows(text):
    return list(csv.DictReader(StringIO(text)))


def test_shopping_budget_and_schedule_have_a_table_each():
    assert [row["item"] for row in rows(sheets.shopping(PLAN))] == [row.item for row in PLAN.shopping]
    assert rows(sheets.budget(PLAN))[-1] == {"item": "Total", "amount": "8000.00", "currency": "USD", "basis": "total"}
    assert len(rows(sheets.schedule(PLAN))) == len(PLAN.countdown + PLAN.preparation + PLAN.run_of_show)


def test_one_table_holds_all_three():
    assert {row["part"] for row in rows(to_csv(PLAN))} == {
        "shopping",
        "budget",
        "countdown",
        "preparation",
        "run of show",
    }


def test_scenes_after_midnight_are_on_the_next_day():
    clean_up = rows(sheets.schedule(PLAN))[-1]
    assert (clean_up["date"], clean_up["start"], clean_up["what"]) == ("2026-12-13", "00:00", "Clean-up")


def test_an_empty_plan_has_its_headings():
    assert rows(sheets.shopping(read_plan(party_plan(brief=brief_of())))) == []


@pytest.mark.parametrize(
    "attack",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r\n=1+1",
        "  =1+1",
        "＝1+1",
        "\u202e=1+1",
        "\x00=1+1",
        '=HYPERLINK("https://example.org","x")',
    ],
)
def test_no_cell_begins_a_formula(attack):
    data = DATA | {"shopping": [{"item": attack, "amount": 1, "unit": attack, "buy_by": None}]}
    row = rows(to_csv(read_plan(data)))[0]
    assert row["what"].startswith("'")
    assert row["unit"].startswith("'")


@pytest.mark.parametrize("text", ["a, b", 'say "hi"', "two\nlines", "🎉", "ليلة سعيدة", "semi;colon", "'quoted'"])
def test_awkward_text_stays_in_its_cell(text):
    data = DATA | {"shopping": [{"item": text, "amount": 1, "unit": "l", "buy_by": None}]}
    assert (
        rows(to_csv(read_plan(data)))[0] | {"what": " ".join(text.split()), "unit": "l"}
        == rows(to_csv(read_plan(data)))[0]
    )
