"""Every rule catches the fault that it is for, and a plan of the tool's own breaks none."""

from copy import deepcopy

import pytest

from alfred.plan import check_plan, read_plan
from tests.parties import DINNER, allergen_check, brief_of, party_plan, plan_for, results_for, typed

BRIEF = brief_of(**DINNER | {"outdoors": True})
PLAN = plan_for(BRIEF)
RESULTS = [str(result) for result in results_for(BRIEF).values()]


def broken(plan, brief=BRIEF, **evidence):
    return [violation.rule for violation in check_plan(read_plan(plan), typed(brief), **evidence)]


def planted(*path, value):
    """The plan with one fault: the value at the end of the path replaced, or changed by a function of it."""
    plan = deepcopy(PLAN)
    part = plan
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value(part[path[-1]]) if callable(value) else value
    return plan


def line(place, **change):
    return planted("budget", "lines", place, value=lambda old: old | change)


def test_the_tools_own_plan_breaks_no_rule():
    assert broken(PLAN, results=RESULTS, allergen_check=allergen_check) == []


def test_a_plan_for_an_empty_brief_breaks_only_the_want_of_a_menu():
    brief = brief_of()
    assert broken(party_plan(brief=brief), brief, results=[]) == ["menu"]


@pytest.mark.parametrize(
    ("plan", "rule"),
    [
        (planted("guests", value={"adults": 54, "children": 6, "total": 60}), "guests"),
        (planted("guests", value={"adults": 50, "children": 0, "total": 50}), "children"),
        (planted("guests", "adults", value=40), "guests"),
        (planted("date", value="2026-12-19"), "date"),
        (planted("start", value="20:00"), "start"),
        (planted("venue", value="Arkham Asylum"), "venue"),
        (planted("budget", "limit", value="9000.00"), "budget"),
        (planted("budget", "currency", value="EUR"), "currency"),
        (planted("budget", "total", value="8010.00"), "budget sum"),
        (planted("budget", "total", value="8010.00"), "budget limit"),
        (line(2, amount="970.00"), "budget sum"),
        (planted("budget", "lines", value=lambda old: old[:-1]), "contingency"),
        (line(-1, basis="estimate"), "contingency"),
        (line(-1, amount="700.00"), "contingency"),
        (line(1, basis="quoted"), "prices"),
        (line(0, amount="3000.00"), "prices"),
        (planted("menu", "dishes", value=[]), "menu"),
        (planted("menu", "dishes", value=lambda old: old[:1]), "diets"),
        (planted("dietary", value=[]), "diets"),
        (planted("menu", "dishes", 1, value=lambda old: old | {"suits": [], "allergens": []}), "labels"),
        (planted("space", "area_m2", value=30), "capacity"),
        (planted("quantities", value=[]), "quantities"),
        (planted("quantities", 0, "amount", value=2.5), "quantities"),
        (planted("staff", value=[]), "staff"),
        (planted("quantities", 9, "amount", value=300), "alcohol"),
        (planted("preparation", 2, value=lambda old: old | {"start": "17:45", "end": "18:30"}), "helpers"),
        (planted("preparation", 2, "helper", value=7), "helpers"),
        (planted("preparation", 2, "end", value="18:50"), "times"),
        (planted("preparation", 2, value=lambda old: old | {"start": "19:00", "end": "19:45"}), "deadlines"),
        (planted("countdown", 7, "date", value="2026-12-20"), "deadlines"),
        (planted("countdown", 7, value={"date": "2026-12-15", "offset_days": -3, "task": "Final count"}), "deadlines"),
        (planted("shopping", 0, "buy_by", value="2026-12-13"), "deadlines"),
        (planted("shopping", 0, "buy_by", value="2026-11-01"), "deadlines"),
        (planted("run_of_show", 1, "start", value="19:20"), "run of show"),
        (planted("run_of_show", value=lambda old: old[:-1]), "run of show"),
        (planted("run_of_show", 0, "start", value="18:00"), "run of show"),
        (planted("risks", value=[]), "weather"),
    ],
)
def test_a_planted_fault_is_caught(plan, rule):
    assert rule in broken(plan)


def test_a_meat_only_menu_for_vegetarians_is_caught():
    brief = brief_of(**DINNER | {"dietary": [{"need": "vegetarian", "guests": 9}]})
    steak = {"style": "buffet", "dishes": [{"course": "main", "name": "Steak", "allergens": [], "suits": ["nut-free"]}]}
    assert broken(plan_for(brief) | {"menu": steak}, brief) == ["diets"]


def test_a_label_that_the_name_belies_is_caught_by_allergen_check():
    plan = planted("menu", "dishes", 0, value=lambda old: old | {"suits": ["vegan", "nut-free"]})
    assert broken(plan) == []
    assert broken(plan, allergen_check=allergen_check) == ["labels"]


def test_an_invented_caterer_is_caught():
    plan = planted("catering", "name", value="Ace Chemicals Catering")
    assert broken(plan, results=RESULTS) == ["caterer"]


def test_an_invented_price_is_caught():
    plan = planted("catering", "price_per_guest", value="64.00")
    plan["budget"]["lines"][0]["amount"], plan["budget"]["lines"][1]["amount"] = "3200.00", "1200.00"
    assert broken(plan, results=RESULTS) == ["caterer's price"]


def test_an_invented_address_is_caught():
    music = [{"title": "Waltz", "artist": None, "source": "https://example.org/waltz"}]
    assert broken(planted("music", value=music), results=RESULTS) == ["sources"]
    assert broken(planted("music", value=music), results=[*RESULTS, "see https://example.org/waltz"]) == []


def test_a_caterer_of_the_last_plan_is_found_in_that_plan():
    assert broken(PLAN, results=[str(PLAN)]) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("date", "2026-12-12"),
        ("start", "21:00"),
        ("venue", "Town Hall"),
        ("guests", {"adults": 9, "children": 0, "total": 9}),
    ],
)
def test_a_fact_that_nobody_asked_for_must_be_listed_as_assumed(part, value):
    brief = brief_of(dietary=None)
    plan = plan_for(brief) | {part: value, "run_of_show": PLAN["run_of_show"]}
    assert part in broken(plan, brief)


def test_alcohol_that_is_not_wanted_is_caught():
    assert "alcohol" in broken(PLAN, BRIEF | {"alcohol": False})


def test_a_need_that_no_rule_judges_must_be_passed_on():
    brief = brief_of(**DINNER | {"dietary": [{"need": "low-fodmap", "guests": 1}]})
    plan = plan_for(brief)
    assert broken(plan, brief) == []
    assert broken(plan | {"assumptions": []}, brief) == ["diets"]


def test_more_guests_than_a_wish_lets_the_venue_hold_are_caught():
    assert broken(PLAN, BRIEF | {"wishes": ["legal capacity 45"]}) == ["capacity"]


def test_a_violation_reads_as_a_sentence_with_its_remedy():
    violation = check_plan(read_plan(planted("date", value="2026-12-19")), typed(BRIEF))[0]
    assert (
        str(violation) == "date: found 2026-12-19, but asked was 2026-12-12. Pass the brief on to party_plan unchanged."
    )
    assert violation.hard
