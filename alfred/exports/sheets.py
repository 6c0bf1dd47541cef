"""A plan as tables for spreadsheets (RFC 4180): shopping, budget, schedule, or all three in one.

A cell that a spreadsheet could take for a formula gets an apostrophe before it. The text is to be saved as UTF-8;
Excel wants the byte order mark of "utf-8-sig".
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import timedelta
from io import StringIO

from alfred.exports.words import plain
from alfred.plan import PartyPlan

# What spreadsheets take for the beginning of a formula, full-width forms included.
FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")


def shopping(plan: PartyPlan) -> str:
    """Return the shopping list: item, amount, unit, buy by."""
    rows = ((row.item, row.amount, row.unit, row.buy_by) for row in plan.shopping)
    return _sheet(("item", "amount", "unit", "buy_by"), rows)


def budget(plan: PartyPlan) -> str:
    """Return the budget: item, amount, currency, basis, and the total as the last row."""
    money = plan.budget
    rows = [(line.item, line.amount, money.currency, line.basis) for line in money.lines]
    return _sheet(("item", "amount", "currency", "basis"), [*rows, ("Total", money.total, money.currency, "total")])


def schedule(plan: PartyPlan) -> str:
    """Return the countdown, the preparations and the run of show: part, date, start, end, what, helper."""
    rows = [("countdown", row.date, None, None, row.task, None) for row in plan.countdown]
    rows += [("preparation", row.date, row.start, row.end, row.task, row.helper) for row in plan.preparation]
    rows += [(*scene, None) for scene in _run_of_show(plan)]
    return _sheet(("part", "date", "start", "end", "what", "helper"), rows)


def to_csv(plan: PartyPlan) -> str:
    """Return shopping, budget and schedule in one table; the first column says which."""
    money = plan.budget
    rows = [("shopping", row.buy_by, None, None, row.item, row.amount, row.unit) for row in plan.shopping]
    rows += [("budget", None, None, None, line.item, line.amount, money.currency) for line in money.lines]
    rows += [("budget", None, None, None, "Total", money.total, money.currency)]
    rows += [("countdown", row.date, None, None, row.task, None, None) for row in plan.countdown]
    rows += [("preparation", row.date, row.start, row.end, row.task, row.minutes, "min") for row in plan.preparation]
    rows += [(*scene, None, None) for scene in _run_of_show(plan)]
    return _sheet(("part", "date", "start", "end", "what", "amount", "unit"), rows)


def _run_of_show(plan: PartyPlan) -> list[tuple[object, ...]]:
    """Return the scenes with their dates: those after midnight are on the next day."""
    rows, day = [], plan.date
    for before, row in zip((None, *plan.run_of_show), plan.run_of_show, strict=False):
        if day and before and row.start < before.start:
            day += timedelta(days=1)
        rows.append(("run of show", day, row.start, row.end, row.what))
    return rows


def _sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    text = f"{value:%H:%M}" if hasattr(value, "tzinfo") else plain(value)
    return f"'{text}" if text.startswith(FORMULA) else text
