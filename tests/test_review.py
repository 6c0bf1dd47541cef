"""The review: a wrong answer of any model goes back with what to mend, at most twice, then the host is told."""

import pytest

from alfred.events import StepDone
from tests.stand_ins.scripted_model import ScriptedModel, code

REQUEST = "Plan a dinner for 30 at Hotel Luna on 12 December at 19:30, 2 vegetarians, 2500 euros"
TOOLS = (
    'menu = suggest_menu("dinner", guests=30, dietary=brief["dietary"])',
    'quantities = party_quantities(30, meal="dinner")',
)
RIGHT = code(*TOOLS, "final_answer(party_plan(brief=brief, menu=menu, quantities=quantities))")


def spoilt(*changes):
    """Return the code of a right plan that is spoilt before it is given."""
    return code(
        *TOOLS, "plan = party_plan(brief=brief, menu=menu, quantities=quantities)", *changes, "final_answer(plan)"
    )


WRONG = {
    "guests": spoilt("plan['guests'] = {'adults': 80, 'children': 0, 'total': 80}"),
    "sum": spoilt("plan['budget']['total'] = '2510.00'"),
    "vegetarian": spoilt(
        "plan['menu']['dishes'] = [d for d in plan['menu']['dishes'] if 'vegetarian' not in d['suits']]"
    ),
    "caterer": spoilt(
        "plan['catering'] = {'name': 'Chez Nobody', 'rating': 5.0, 'price_per_guest': '20.00', "
        "'currency': 'EUR', 'source': None}"
    ),
    "date": spoilt("plan['date'] = '2026-12-19'"),
    "venue": spoilt("plan['venue'] = 'Hotel Sol'"),
}


def steps_of(events):
    return [event.error for event in events if isinstance(event, StepDone)]


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_plan_goes_back_with_what_to_mend_and_is_mended(take_turn, fault):
    events = list(take_turn(REQUEST, model=ScriptedModel(WRONG[fault], RIGHT)))
    first, second = steps_of(events)
    assert "Check review failed" in first
    assert fault in first.casefold() or fault == "sum"
    assert second is None
    assert events[-1].turn.plan["guests"]["total"] == 30
    assert all(check["ok"] for check in events[-1].turn.plan["checks"])


def test_the_error_says_what_was_found_and_what_was_asked(take_turn):
    error = steps_of(list(take_turn(REQUEST, model=ScriptedModel(WRONG["guests"], RIGHT))))[0]
    assert "found 80" in error
    assert "asked was 30" in error


def test_a_plan_that_stays_wrong_is_given_after_two_repairs_and_says_so(take_turn):
    events = list(take_turn(REQUEST, model=ScriptedModel(WRONG["guests"])))
    assert [bool(error) for error in steps_of(events)] == [True, True, False]
    failed = [check["name"] for check in events[-1].turn.plan["checks"] if not check["ok"]]
    assert "guests" in failed
    assert "To mend: guests" in events[-1].turn.answer


def test_an_answer_in_words_to_a_plan_request_is_held_to_the_brief(take_turn):
    wrong = code("final_answer('A dinner for 80 guests at Hotel Luna on 12 December, budget 2500 euros.')")
    error = steps_of(list(take_turn(REQUEST, model=ScriptedModel(wrong, RIGHT))))[0]
    assert "guests: found 80" in error


@pytest.mark.parametrize(
    ("request_text", "wrong", "right"),
    [
        (
            "Drinks take 30 minutes, decorating 60, menu 45 and music 45. When will we be ready with two helpers?",
            "The party is ready at 13:02.",
            "11:30",
        ),
        ("What does a party for 40 with a budget of $2000 cost a head?", "It costs 40.00 a head.", "50"),
        ("How much ice do I need for 40 people?", "You need 400 kg of ice.", "28"),
    ],
)
def test_a_computed_answer_that_is_wrong_comes_back_with_the_right_value(take_turn, request_text, wrong, right):
    model = ScriptedModel(code(f"final_answer({wrong!r})"), code("final_answer('mended')"))
    assert right in steps_of(list(take_turn(request_text, model=model)))[0]


def test_what_stays_wrong_in_words_is_told_below_the_answer(take_turn):
    model = ScriptedModel(code("final_answer('You need 400 kg of ice.')"))
    *_, end = take_turn("How much ice do I need for 40 people?", model=model)
    assert "Please check the ice: found 400 kg" in end.turn.answer


def test_a_company_that_the_host_named_is_not_invented(take_turn):
    request = f"{REQUEST}. The caterer is Chez Nobody."
    mine = spoilt(
        "plan['catering'] = {'name': 'Chez Nobody', 'rating': None, 'price_per_guest': None, "
        "'currency': None, 'source': 'the host'}"
    )
    assert steps_of(list(take_turn(request, model=ScriptedModel(mine)))) == [None]


def test_plain_data_is_answered_in_lines(take_turn):
    model = ScriptedModel(code("final_answer(party_quantities(40, hours=4))"))
    *_, end = take_turn("How much ice do I need for 40 people for 4 hours?", model=model)
    assert "- ice: 28 kg" in end.turn.answer
    assert end.turn.plan is None


def test_a_dict_that_looks_like_a_plan_and_is_none_goes_back(take_turn):
    model = ScriptedModel(code("final_answer({'checks': [], 'budget': 1, 'guests': 30})"), RIGHT)
    assert "return what party_plan gave" in steps_of(list(take_turn(REQUEST, model=model)))[0]
