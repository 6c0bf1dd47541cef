import re

import pytest

from alfred.exports import to_markdown, to_text
from alfred.plan import read_plan
from tests.parties import DINNER, brief_of, party_plan, plan_for

DATA = plan_for(brief_of(**DINNER))
PLAN = read_plan(DATA)
SECTIONS = "Brief, Menu, Caterer, Budget, Quantities, Staff and space, Countdown, Preparation, Run of show, Shopping"


def test_every_section_that_has_something_has_a_heading():
    headings = re.findall(r"^## (.+)$", to_markdown(PLAN), re.MULTILINE)
    assert headings == [*SECTIONS.split(", "), "Music", "Risks", "Assumptions", "Sources", "Checks"]


def test_a_section_without_content_is_left_out():
    assert "## Menu" not in to_markdown(read_plan(party_plan(brief=brief_of())))


def test_money_has_its_currency_and_dates_their_weekday():
    document = to_markdown(PLAN)
    assert "| Total | USD 8,000.00 | limit USD 8,000.00 |" in document
    assert "- Date: Sat 12 Dec 2026" in document


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    for table in re.findall(r"(?:^\|.*\|\n)+", to_markdown(PLAN), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_a_failed_check_is_to_mend_in_both():
    plan = read_plan(plan_for(brief_of(**DINNER), menu=None))
    assert "TO MEND: diets" in to_markdown(plan)
    assert "To mend: diets" in to_text(plan)


def test_the_text_names_the_facts_in_plain_lines():
    text = to_text(PLAN)
    assert text.startswith("Villain masquerade dinner at Wayne Mansion\n")
    assert "Guests: 50, 6 of them children" in text
    assert "|" not in text


@pytest.mark.parametrize(
    "attack",
    [
        "a | b",
        "line\n# heading",
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        "$$x^2$$ and $5",
        "`code` *bold* _em_ ~~gone~~",
        "---",
        "\u202egnihton",
        "1. first",
    ],
)
def test_foreign_text_stays_text(attack):
    data = DATA | {
        "venue": attack,
        "risks": [attack],
        "shopping": [{"item": attack, "amount": 1, "unit": "l", "buy_by": None}],
    }
    document, harmless = to_markdown(read_plan(data)), to_markdown(PLAN)
    assert re.findall(r"^#+ ", document, re.MULTILINE) == re.findall(r"^#+ ", harmless, re.MULTILINE)
    assert not re.search(r"(?<!\\)[<`$\]\[*~]|\u202e", document)
    assert not re.search(r"^- (?:---|1\. )", document, re.MULTILINE)
