from datetime import datetime
from decimal import Decimal

import pytest

from alfred.answers import begin_at, check_answer, cost_a_head, drink_servings, ice_kilograms, ready_at
from alfred.plan import read_plan
from tests.parties import DINNER, brief_of, plan_for, typed

TASKS = [{"task": name, "minutes": minutes} for name, minutes in [("a", 30), ("b", 60), ("c", 45), ("d", 45)]]


def brief(*asked, **facts):
    return typed(brief_of(asked=list(asked) or ["plan"], **facts))


def faults(text, *asked, **facts):
    return [violation.rule for violation in check_answer(text, brief(*asked, **facts))]


def test_ready_and_begin_follow_from_tasks_and_helpers():
    assert ready_at(brief(tasks=TASKS)) == datetime(2026, 11, 22, 13, 0)
    assert ready_at(brief(tasks=TASKS, helpers=2)) == datetime(2026, 11, 22, 11, 30)
    assert begin_at(brief(tasks=TASKS, helpers=2, start="20:00")) == datetime(2026, 11, 22, 18, 15)
    assert begin_at(brief(tasks=TASKS, helpers=2, start="00:30", date="2026-12-12")) == datetime(2026, 12, 11, 22, 45)


def test_amounts_follow_from_guests_and_hours():
    assert ice_kilograms(brief(guests=50)) == (Decimal(35), Decimal(55))
    assert drink_servings(brief(guests=100, hours=4)) == (500, 600)


def test_cost_a_head_is_the_plans_total_else_the_budget():
    plan = read_plan(plan_for(brief_of(**DINNER)))
    assert cost_a_head(brief(budget=1000, guests=30)) == Decimal("33.33")
    assert cost_a_head(brief(**DINNER), plan) == Decimal("160.00")


def test_what_is_not_known_is_none():
    empty = brief()
    assert [ready_at(empty), begin_at(empty), ice_kilograms(empty), drink_servings(empty), cost_a_head(empty)] == [
        None
    ] * 5


@pytest.mark.parametrize("text", ["Ready at 13:00.", "at 1 pm", "By 1:00 p.m. all is done", "13h00"])
def test_the_right_time_passes_however_it_is_written(text):
    assert faults(text, "timing", tasks=TASKS) == []


@pytest.mark.parametrize("text", ["Ready at 13:15.", "I cannot tell.", "at 1 am"])
def test_a_wrong_or_missing_time_is_caught(text):
    assert faults(text, "timing", tasks=TASKS) == ["timing"]


def test_the_right_value_goes_back_with_the_error():
    violation = check_answer("Ready at 12:00", brief("timing", tasks=TASKS))[0]
    assert "ready at 13:00" in str(violation)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("You need 35 kg of ice.", []),
        ("About 55 kg of ice, chilling included", []),
        ("You need 12 kg of ice.", ["ice"]),
        ("Ice: plenty", ["ice"]),
        ("300 drinks will do", []),
        ("90 drinks will do", ["drinks"]),
        ("Ice cream for all", []),
    ],
)
def test_ice_and_drinks_must_lie_between_the_rules(text, wrong):
    assert faults(text, "quantities", guests=50, hours=5) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("$33.33 a head", []), ("33 euros", []), ("$35 each", ["cost a head"]), ("cheap", ["cost a head"])],
)
def test_cost_a_head_must_be_the_computed_one(text, wrong):
    assert faults(text, "cost", budget=1000, guests=30) == wrong


def test_only_what_was_asked_is_judged():
    assert faults("Ready at 13:15, $99 a head, 1 kg of ice", "plan", tasks=TASKS, guests=30, budget=1000) == []


@pytest.mark.parametrize("text", ["wine: 60 servings, 12 bottles", "alcoholic drinks: 90 servings"])
def test_the_servings_of_one_kind_are_not_taken_for_those_of_all(text):
    assert faults(text, "quantities", guests=50, hours=5) == []


def test_the_servings_of_all_kinds_are_held_to_the_rule():
    assert faults("drinks, all kinds: 300 servings", "quantities", guests=50, hours=5) == []
    assert faults("drinks, all kinds: 90 servings", "quantities", guests=50, hours=5) == ["drinks"]
