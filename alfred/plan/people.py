"""The rules on amounts, staff and floor: they fit the guests, within the ranges of the trade.

Ranges and ratios are those that the tool party_quantities names sources for.
"""

import re
from collections.abc import Iterator
from math import ceil

from alfred.brief import Brief
from alfred.plan.model import PartyPlan
from alfred.plan.violation import Violation

# Least and most of an item for one of what is counted; a hundredth is left for rounding.
RANGES: dict[str, tuple[str, float, float]] = {
    "food, all courses": ("eaters", 0.225, 0.782),
    "main protein, cooked": ("eaters", 0.115, 0.225),
    "bites before dinner": ("eaters", 3, 9),
    "ice": ("guests", 0.7, 1.1),
    "water": ("guest hours", 0.17, 0.25),
    "soft drinks": ("guests", 0.5, 2),
    "coffee": ("adults", 1, 3),
}
# Square metres that a guest needs at least.
LEAST_AREA = {"danc": 2.0, "classroom": 1.6, "round": 1.2, "theatre": 0.8, "standing": 0.8, "oblong": 0.75}
GUESTS_HOSTS_CAN_SERVE = 20
GUESTS_PER_SERVER = 30
ALCOHOL = {"alcoholic drinks", "beer", "wine", "wine bottles", "spirits", "spirits bottles"}
COUNT_AGAIN = "Call party_quantities with the brief's guests, children and hours, and pass its result on."


def hours_of(plan: PartyPlan, brief: Brief) -> float:
    """Return the length of the party in hours: as asked, else as planned, else four."""
    if brief.hours is not None:
        return brief.hours
    length = plan.closes - plan.opens if plan.closes and plan.opens else None
    return length.total_seconds() / 3600 if length else 4


def quantities(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """Food, drinks and ice lie within the trade's ranges for these guests and hours."""
    guests = plan.guests.total
    if guests is None:
        return
    if guests and not plan.quantities:
        yield _sense("quantities", "none", f"amounts for {guests} guests", COUNT_AGAIN)
    for item, (low, high) in _bounds(plan, brief).items():
        amount = plan.amount_of(item)
        if amount is not None and not low * 0.99 <= amount <= high * 1.01 + 1:
            yield _sense("quantities", f"{item} {amount:g}", f"{low:g} to {high:g}", COUNT_AGAIN)


def _bounds(plan: PartyPlan, brief: Brief) -> dict[str, tuple[float, float]]:
    guests, adults = plan.guests.total or 0, plan.guests.adults or 0
    hours = hours_of(plan, brief)
    counts = {"guests": guests, "adults": adults, "guest hours": guests * hours, "eaters": (guests + adults) / 2}
    bounds = {item: (low * counts[per], high * counts[per]) for item, (per, low, high) in RANGES.items()}
    servings = guests * (1 + max(ceil(hours), 1)), ceil(1.5 * hours * guests)
    return bounds | {"drinks, all kinds": (min(servings), max(servings))}


def staff(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """Enough people serve a party that its hosts cannot serve alone."""
    guests = plan.guests.total or 0
    servers = sum(row.count for row in plan.staff if row.role == "server")
    needed = ceil(guests / GUESTS_PER_SERVER)
    if guests > GUESTS_HOSTS_CAN_SERVE and plan.menu.dishes and plan.quantities and servers < needed:
        yield _sense("staff", f"{servers} servers", f"at least {needed} for {guests} guests", COUNT_AGAIN)


def alcohol(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """No alcohol is counted for children, and none at all where it is not wanted."""
    counted = {row.item: row.amount for row in plan.quantities if row.item in ALCOHOL and row.amount}
    drinks, guests = plan.amount_of("drinks, all kinds"), plan.guests.total
    if counted and brief.alcohol is False:
        yield _sense("alcohol", ", ".join(counted), "none", COUNT_AGAIN)
    if counted and guests and drinks is not None:
        most = (plan.guests.adults or 0) * drinks / guests
        if counted.get("alcoholic drinks", 0) > most:
            found = f"{counted['alcoholic drinks']:g} alcoholic drinks"
            yield _sense("alcohol", found, f"at most {most:g}, none for children", COUNT_AGAIN)


def capacity(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """The guests fit into the venue, as far as a wish names its capacity, and onto the floor that is planned."""
    guests, most = plan.guests.total or 0, _venue_holds(brief)
    if most is not None and guests > most:
        yield Violation(
            "capacity", f"{guests} guests", f"at most {most} at the venue", "Say so: fewer guests or another venue."
        )
    layout = plan.space.layout.casefold() if plan.space else ""
    least = max((factor for word, factor in LEAST_AREA.items() if word in layout), default=0.75) * guests
    if plan.space and plan.space.area_m2 < least * 0.99:
        found = f"{plan.space.area_m2:g} m² for {guests} guests, {layout}"
        yield Violation("capacity", found, f"at least {least:g} m²", COUNT_AGAIN)


def _venue_holds(brief: Brief) -> int | None:
    wishes = " ".join(brief.wishes or ()).casefold()
    named = re.search(r"\b(?:capacity|holds?|seats?|limit)\D{0,20}?(\d+)\b(?! ?m²)", wishes)
    return int(named.group(1)) if named else None


def _sense(rule: str, found: str, asked: str, fix: str) -> Violation:
    return Violation(rule, found, asked, fix, hard=False)
