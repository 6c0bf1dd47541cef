"""Holds a plan against the brief: every rule, in order, the hard ones first.

It judges what a rule can judge: facts, sums, times, labels and where things come from. Whether the menu tastes
or the theme fits is left to the host.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from alfred.brief import Brief
from alfred.plan import facts, food, money, origin, people, times
from alfred.plan.model import PartyPlan
from alfred.plan.violation import Violation

Label = Callable[..., Mapping[str, Any] | str]

RULES: tuple[Callable[[PartyPlan, Brief], Iterable[Violation]], ...] = (
    facts.guests,
    facts.date_and_start,
    facts.venue,
    money.limit,
    money.sums,
    money.contingency,
    food.diets,
    people.capacity,
    origin.quotes,
    people.quantities,
    people.staff,
    people.alcohol,
    times.helpers,
    times.deadlines,
    times.run_of_show,
    times.rain,
)


def check_plan(
    plan: PartyPlan,
    brief: Brief,
    *,
    results: Iterable[str] | None = None,
    allergen_check: Label | None = None,
) -> list[Violation]:
    """Return every rule that the plan breaks.

    Args:
        plan: the plan to judge.
        brief: what was asked for; None in it asks for nothing.
        results: texts that tools returned in this turn, and the last plan's JSON in a follow-up. With them, a
            company, a price or an address that occurs in none is a violation; None skips that rule.
        allergen_check: the tool of that name. With it, the labels of the dishes are read again.
    """
    broken = list(chain.from_iterable(rule(plan, brief) for rule in RULES))
    if results is not None:
        broken += origin.found(plan, tuple(results))
    if allergen_check is not None:
        broken += food.labels(plan, allergen_check)
    return broken
