"""Answers that follow from the brief alone: when ready, when to begin, how much ice and drink, cost a head.

`check_answer` holds an answer in words against them. It judges only what was asked and can be computed; an answer
that says more than that is left to the host.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from alfred.brief import Brief
from alfred.plan import PartyPlan, Violation
from alfred.plan.money import asked_limit
from alfred.schedule import makespan

BUFFER = timedelta(minutes=15)
USUAL_HOURS = 4
# Kilograms a guest, without and with chilling bottles (pedersens).
ICE = (Decimal("0.7"), Decimal("1.1"))

CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?m\b|\b(\d{1,2})[:h](\d{2})\b", re.IGNORECASE)
KILOGRAMS = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:kg|kilo)", re.IGNORECASE)
# "300 drinks" and "drinks, all kinds: 300 servings", but not "wine: 60 servings".
SERVINGS = re.compile(
    r"(\d[\d,]*)\s+drinks\b|(?<!alcoholic )\bdrinks\b[^\n\d]{0,20}?(\d[\d,]*)\s+servings", re.IGNORECASE
)
MONEY = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?")


def work_minutes(brief: Brief) -> int | None:
    """Return how long the brief's tasks take with its helpers; None when it names none."""
    if not brief.tasks:
        return None
    return makespan([task.minutes for task in brief.tasks], brief.helpers or 1)


def ready_at(brief: Brief) -> datetime | None:
    """Return when all is ready if work begins now."""
    minutes = work_minutes(brief)
    return None if minutes is None else brief.now + timedelta(minutes=minutes)


def begin_at(brief: Brief) -> datetime | None:
    """Return when to begin so as to be ready 15 minutes before the start; today when the date is open."""
    minutes = work_minutes(brief)
    if minutes is None or brief.start is None:
        return None
    return datetime.combine(brief.date or brief.now.date(), brief.start) - BUFFER - timedelta(minutes=minutes)


def ice_kilograms(brief: Brief) -> tuple[Decimal, Decimal] | None:
    """Return the kilograms of ice: for drinks alone, and when it chills the bottles too."""
    return None if brief.guests is None else (ICE[0] * brief.guests, ICE[1] * brief.guests)


def drink_servings(brief: Brief) -> tuple[int, int] | None:
    """Return the least and most servings: two in the first hour, then one an hour; or one and a half an hour."""
    if brief.guests is None:
        return None
    hours = brief.hours or USUAL_HOURS
    both = brief.guests * (1 + max(ceil(hours), 1)), ceil(Decimal(str(hours)) * brief.guests * 3 / 2)
    return min(both), max(both)


def cost_a_head(brief: Brief, plan: PartyPlan | None = None) -> Decimal | None:
    """Return the plan's total, else the budget, divided by the guests, to the cent."""
    total = plan.budget.total if plan else None
    guests = plan.guests.total if plan and total is not None else brief.guests
    total = asked_limit(brief) if total is None else total
    return None if total is None or not guests else round(total / guests, 2)


def check_answer(text: str, brief: Brief, plan: PartyPlan | None = None) -> list[Violation]:
    """Return what is wrong with an answer in words to a question that code can answer."""
    checks = {"timing": _timing, "quantities": _amounts, "cost": _cost}
    return [fault for asked in brief.asked if asked in checks for fault in checks[asked](text, brief, plan)]


def _timing(text: str, brief: Brief, plan: PartyPlan | None) -> Iterator[Violation]:
    begin, ready = begin_at(brief), ready_at(brief)
    told = clock_times(text)
    right = [begin, begin + BUFFER] if begin else [ready]
    if ready and not any(f"{moment:%H:%M}" in told for moment in (*right, ready) if moment):
        asked = f"begin at {begin:%H:%M}" if begin else f"ready at {ready:%H:%M}"
        rule = f"{work_minutes(brief)} minutes of work with {brief.helpers or 1} helpers"
        yield Violation("timing", ", ".join(sorted(told)) or "no time", asked, f"It follows from {rule}: say it.")


def _amounts(text: str, brief: Brief, plan: PartyPlan | None) -> Iterator[Violation]:
    ice, drinks = ice_kilograms(brief), drink_servings(brief)
    if ice and re.search(r"\bice\b(?! cream)", text, re.IGNORECASE):
        told = [Decimal(number.replace(",", ".")) for number in KILOGRAMS.findall(text)]
        yield from _within("ice", told, ice, "kg")
    counted = [Decimal((first or second).replace(",", "")) for first, second in SERVINGS.findall(text)]
    if drinks and counted:
        yield from _within("drinks", counted, drinks, "servings")


def _within(rule: str, told: list[Decimal], bounds: tuple[Any, Any], unit: str) -> Iterator[Violation]:
    low, high = bounds
    if not any(low * Decimal("0.98") <= number <= high * Decimal("1.02") + 2 for number in told):
        found = ", ".join(f"{number} {unit}" for number in told) or f"no {unit}"
        yield Violation(rule, found, f"{low:g} to {high:g} {unit}", "Take it from party_quantities.")


def _cost(text: str, brief: Brief, plan: PartyPlan | None) -> Iterator[Violation]:
    right = cost_a_head(brief, plan)
    told = [_amount(number) for number in MONEY.findall(text)]
    if right is not None and not {right, Decimal(round(right))} & set(told):
        found = ", ".join(str(number) for number in told) or "no amount"
        asked = f"{right} {brief.currency or ''}".strip()
        yield Violation("cost a head", found, asked, "It is the total divided by the guests: say it.")


def _amount(number: str) -> Decimal:
    return Decimal(re.sub(r",(?=\d{3}\b)", "", number).replace(",", "."))


def clock_times(text: str) -> set[str]:
    """Return the times of day that a text names, as "18:55"."""
    found = set()
    for hour, minute, half, hour24, minute24 in CLOCK.findall(text):
        clock = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour24)
        found.add(f"{clock:02d}:{minute or minute24 or '00'}")
    return found
