"""The whole plan as the embedded planner writes it: the tools that it needs, then `party_plan`.

A follow-up calls again only the tools whose results its change touches; `party_plan` keeps the rest of the last plan.
"""

from decimal import Decimal

from alfred.brief import Brief
from alfred.planner.facts import caterer_query, diet_data, occasion_words
from alfred.planner.music import own_list
from alfred.planner.script import Call, Expression, Script
from alfred.planner.situation import Situation
from alfred.planner.themes import theme_category

# What of a changed brief makes a tool's result stale.
_TOUCHES = {
    "theme": {"theme"},
    "menu": {"occasion", "theme", "dietary"},
    "caterer": {"occasion", "guests", "children", "dietary", "budget", "budget_per_guest", "currency", "wishes"},
    "quantities": {"guests", "children", "hours", "occasion", "alcohol"},
    "music": {"occasion", "theme"},
}
# The share of food and drink in a budget at home, which a caterer's price has to fit: party_plan's own.
_FOOD_SHARE = Decimal("0.55")
_TRACKS = 8

_BELOW_THE_LAST = Expression('float(plan["catering"]["price_per_guest"]) - 1 if plan["catering"] else None')
_ELSE_THE_LAST = 'caterer = None if caterer.startswith("No service") else caterer'


def plan_script(situation: Situation) -> Script:
    """Return the script that calls the tools a plan needs and assembles it."""
    wanted = [name for name, touched in _TOUCHES.items() if situation.changed is None or situation.changed & touched]
    calls = [call for name in wanted for call in _CALLS[name](situation)]
    names = ["music"] * ("music" in wanted) + [call.variable for call in calls]
    last_plan = ["plan=plan"] if situation.changed is not None else []
    given = ", ".join(["brief=brief", *(f"{name}={name}" for name in names), *last_plan])
    return Script(
        _THOUGHTS[situation.changed is None],
        f"party_plan({given})",
        calls=tuple(calls),
        body="\n".join(filter(None, _body(situation, wanted))),
    )


def _body(situation: Situation, wanted: list[str]) -> list[str]:
    return [
        _brief_code(situation),
        _music_code(situation) if "music" in wanted else "",
        _ELSE_THE_LAST if _cheaper(situation) else "",
    ]


_THOUGHTS = {
    True: "A whole plan is asked: I gather what my tools know and let party_plan compute and check the rest.",
    False: "The plan changes: I look up again what the change touches and keep the rest of the last plan.",
}


def _brief_code(situation: Situation) -> str:
    """Where nobody gave a variable `brief`, the code brings its own."""
    return "" if situation.task.brief else f"brief = {situation.brief.model_dump(mode='json')!r}"


def _music_code(situation: Situation) -> str:
    tracks = own_list(situation.brief.theme, situation.brief.occasion)[:_TRACKS]
    rows = [{"title": title, "artist": artist, "source": None} for title, artist in tracks]
    return f"music = {rows!r}"


def _theme(situation: Situation) -> list[Call]:
    category = theme_category(situation.brief.theme)
    return [Call("theme", "superhero_party_theme", (category,), None)] if category else []


def _menu(situation: Situation) -> list[Call]:
    brief = situation.brief
    options = {"guests": brief.guests, "dietary": diet_data(brief)}
    return [Call("menu", "suggest_menu", (occasion_words(brief),), None, options)]


def _caterer(situation: Situation) -> list[Call]:
    brief = situation.brief
    ceiling = _BELOW_THE_LAST if _cheaper(situation) else _ceiling(brief)
    options = {"guests": brief.guests, "budget_per_guest": ceiling, "dietary": diet_data(brief)}
    return [Call("caterer", "catering_service_tool", (caterer_query(brief),), None, options)]


def _cheaper(situation: Situation) -> bool:
    return "wishes" in (situation.changed or ()) and "cheaper" in (situation.brief.wishes or ())


def _ceiling(brief: Brief) -> float | None:
    """Return the most that a caterer may cost a guest."""
    if brief.budget_per_guest is not None:
        return float(brief.budget_per_guest)
    if brief.budget is not None and brief.guests:
        return float(round(brief.budget * _FOOD_SHARE / brief.guests, 2))
    return None


def _quantities(situation: Situation) -> list[Call]:
    brief = situation.brief
    if not brief.guests:
        return []
    options = {"hours": brief.hours, "children": brief.children, "meal": brief.occasion, "alcohol": brief.alcohol}
    return [Call("quantities", "party_quantities", (brief.guests,), None, options)]


_CALLS = {"theme": _theme, "menu": _menu, "caterer": _caterer, "quantities": _quantities, "music": lambda situation: []}
