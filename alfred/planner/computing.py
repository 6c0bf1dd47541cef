"""Python that computes the answer to a single question: when ready, how much, what it costs a head."""

import re
from datetime import datetime

from alfred.planner.facts import money
from alfred.planner.script import Call, Script
from alfred.planner.situation import Situation

_SCHEDULE = """\
from datetime import datetime, timedelta
tasks = {tasks!r}
begin = datetime.fromisoformat({begin!r})
free = [begin] * {helpers}
schedule = []
for task, minutes in {order}:
    helper = free.index(min(free))
    end = free[helper] + timedelta(minutes=minutes)
    schedule.append(f"- {{free[helper]:%H:%M}}-{{end:%H:%M}} {{task}}{who}")
    free[helper] = end
ready = max(free)
day = "" if ready.date() == begin.date() else f" on {{ready:%A %d %B}}"
"""
_QUANTITIES = """\
named = {named!r}
rows = [row for row in amounts["items"] if not named or any(word in row["item"] for word in named)]
lines = [f'- {{row["item"]}}: {{row["amount"]:g}} {{row["unit"]}}' for row in rows]"""

_COST = """\
total, guests, currency = {total!r}, {guests}, {currency!r}
each = total / guests"""

_COST_OF_PLAN = """\
total, guests, currency = float(plan["budget"]["total"]), {guests}, plan["budget"]["currency"] or ""
each = total / guests"""

_EACH = 'f"{total:,.2f} {currency} for {guests} guests is {each:,.2f} {currency} a head."'

# What a host may ask the amount of, as the rows of party_quantities name it.
_AMOUNTS = (
    "ice",
    "drinks",
    "wine",
    "beer",
    "spirits",
    "water",
    "coffee",
    "food",
    "dessert",
    "bites",
    "glasses",
    "seats",
)


def timing_script(situation: Situation) -> Script:
    """Return the script that says when the preparations are done, or when they must begin."""
    brief = situation.brief
    if not brief.tasks:
        return Script.saying(
            "Without tasks and minutes there is nothing to add up, so I ask for them.",
            "Tell me what has to be prepared and how many minutes each takes, and I work out when all is ready.",
        )
    helpers = brief.helpers or 1
    tasks = [(task.task, task.minutes) for task in brief.tasks]
    party = datetime.combine(brief.date or brief.now.date(), brief.start) if brief.start else None
    body = _SCHEDULE.format(
        tasks=tasks,
        begin=brief.now.isoformat(timespec="minutes"),
        helpers=helpers,
        order="tasks" if helpers == 1 else "sorted(tasks, key=lambda task: -task[1])",
        who="" if helpers == 1 else " (helper {helper + 1})",
    )
    return Script(
        "The tasks and their minutes are given, so I lay them out and read off the end.",
        'f"' + _ready_sentence(helpers) + '\\n" + "\\n".join(schedule)' + (_latest(party) if party else ""),
        body=body.rstrip(),
    )


def _ready_sentence(helpers: int) -> str:
    who = "one after the other" if helpers == 1 else f"with {helpers} helpers working side by side"
    return (
        "If preparations start at {begin:%H:%M}, the party is ready at {ready:%H:%M}{day}: "
        f"{who} they take {{int((ready - begin).total_seconds() // 60)}} minutes."
    )


def _latest(party: datetime) -> str:
    return (
        f' + f"\\nTo be ready when the party starts ({party:%H:%M}), begin at the latest at '
        f'{{datetime.fromisoformat({party.isoformat()!r}) - (ready - begin):%H:%M}}."'
    )


def quantities_script(situation: Situation) -> Script:
    """Return the script that computes the amounts that the request names, all of them where it names none."""
    brief = situation.brief
    if not brief.guests:
        return Script.saying(
            "Quantities follow the guests, and their number is unknown.",
            "For how many guests, and for how many hours? Then I can tell you the amounts.",
        )
    options = {"hours": brief.hours, "children": brief.children, "meal": brief.occasion, "alcohol": brief.alcohol}
    words = situation.task.request.casefold()
    named = [word for word in _AMOUNTS if re.search(rf"\b{word.removesuffix('s')}", words)]
    length = f" and {brief.hours:g} hours" if brief.hours else ""
    return Script(
        "The amounts follow from guests and hours, so I let party_quantities compute them.",
        repr(f"For {brief.guests} guests{length}:\n") + ' + "\\n".join(lines + amounts["assumptions"])',
        calls=(Call("amounts", "party_quantities", (brief.guests,), None, options),),
        body=_QUANTITIES.format(named=named),
    )


def cost_script(situation: Situation) -> Script:
    """Return the script that divides the plan's total or the budget by the guests, or multiplies a price a head."""
    brief = situation.brief
    if brief.guests and brief.budget is not None:
        body = _COST if situation.changed is None else _COST_OF_PLAN
        facts = {"total": float(brief.budget), "guests": brief.guests, "currency": brief.currency or ""}
        return Script("The total shared by the guests is a division.", _EACH, body=body.format(**facts))
    if brief.guests and brief.budget_per_guest is not None:
        total = money(brief.budget_per_guest * brief.guests, brief.currency)
        each = money(brief.budget_per_guest, brief.currency)
        return Script.saying(
            "The price a head times the guests.", f"{each} a head for {brief.guests} guests is {total} in all."
        )
    missing = "the number of guests" if not brief.guests else "the budget"
    return Script.saying(
        f"For a cost a head I lack {missing}.", f"Tell me {missing}, and I work out what the party costs a head."
    )
