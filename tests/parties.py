"""Parties for tests: briefs, and their plans as the real tools make them."""

from alfred.brief import Brief
from tools.allergen_check import AllergenCheckTool
from tools.catering_service_tool import CateringServiceTool
from tools.party_plan import PartyPlanTool
from tools.party_quantities import PartyQuantitiesTool
from tools.suggest_menu import SuggestMenuTool
from tools.superhero_party_theme import SuperheroPartyThemeTool

allergen_check = AllergenCheckTool()
catering = CateringServiceTool()
party_plan = PartyPlanTool()
party_quantities = PartyQuantitiesTool()
suggest_menu = SuggestMenuTool()
theme = SuperheroPartyThemeTool()

NOW = "2026-11-22T10:00"
DINNER = {
    "occasion": "dinner",
    "theme": "villain masquerade",
    "guests": 50,
    "children": 6,
    "date": "2026-12-12",
    "start": "19:00",
    "hours": 5,
    "venue": "Wayne Mansion",
    "outdoors": False,
    "budget": 8000,
    "currency": "USD",
    "dietary": [{"need": "vegan", "guests": 2}, {"need": "nut-free", "guests": None}],
    "helpers": 2,
}


def brief_of(**facts) -> dict:
    """A brief as JSON data with every key."""
    data = {"asked": ["plan"], "now": NOW} | facts
    return Brief.model_validate(data).model_dump(mode="json")


def typed(brief: dict) -> Brief:
    return Brief.model_validate(brief)


def quantities_for(brief: dict) -> dict | str:
    return party_quantities(
        guests=brief["guests"], hours=brief["hours"], children=brief["children"], alcohol=brief["alcohol"]
    )


def results_for(brief: dict) -> dict:
    """What the other tools return for a brief."""
    return {
        "theme": theme(brief["theme"]) if brief["theme"] else None,
        "menu": suggest_menu(brief["occasion"] or "", guests=brief["guests"], dietary=brief["dietary"]),
        "caterer": catering(brief["occasion"] or "", guests=brief["guests"], dietary=brief["dietary"]),
        "quantities": quantities_for(brief),
    }


def plan_for(brief: dict, **results) -> dict:
    return party_plan(brief=brief, **(results_for(brief) | results))
