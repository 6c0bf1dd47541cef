"""A real plan, as the tool party_plan returns it, and the English texts."""

import copy
from collections.abc import Callable

import pytest
from smolagents import Tool

from alfred.agent import ROOT
from alfred.brief import read_brief
from alfred.ui.texts import Words, words_for
from tests.conftest import NOW

REQUEST = (
    "Plan a superhero-themed dinner at Wayne Mansion for 50 guests on 12 December at 7 pm, 6 of them vegetarian, $6000"
)


@pytest.fixture(scope="session")
def make_plan() -> Callable[[str], dict]:
    """Plan a party by the real tools."""
    tools = {
        name: Tool.from_code((ROOT / "tools" / f"{name}.py").read_text(encoding="utf-8"))
        for name in ("party_plan", "suggest_menu", "party_quantities")
    }

    def make(request: str) -> dict:
        brief = read_brief(request, NOW)
        quantities = tools["party_quantities"](brief.guests, brief.hours, brief.children)
        menu = tools["suggest_menu"]("dinner", brief.guests, [diet.need for diet in brief.dietary or ()])
        return tools["party_plan"](brief.model_dump(mode="json"), menu=menu, quantities=quantities)

    return make


@pytest.fixture(scope="session")
def whole_plan(make_plan) -> dict:
    return make_plan(REQUEST)


@pytest.fixture
def plan(whole_plan) -> dict:
    """A plan that a test may change."""
    return copy.deepcopy(whole_plan)


@pytest.fixture
def words() -> Words:
    return words_for("en")
