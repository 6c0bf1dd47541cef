"""Whatever the guests, hours, budgets and dates: every plan sums, orders its times, keeps the rules and reads back."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from alfred.exports import export, to_calendar
from alfred.plan import PartyPlan, check_plan, read_plan
from tests.parties import allergen_check, brief_of, plan_for, results_for, typed

NOW = datetime(2026, 11, 22, 10)
NEEDS = ["vegan", "vegetarian", "nut-free", "gluten-free", "halal", "kosher", "no pork", "dairy-free", "diabetic"]


@some.composite
def briefs(draw):
    """Briefs of parties that can be planned, from a dinner for one tomorrow to a gala in two years."""
    guests = draw(some.integers(1, 2000))
    budget = draw(some.none() | some.decimals(0, 10**7, places=2))
    return brief_of(
        occasion=draw(some.sampled_from(["dinner", "birthday", "gala", "reception", "formal dinner", None])),
        theme=draw(some.sampled_from([None, "villain masquerade", "pirates"])),
        guests=guests,
        children=draw(some.none() | some.integers(0, guests)),
        date=draw(some.none() | some.dates(date(2026, 11, 24), date(2028, 12, 31))),
        start=draw(some.none() | some.times().map(lambda moment: time(moment.hour, moment.minute))),
        hours=draw(some.none() | some.integers(1, 48).map(lambda halves: halves / 2)),
        venue=draw(some.sampled_from([None, "Wayne Mansion", "Town Hall", "our garden"])),
        outdoors=draw(some.none() | some.booleans()),
        budget=budget,
        currency=None if budget is None else draw(some.sampled_from(["EUR", "USD", "JPY", "GBP"])),
        dietary=draw(some.lists(some.sampled_from(NEEDS), max_size=3, unique=True).map(diets)),
        alcohol=draw(some.none() | some.booleans()),
        tasks=draw(some.none() | some.lists(some.integers(1, 300), min_size=1, max_size=6).map(tasks)),
        helpers=draw(some.none() | some.integers(0, 5)),
        now=NOW.isoformat(timespec="minutes"),
    )


def diets(needs):
    return [{"need": need, "guests": None} for need in needs] or None


def tasks(minutes):
    return [{"task": f"task {place}", "minutes": taken} for place, taken in enumerate(minutes)]


@given(briefs())
@settings(max_examples=150, deadline=None)
def test_every_plan_keeps_every_rule_and_reads_back(brief):
    data = plan_for(brief)
    plan = read_plan(data)
    results = [str(result) for result in results_for(brief).values()]
    assert [
        str(fault) for fault in check_plan(plan, typed(brief), results=results, allergen_check=allergen_check)
    ] == []
    assert [check["detail"] for check in data["checks"] if not check["ok"]] == []
    assert plan.to_data() == data
    assert PartyPlan.from_json(export(plan, "json")) == plan


@given(briefs())
@settings(max_examples=100, deadline=None)
def test_every_budget_sums_within_its_limit_and_keeps_a_tenth(brief):
    budget = read_plan(plan_for(brief)).budget
    amounts = [line.amount for line in budget.lines]
    kept = [line.amount for line in budget.lines if line.basis == "contingency"]
    assert sum(amounts, Decimal(0)) == (budget.total or 0)
    assert min(amounts, default=0) >= 0
    assert sum(kept) * 10 >= sum(amounts)
    if brief["budget"] is not None:
        assert budget.total == Decimal(str(brief["budget"]))


@given(briefs())
@settings(max_examples=100, deadline=None)
def test_every_schedule_is_in_order(brief):
    plan = read_plan(plan_for(brief))
    assert all(first.end == second.start for first, second in pairwise(plan.run_of_show))
    if plan.date:
        assert [row.begins for row in plan.preparation] == sorted(row.begins for row in plan.preparation)
    assert [row.offset_days for row in plan.countdown] == sorted(
        (row.offset_days for row in plan.countdown), reverse=True
    )
    if plan.opens:
        assert max(row.ends for row in plan.preparation) == plan.opens - timedelta(minutes=15)


@given(briefs(), some.integers(1, 500))
@settings(max_examples=50, deadline=None)
def test_a_follow_up_with_other_guests_keeps_every_rule_too(brief, guests):
    last = plan_for(brief)
    after = plan_for(brief | {"guests": guests, "children": None}, theme=None, plan=last)
    assert check_plan(read_plan(after), typed(brief | {"guests": guests, "children": None})) == []


@given(briefs())
@settings(max_examples=40, deadline=None)
def test_equal_plans_give_equal_calendars(brief):
    assert to_calendar(read_plan(plan_for(brief))) == to_calendar(read_plan(plan_for(brief)))
