"""The plan as the tool returns it; the rules that it must keep are tried in tests/plan."""

import pytest

from tests.parties import (
    DINNER,
    allergen_check,
    brief_of,
    catering,
    party_plan,
    plan_for,
    quantities_for,
    results_for,
    suggest_menu,
)

SECTIONS = [
    *("title", "occasion", "guests", "date", "start", "end", "venue", "theme", "dietary", "menu", "catering", "music"),
    *("quantities", "staff", "space", "budget", "countdown", "preparation", "run_of_show", "shopping", "risks"),
    *("assumptions", "sources", "checks"),
]


def lines(**facts):
    return [line["amount"] for line in party_plan(brief=brief_of(**facts))["budget"]["lines"]]


def days_before(**facts):
    return [row["offset_days"] for row in party_plan(brief=brief_of(**facts))["countdown"]]


def tasks(*minutes):
    return [{"task": f"task {place}", "minutes": taken} for place, taken in enumerate(minutes)]


def failing(plan):
    return [check["name"] for check in plan["checks"] if not check["ok"]]


def test_the_plan_has_its_sections_in_order_and_passes_its_checks():
    plan = plan_for(brief_of(**DINNER))
    assert list(plan) == SECTIONS
    assert failing(plan) == []


@pytest.mark.parametrize(
    ("budget", "venue", "amounts"),
    [
        ("400.00", "at home", "220.00 48.00 52.00 40.00 40.00"),
        ("3000.00", "Town Hall", "750.00 1140.00 240.00 300.00 180.00 90.00 300.00"),
        ("15000.00", "Grand Ballroom", "3750.00 5700.00 1200.00 1500.00 900.00 450.00 1500.00"),
        ("333.33", "our house", "183.33 40.00 43.33 33.33 33.34"),
        ("1000.01", "Town Hall", "250.00 380.00 80.00 100.00 60.00 30.00 100.01"),
        ("0.00", "at home", "0.00 0.00 0.00 0.00 0.00"),
    ],
)
def test_the_budget_is_split_to_the_cent(budget, venue, amounts):
    assert lines(budget=budget, venue=venue) == amounts.split()


def test_a_currency_without_cents_is_split_into_whole_amounts():
    assert all(amount.endswith(".00") for amount in lines(budget=100001, currency="JPY"))


def test_a_budget_for_each_guest_is_a_limit_for_all():
    assert party_plan(brief=brief_of(guests=30, budget_per_guest="45.50"))["budget"]["limit"] == "1365.00"


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2027-05-15T10:00", [21, 18, 15, 13, 10, 7, 5, 2, 1, 0, -1]),
        ("2027-05-26T10:00", [10, 8, 7, 6, 5, 3, 2, 1, 1, 0, -1]),
        ("2027-06-04T10:00", [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, -1]),
        ("2027-06-05T10:00", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1]),
        ("2026-12-05T10:00", [56, 49, 42, 35, 28, 21, 14, 7, 1, 0, -1]),
    ],
)
def test_the_countdown_shrinks_to_the_time_that_is_left(now, days):
    assert days_before(date="2027-06-05", now=now) == days


def test_the_countdown_has_real_dates():
    plan = party_plan(brief=brief_of(date="2027-06-05", now="2027-05-15T10:00"))
    dates = "05-15 05-18 05-21 05-23 05-26 05-29 05-31 06-03 06-04 06-05 06-06"
    assert [row["date"] for row in plan["countdown"]] == [f"2027-{day}" for day in dates.split()]


@pytest.mark.parametrize(
    ("helpers", "end"), [(None, "19:00"), (1, "19:00"), (2, "17:30"), (3, "17:15"), (4, "17:00"), (9, "17:00")]
)
def test_tasks_go_forward_from_now_when_no_start_is_known(helpers, end):
    plan = party_plan(brief=brief_of(tasks=tasks(30, 60, 45, 45), helpers=helpers, now="2026-11-22T16:00"))
    assert max(row["end"] for row in plan["preparation"]) == end
    assert min(row["start"] for row in plan["preparation"]) == "16:00"


@pytest.mark.parametrize(
    ("start", "day", "begin"), [("20:00", "2026-12-12", "18:15"), ("00:30", "2026-12-11", "22:45")]
)
def test_tasks_end_a_quarter_of_an_hour_before_the_start(start, day, begin):
    facts = {"date": "2026-12-12", "start": start, "tasks": tasks(30, 60, 45, 45), "helpers": 2}
    first = party_plan(brief=brief_of(**facts))["preparation"][0]
    assert (first["date"], first["start"]) == (day, begin)


def test_too_little_time_is_said_with_the_minutes():
    facts = {
        "date": "2026-11-22",
        "start": "19:45",
        "tasks": tasks(30, 60, 45, 45),
        "helpers": 2,
        "now": "2026-11-22T18:40",
    }
    plan = party_plan(brief=brief_of(**facts))
    assert {"name": "preparation", "ok": False, "detail": "ready at 20:10, 25 minutes late: find more helpers"} in plan[
        "checks"
    ]


def test_a_task_waits_for_the_one_it_needs():
    waiting = [*tasks(30, 60, 45), {"task": "last", "minutes": 45, "after": "task 1"}]
    plan = party_plan(brief=brief_of(helpers=2, now="2026-11-22T16:00") | {"tasks": waiting})
    assert max(row["end"] for row in plan["preparation"]) == "17:45"


def test_tasks_that_wait_for_each_other_are_done_all_the_same():
    ring = [{"task": "a", "minutes": 5, "after": "b"}, {"task": "b", "minutes": 5, "after": "a"}]
    assert len(party_plan(brief=brief_of() | {"tasks": ring})["preparation"]) == 2


def test_what_nobody_said_is_null_and_listed_as_assumed():
    plan = party_plan(brief=brief_of())
    assert [plan[key] for key in ("date", "start", "end", "venue", "theme")] == [None] * 5
    assert plan["guests"] == {"adults": None, "children": None, "total": None}
    assert plan["budget"] == {"currency": None, "limit": None, "total": None, "lines": []}
    assert len([note for note in plan["assumptions"] if "not known" in note]) >= 5


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"guests": -3}, "guests -3"),
        ({"guests": "many"}, "guests 'many'"),
        ({"guests": 5, "children": 6}, "6 children"),
        ({"hours": 0}, "0 hours"),
        ({"hours": 30}, "30 hours"),
        ({"start": "19:00", "end": "17:00"}, "The end 17:00"),
        ({"start": "7pm"}, "start '7pm'"),
        ({"date": "2026-11-01"}, "2026-11-01"),
        ({"date": "2026-11-22", "start": "09:00"}, "2026-11-22 09:00 has passed"),
        ({"date": "12 December"}, "date '12 December'"),
        ({"currency": "XYZ"}, "currency 'XYZ'"),
        ({"budget": -1}, "budget -1"),
        ({"budget": "NaN"}, "budget 'NaN'"),
        ({"tasks": [{"task": "dance", "minutes": -1}]}, "dance"),
    ],
)
def test_wrong_input_is_answered_with_the_sentence_that_corrects_it(wrong, words):
    answer = party_plan(brief={"occasion": "dinner", "now": "2026-11-22T10:00"} | wrong)
    assert isinstance(answer, str)
    assert words in answer


@pytest.mark.parametrize("brief", [None, "", "a party", [], 5, {}])
def test_a_brief_that_is_none_is_told_so(brief):
    assert party_plan(brief=brief).startswith("The brief is empty")


@pytest.mark.parametrize("name", ["theme", "menu", "caterer", "quantities", "music", "plan"])
@pytest.mark.parametrize("odd", [5, "", "nothing of use", [], [1, None], {"a": 1}, {"dishes": 5, "items": 5}, True])
def test_an_odd_result_never_breaks_the_tool(name, odd):
    assert party_plan(brief=brief_of(guests=10), **{name: odd})


def test_a_brief_may_be_json_text_with_diets_in_words():
    plan = party_plan(brief='{"guests": 5, "dietary": "2 vegan, 1 peanut allergy", "now": "2026-11-22T10:00"}')
    assert plan["dietary"] == [{"need": "vegan", "guests": 2}, {"need": "nut-free", "guests": 1}]


def test_the_caterers_price_is_quoted_and_comes_off_food_and_drink():
    plan = plan_for(brief_of(**DINNER))
    quoted, beside = plan["budget"]["lines"][:2]
    assert quoted == {"item": "Catering: Gotham Catering Co.", "amount": "3250.00", "basis": "quoted"}
    assert beside["item"] == "Food and drink beside the caterer"
    assert plan["budget"]["total"] == "8000.00"


def test_a_caterer_whom_the_budget_cannot_pay_is_left_out_and_named():
    plan = plan_for(brief_of(**DINNER | {"budget": 3000}))
    assert plan["catering"] is None
    assert any("Gotham Catering Co. at 65.00 USD a guest is left out" in note for note in plan["assumptions"])


def test_a_price_above_the_budget_number_for_number_is_left_out_in_any_currency():
    assert plan_for(brief_of(**DINNER | {"currency": "GBP", "budget": 400}))["catering"] is None


@pytest.mark.parametrize(
    ("venue", "title"),
    [
        ("Wayne Mansion", "at Wayne Mansion"),
        ("garden", "at the garden"),
        ("at home", "at home"),
        ("our house", "at our house"),
    ],
)
def test_the_title_reads_well(venue, title):
    assert party_plan(brief=brief_of(venue=venue))["title"] == f"Party {title}"


def test_no_guests_is_a_number_of_guests():
    assert "The number of guests" not in " ".join(party_plan(brief=brief_of(guests=0))["assumptions"])


def test_a_price_in_another_currency_is_not_converted():
    plan = plan_for(brief_of(**DINNER | {"currency": "EUR"}))
    assert {line["basis"] for line in plan["budget"]["lines"]} == {"estimate", "contingency"}
    assert any("not converted" in note for note in plan["assumptions"])


def test_without_a_budget_the_caterers_price_gets_a_contingency_of_a_tenth():
    budget = plan_for(brief_of(**DINNER | {"budget": None, "currency": None}))["budget"]
    assert [line["amount"] for line in budget["lines"]] == ["3250.00", "361.12"]
    assert (budget["currency"], budget["limit"], budget["total"]) == ("USD", None, "3611.12")


def test_no_company_is_read_from_an_answer_that_names_none():
    plan = party_plan(brief=brief_of(guests=5000), caterer=catering("dinner", guests=5000))
    assert plan["catering"] is None


@pytest.mark.parametrize("guests", [51, 49])
def test_quantities_for_other_guests_are_refused_with_the_call_that_mends_it(guests):
    plan = plan_for(brief_of(**DINNER), quantities=quantities_for(brief_of(**DINNER | {"guests": guests})))
    assert plan["quantities"] == []
    assert failing(plan) == ["quantities"]
    assert "party_quantities(guests=50, hours=5, children=6)" in plan["checks"][0]["detail"]


def test_without_a_menu_the_diets_check_fails():
    assert "diets" in failing(plan_for(brief_of(**DINNER), menu=None))


def test_a_menu_without_a_main_for_a_diet_fails_its_check():
    plan = plan_for(brief_of(**DINNER), menu="main: Beef Wellington [suits nut-free; may contain gluten]")
    assert failing(plan) == ["diets"]


def test_the_substitutes_of_allergen_check_join_where_a_diet_has_no_main():
    report = allergen_check("Main: Beef Wellington", "vegan")
    plan = plan_for(brief_of(**DINNER), menu=report)
    assert [dish["name"] for dish in plan["menu"]["dishes"]] == [
        "Beef Wellington",
        "Stuffed Pepper with Rice and Black Beans",
    ]
    assert failing(plan) == []


def test_music_comes_from_rows_from_a_search_or_from_the_theme():
    brief = brief_of(**DINNER)
    found = "[Swing night](https://example.org/swing)\nbands\n\n1. Waltzes\n   https://example.org/w\n   strings"
    assert [row["title"] for row in plan_for(brief, music=found)["music"]] == ["Swing night", "Waltzes"]
    rows = [{"title": "Batman Theme", "artist": "Danny Elfman", "url": "https://example.org/b"}]
    assert plan_for(brief, music=rows)["music"] == [
        {"title": "Batman Theme", "artist": "Danny Elfman", "source": "https://example.org/b"}
    ]
    assert plan_for(brief)["music"][0]["source"] == "superhero_party_theme"


def test_a_party_outdoors_has_a_plan_for_rain():
    plan = plan_for(brief_of(**DINNER | {"outdoors": True}))
    assert "Rain" in plan["risks"][0]
    assert any("rain plan" in row["task"] for row in plan["countdown"])


def test_more_guests_than_the_venue_holds_fails_its_check():
    assert "capacity" in failing(plan_for(brief_of(**DINNER | {"wishes": ["the room holds 40 people"]})))


def test_a_caterer_brings_the_fresh_food_and_the_host_buys_the_rest():
    brief = brief_of(**DINNER)
    bought = {row["item"] for row in plan_for(brief)["shopping"]}
    assert "salad" not in bought
    assert "ice bags" in bought
    assert "salad" in {row["item"] for row in plan_for(brief, caterer=None)["shopping"]}


@pytest.mark.parametrize(
    ("change", "follows"),
    [
        ({"theme": "classic heroes"}, {"title", "theme", "music", "run_of_show", "sources"}),
        ({"venue": "Town Hall"}, {"title", "venue", "budget", "countdown", "assumptions"}),
        ({"start": "18:00"}, {"start", "end", "preparation", "run_of_show", "checks", "risks"}),
        ({"budget": 9000}, {"budget", "checks"}),
        ({"date": "2026-12-13"}, {"date", "countdown", "preparation", "shopping"}),
        ({"helpers": 4}, {"preparation", "checks"}),
        ({"outdoors": True}, {"countdown", "risks"}),
    ],
)
def test_a_follow_up_changes_only_what_depends_on_what_it_names(change, follows):
    first = plan_for(brief_of(**DINNER))
    brief = brief_of(**DINNER | change)
    given = {"theme": results_for(brief)["theme"]} if "theme" in change else {}
    after = party_plan(brief=brief, plan=first, **given)
    assert {key for key in first if after[key] != first[key]} <= follows


def test_the_same_brief_again_leaves_the_whole_plan_as_it_was():
    first = plan_for(brief_of(**DINNER))
    later = brief_of(**DINNER | {"now": "2026-11-22T10:20"})
    assert party_plan(brief=later, plan=first) == first


def test_more_guests_keep_menu_theme_and_caterer_and_take_new_quantities():
    first = plan_for(brief_of(**DINNER))
    brief = brief_of(**DINNER | {"guests": 80})
    after = party_plan(brief=brief, plan=first, quantities=quantities_for(brief))
    assert failing(after) == []
    assert [after[key] for key in ("menu", "theme", "catering", "music")] == [
        first[key] for key in ("menu", "theme", "catering", "music")
    ]


@pytest.mark.parametrize("change", [{"guests": 80}, {"hours": 6}])
def test_stale_quantities_are_not_kept(change):
    first = plan_for(brief_of(**DINNER))
    assert failing(party_plan(brief=brief_of(**DINNER | change), plan=first)) == ["quantities"]


def test_a_new_diet_asks_for_a_menu_that_serves_it():
    first = plan_for(brief_of(**DINNER | {"dietary": None}))
    brief = brief_of(**DINNER | {"dietary": [{"need": "vegan", "guests": 4}]})
    assert failing(party_plan(brief=brief, plan=first)) == ["diets"]
    menu = suggest_menu("dinner", guests=50, dietary=brief["dietary"])
    assert failing(party_plan(brief=brief, plan=first, menu=menu)) == []
