import pytest

from tools.party_quantities import PartyQuantitiesTool

quantities = PartyQuantitiesTool()
HOME = {"guests": 12, "hours": 4, "meal": "buffet", "alcohol": "beer and wine", "layout": "standing"}
HALL = {
    "guests": 50,
    "hours": 5,
    "children": 6,
    "meal": "buffet",
    "alcohol": "beer and wine for 40",
    "layout": "rounds with dance floor and bar",
}
BALL = {
    "guests": 150,
    "hours": 6,
    "children": 10,
    "meal": "plated",
    "alcohol": "full bar for 120",
    "layout": "dinner and dance",
}
# The worked examples: 12 at home, 50 in a hired hall, 150 at a dinner and dance.
EXAMPLES = {
    "food, all courses": (5.94, 23.265, 71.775),
    "main protein, cooked": (2.04, 7.99, 24.65),
    "main protein, raw": (2.914, 11.414, 35.214),
    "bites before dinner": (60, 235, 725),
    "drinks, all kinds": (60, 300, 1050),
    "alcoholic drinks": (60, 240, 840),
    "soft servings": (0, 60, 210),
    "beer": (42, 168, 168),
    "wine": (18, 72, 420),
    "wine bottles": (4, 15, 84),
    "spirits": (None, None, 252),
    "spirits bottles": (None, None, 16),
    "soft drinks": (6, 25, 75),
    "water": (9.6, 50, 180),
    "mixers": (None, None, 50),
    "ice": (8.4, 35, 105),
    "ice bags": (5, 18, 53),
    "seats": (13, 53, 158),
}


def amounts(**party):
    return {row["item"]: row["amount"] for row in quantities(**party)["items"]}


@pytest.mark.parametrize("item", EXAMPLES)
def test_the_worked_examples_come_out(item):
    assert tuple(amounts(**party).get(item) for party in (HOME, HALL, BALL)) == EXAMPLES[item]


@pytest.mark.parametrize(("party", "pieces"), [(HOME, 192), (HALL, 893), (BALL, 3190)])
def test_bites_as_the_meal_replace_its_parts(party, pieces):
    found = amounts(**(party | {"meal": "bites"}))
    assert found["bites"] == pieces
    assert "food, all courses" not in found


@pytest.mark.parametrize(("party", "kilos", "bags"), [(HOME, 13.2, 7), (HALL, 55, 28), (BALL, 165, 83)])
def test_chilling_bottles_takes_more_ice(party, kilos, bags):
    found = amounts(**party, chill_bottles=True)
    assert (found["ice"], found["ice bags"]) == (kilos, bags)


@pytest.mark.parametrize(("party", "area"), [(HOME, 12), (HALL, 83), (BALL, 337.5)])
def test_the_layout_decides_the_floor(party, area):
    assert quantities(**party)["space"]["area_m2"] == area


@pytest.mark.parametrize(
    ("party", "staff"),
    [
        (HOME, {"server": 1, "bartender": 1}),
        (HALL, {"server": 2, "bartender": 1}),
        (BALL, {"server": 15, "bartender": 3, "barback": 1, "floater": 1, "captain": 1}),
    ],
)
def test_the_front_line_rounds_up_and_support_rounds_down(party, staff):
    assert {row["role"]: row["count"] for row in quantities(**party)["staff"]} == staff


@pytest.mark.parametrize(("party", "flat"), [(HOME, 72), (HALL, 375), (BALL, 1350)])
def test_the_rule_for_drinks_tells_the_other_estimate_too(party, flat):
    rules = {row["item"]: row["rule"] for row in quantities(**party)["items"]}
    assert f"flat 1.5 an hour gives {flat}" in rules["drinks, all kinds"]


def test_every_amount_has_a_unit_and_a_rule():
    assert all(row["unit"] and row["rule"] for row in quantities(**BALL)["items"])


@pytest.mark.parametrize("alcohol", [False, "none", "no alcohol", "without"])
def test_no_alcohol_means_none_of_it(alcohol):
    found = amounts(guests=20, hours=4, alcohol=alcohol)
    assert found["alcoholic drinks"] == 0
    assert not {"beer", "wine", "spirits"} & found.keys()


def test_no_alcohol_is_taken_for_a_party_of_children_unless_it_is_asked_for():
    assert amounts(guests=20, hours=3, children=14)["alcoholic drinks"] == 0
    assert amounts(guests=20, hours=3, children=14, alcohol=True)["alcoholic drinks"] == 6 * 4


def test_no_guests_need_nothing():
    assert set(amounts(guests=0, hours=4).values()) == {0}


def test_fifty_guests_and_ten_percent_make_no_fifty_sixth():
    assert amounts(guests=100, hours=4)["seats"] == 105


@pytest.mark.parametrize(
    ("party", "word"),
    [
        ({}, "guests"),
        ({"guests": -1}, "guests"),
        ({"guests": "many"}, "guests"),
        ({"guests": True}, "guests"),
        ({"guests": 5, "children": 6}, "children"),
        ({"guests": 5, "hours": 0}, "hours"),
        ({"guests": 5, "hours": float("nan")}, "hours"),
        ({"guests": 5, "hours": float("inf")}, "hours"),
        ({"guests": 5, "hours": 25}, "hours"),
    ],
)
def test_a_wrong_number_is_answered_with_a_sentence_that_names_it(party, word):
    answer = quantities(**party)
    assert isinstance(answer, str)
    assert word in answer


@pytest.mark.parametrize("guests", ["12", 12.0, "12.0"])
def test_numbers_are_read_from_text_too(guests):
    assert amounts(guests=guests, hours="4") == amounts(guests=12, hours=4)


def test_what_was_not_said_is_listed_as_assumed():
    assert len(quantities(guests=10)["assumptions"]) == 3
    assert quantities(guests=10, hours=3, meal="plated", alcohol="none")["assumptions"] == []
