import json
from datetime import date, datetime
from decimal import Decimal

import pytest

from alfred.errors import PlanError
from alfred.plan import PartyPlan, read_plan
from tests.parties import DINNER, brief_of, party_plan, plan_for


@pytest.mark.parametrize("data", [plan_for(brief_of(**DINNER)), party_plan(brief=brief_of())], ids=["whole", "empty"])
def test_it_reads_what_party_plan_returns_and_writes_the_same(data):
    plan = read_plan(data)
    assert plan.to_data() == data
    assert PartyPlan.from_json(json.dumps(data)) == plan


def test_money_is_exact_and_dates_are_dates():
    plan = read_plan(plan_for(brief_of(**DINNER)))
    assert plan.budget.total == Decimal("8000.00")
    assert plan.date == date(2026, 12, 12)
    assert plan.opens == datetime(2026, 12, 12, 19)
    assert plan.closes == datetime(2026, 12, 13)


@pytest.mark.parametrize("amount", [90, 90.5, "90.50"])
def test_money_may_be_a_number_too(amount):
    data = plan_for(brief_of(**DINNER))
    data["budget"]["total"] = amount
    assert read_plan(data).budget.total == Decimal(str(amount))


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("guests", {"total": 5}, "guests.adults"),
        ("budget", None, "budget"),
        ("date", "12 December", "date"),
        ("extra", 1, "extra"),
        ("preparation", [{"start": "25:00"}], "preparation.0"),
    ],
)
def test_what_is_no_plan_is_told_by_its_first_wrong_part(part, value, words):
    with pytest.raises(PlanError, match=words):
        read_plan(plan_for(brief_of(**DINNER)) | {part: value})


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", '{"title": 1}'])
def test_text_that_is_no_plan_is_refused_in_a_sentence(text):
    with pytest.raises(PlanError, match="This is not a whole plan"):
        PartyPlan.from_json(text)


def test_a_plan_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        read_plan(plan_for(brief_of(**DINNER))).title = "Another"
