"""The rules on food: a menu, labels on its dishes, and a main dish for every diet."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from alfred.brief import Brief
from alfred.plan.model import Dish, PartyPlan
from alfred.plan.violation import Violation

# Needs that the name of a dish can tell about; for others the plan must say to ask.
_DIETS = "vegetarian, vegan, pescatarian, halal, kosher, diabetic, no pork, no beef, no alcohol"
_FREE_OF = "gluten, dairy, nut, egg, shellfish, fish, soy, sesame, celery, mustard, lupin, sulphite"
JUDGED = frozenset(_DIETS.split(", ")) | {f"{food}-free" for food in _FREE_OF.split(", ")}
MENDED = "Call suggest_menu with dietary, or pass the menu through allergen_check."


def diets(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """There is a menu, and each diet asked for is in the plan and has a main dish that suits it."""
    if not plan.menu.dishes:
        yield Violation("menu", "no dishes", "a menu", "Call suggest_menu and pass its result to party_plan.")
        return
    if brief.dietary:
        yield from _unlabelled(plan)
    for diet in brief.dietary or ():
        yield from _served(plan, diet.need)


def _served(plan: PartyPlan, need: str) -> Iterator[Violation]:
    listed = ", ".join(diet.need for diet in plan.dietary) or "none"
    if need not in {diet.need for diet in plan.dietary}:
        yield Violation("diets", listed, need, "Pass the brief on to party_plan unchanged.")
    elif need in JUDGED:
        mains = main_dishes(plan)
        if not any(need in dish.suits for dish in mains):
            found = ", ".join(dish.name for dish in mains) or "no main dish"
            yield Violation("diets", found, f"a main dish that suits {need}", MENDED)
    elif need not in " ".join(plan.assumptions):
        yield Violation("diets", f"nothing on {need}", f"{need}, which no rule judges", "Say to ask guest and kitchen.")


def main_dishes(plan: PartyPlan) -> list[Dish]:
    """Return the dishes that make a meal: mains, or the bites of a menu that has none."""
    mains = [dish for dish in plan.menu.dishes if dish.course in {"main", "dish"}]
    return mains or [dish for dish in plan.menu.dishes if dish.course == "bite"]


def _unlabelled(plan: PartyPlan) -> Iterator[Violation]:
    names = [dish.name for dish in plan.menu.dishes if not dish.suits and not dish.allergens]
    if names:
        yield Violation("labels", f"none on {', '.join(names)}", "diets and allergens of each dish", MENDED)


def labels(plan: PartyPlan, allergen_check: Callable[..., Mapping[str, Any] | str]) -> Iterator[Violation]:
    """No dish claims to suit a diet that a word of its name speaks against."""
    dishes = [{"course": dish.course, "name": dish.name} for dish in plan.menu.dishes]
    claims = {dish.name: dish.suits for dish in plan.menu.dishes}
    claimed = sorted({need for suits in claims.values() for need in suits} & JUDGED)
    report = allergen_check(menu=dishes, dietary=claimed) if dishes else ""
    if isinstance(report, str):
        return
    for clash in report["conflicts"]:
        if clash["need"] in claims[clash["dish"]] and clash["dish"] not in report["unknown_dishes"]:
            found = f"{clash['dish']} labelled {clash['need']}, which holds {clash['because']}"
            yield Violation("labels", found, "true labels", MENDED)
