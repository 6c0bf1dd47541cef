import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from pydantic import ValidationError

from alfred.brief import Brief, Diet, Task

NOW = datetime(2026, 11, 22, 10, 0)
KEYS = [
    "asked",
    "occasion",
    "theme",
    "guests",
    "children",
    "date",
    "start",
    "hours",
    "venue",
    "outdoors",
    "budget",
    "budget_per_guest",
    "currency",
    "dietary",
    "alcohol",
    "tasks",
    "helpers",
    "wishes",
    "now",
]
FULL = Brief(
    asked=("plan",),
    guests=20,
    children=14,
    date=date(2026, 11, 28),
    start=time(15),
    hours=2.5,
    venue="Café “Süd”",
    budget=Decimal("400.00"),
    budget_per_guest=Decimal("12.35"),
    currency="EUR",
    dietary=(Diet(need="vegan", guests=2), Diet(need="halal")),
    tasks=(Task(task="drinks", minutes=30),),
    wishes=("cheaper",),
    now=NOW,
)


def test_json_has_every_key_in_order_on_one_line():
    line = Brief(asked=("plan",), now=NOW).to_json()
    assert list(json.loads(line)) == KEYS
    assert len(line.splitlines()) == 1


def test_json_writes_numbers_plainly_and_letters_as_they_are():
    line = FULL.to_json()
    assert '"hours": 2.5' in line
    assert '"budget": 400, "budget_per_guest": 12.35' in line
    assert "Café “Süd”" in line
    assert '"start": "15:00"' in line


def test_a_brief_survives_json():
    assert Brief.from_json(FULL.to_json()) == FULL


def test_money_stays_exact():
    assert Brief.from_json(FULL.to_json()).budget_per_guest == Decimal("12.35")


def test_adults_are_the_guests_who_are_not_children():
    assert FULL.adults == 6
    assert Brief(asked=("plan",), guests=20, now=NOW).adults is None


def test_what_is_asked_stands_in_the_fixed_order_once():
    assert Brief(asked=("menu", "theme", "menu"), now=NOW).asked == ("theme", "menu")


def test_a_brief_cannot_be_changed():
    with pytest.raises(ValidationError):
        FULL.guests = 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"guests": -1},
        {"guests": 10**7},
        {"guests": "20"},
        {"guests": True},
        {"guests": 2, "children": 3},
        {"hours": 0},
        {"hours": 241},
        {"hours": float("nan")},
        {"budget": -1},
        {"budget": float("inf")},
        {"currency": "euros"},
        {"theme": "x" * 201},
        {"theme": ""},
        {"wishes": ["x"] * 41},
        {"asked": ["dance"]},
        {"asked": []},
        {"date": "soon"},
        {"start": "25:00"},
        {"dietary": [{"need": "vegan", "guests": -1}]},
        {"password": "x"},
    ],
    ids=json.dumps,
)
def test_json_from_anybody_is_checked(wrong):
    line = json.dumps({"asked": ["plan"], "now": "2026-11-22T10:00"} | wrong)
    with pytest.raises(ValidationError):
        Brief.from_json(line)


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 100_000, '"plan"'], ids=lambda text: text[:6] or "empty")
def test_text_that_is_no_brief_is_refused(text):
    with pytest.raises(ValidationError):
        Brief.from_json(text)


def test_line_breaks_and_control_characters_leave_the_texts():
    line = json.dumps({"asked": ["plan"], "now": "2026-11-22T10:00", "theme": "super\u2028hero\x00"})
    assert Brief.from_json(line).theme == "super hero"
