"""Whole plans of the embedded planner, through the real loop and the jail: every rule kept, whatever the party."""

import pytest

from alfred.events import StepDone
from alfred.plan import check_plan, read_plan

PARTIES = [
    ["Plan a superhero-themed dinner party at Wayne Mansion for 50 guests"],
    ["Birthday for my daughter (8), 14 kids and 6 parents, Saturday 3pm, garden, one child has a nut allergy, $400"],
    ["Plan a wedding reception for 120 guests on 12 June 2027 at Hotel Luna, 15000 euros, 8 vegetarians, 3 coeliacs"],
    ["Anniversary dinner for 8 at home on 2 December at 19:30, 2 vegans, £300"],
    ["Plan a gala for 200 people at the museum on 22 May 2027 at 7pm, $30,000"],
    ["Garden party for 25 on Saturday at 4pm, no alcohol"],
    ["Plan a kosher dinner for 40 next Sunday at 18:00 for 2500 dollars"],
    ["Plan a halal and gluten-free dinner for 30 on 2 December at 20:00 with 2 helpers"],
    ["Plan a lunch for 12 on 20/12/2026 at 12:30, 90 euros"],
    ["Christmas party for 60 at the office on 18 December at 17:00, 40 euros a head, 5 vegans"],
    ["Plan a cocktail reception for 80 standing guests on 5 March 2027 at 6pm, £4,000"],
    ["Kids party for 15 at the park tomorrow at 3 pm, two vegetarians, $200"],
    ["Plan a dinner for 50 guests at Wayne Mansion, $4000", "make it 80 guests and vegetarian"],
    ["Plan a superhero party for 30 at home on 12 December at 7pm, 900 euros", "no, the villain theme", "cheaper"],
    ["Plan a dinner for 20 on 12 December at 19:00", "move it to Saturday 7 pm", "the budget is $1500"],
]


def planned(take_turn, requests):
    """Return the last turn and how many of its steps failed."""
    conversation = None
    for request in requests:
        events = list(take_turn(request, conversation))
        conversation = events[-1].conversation
    return events[-1].turn, [event.error for event in events if isinstance(event, StepDone) and event.error]


@pytest.mark.parametrize("requests", PARTIES, ids=lambda requests: requests[-1][:50])
def test_a_plan_passes_every_check_in_one_step(take_turn, requests):
    turn, failed = planned(take_turn, requests)
    assert failed == []
    assert [check for check in turn.plan["checks"] if not check["ok"]] == []
    assert check_plan(read_plan(turn.plan), turn.brief) == []


def test_a_follow_up_changes_only_what_it_names(take_turn):
    requests = ["Plan a dinner for 20 at Wayne Mansion on 12 December at 19:00, $1500"]
    before, _ = planned(take_turn, requests)
    after, _ = planned(take_turn, [*requests, "start at 8 pm"])
    same = {"title", "guests", "date", "venue", "menu", "catering", "music", "quantities", "budget", "shopping"}
    assert {name for name in same if before.plan[name] != after.plan[name]} == set()
    assert (before.plan["start"], after.plan["start"]) == ("19:00", "20:00")
    assert after.plan["run_of_show"] != before.plan["run_of_show"]


def test_what_was_asked_is_in_the_plan(take_turn):
    turn, _ = planned(take_turn, PARTIES[1])
    plan = read_plan(turn.plan)
    assert (plan.guests.total, plan.guests.children, plan.budget.limit) == (20, 14, 400)
    assert any(line.basis == "contingency" for line in plan.budget.lines)
    assert any("rain" in risk.casefold() for risk in plan.risks)
    assert any(dish.course == "main" and "nut-free" in dish.suits for dish in plan.menu.dishes)
