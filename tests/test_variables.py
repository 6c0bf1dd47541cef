"""Variables: kept as plain data within bounds, and read back as what anybody may have changed."""

from datetime import date
from decimal import Decimal

import pytest

from alfred.variables import MAX_CHARACTERS, keep, recall

VALUES = {"guests": ["Bruce", "Dick"], "when": date(2026, 12, 12), "price": Decimal("12.50"), "diets": {"vegan": 3}}


def test_what_is_kept_reads_back_equal():
    assert recall(keep(VALUES)) == VALUES


def test_the_smallest_are_kept_when_not_all_fit():
    assert keep({"big": "x" * MAX_CHARACTERS, "small": 1, "middle": "y" * 100}).keys() == {"small", "middle"}


def test_what_is_no_plain_data_is_not_kept():
    assert keep({"thing": object(), "number": 1}) == {"number": 1}


@pytest.mark.parametrize("name", ["brief", "plan", "_last", "__builtins__", "no name", "x" * 61, ""])
def test_some_names_are_neither_kept_nor_recalled(name):
    assert keep({name: 1}) == recall({name: 1}) == {}


def test_a_variable_does_not_take_the_place_of_a_tool():
    assert recall({"party_plan": 1, "menu": 2}, tools=["party_plan"]) == {"menu": 2}


@pytest.mark.parametrize(
    "forged",
    [
        {"$": "object", "v": "os.system"},
        {"$": ["list"], "v": []},
        {"$": "set", "v": [[]]},
        {"$": "fraction", "v": [1, 0]},
    ],
)
def test_a_forged_variable_is_left_out_and_the_others_stay(forged):
    assert recall({"forged": forged, "menu": 2}) == {"menu": 2}


def test_more_than_a_conversation_holds_is_not_recalled():
    assert recall({"big": "x" * 3 * MAX_CHARACTERS}) == {}
