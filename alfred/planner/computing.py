"""Python that computes an answer from the brief alone: when ready, how much, what it costs a head.

The rules of quantity and their sources: two drinks in the first hour and one in each further hour (infocomm),
0.7 kg of ice a guest (pedersens), 0.45 kg of food an adult and half of it a child (simplyelegant) with 10 % more
for safety (feedmyguests), 0.2 l of water a guest and hour (synthesis of dailymeal's range).
"""

from datetime import datetime

from alfred.brief import Brief
from alfred.planner.facts import money
from alfred.planner.script import Script

ASSUMED_HOURS = 4

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
import math
guests, children, hours = {guests}, {children}, {hours}
eaters = guests - children / 2
food = eaters * 0.45 * 1.1
drinks = guests * (2 + math.ceil(hours) - 1)
ice = guests * 0.7
water = guests * hours * 0.2
quantities = (
    f"For {{guests}} guests and {{hours:g}} hours{note}: about {{food:.1f}} kg of food, "
    f"{{drinks}} drinks, {{ice:.1f}} kg of ice (more if it also chills bottles) and {{water:.0f}} l of water."
)"""

_COST = """\
total, guests, currency = {total!r}, {guests}, {currency!r}
each = {budget!r} / guests"""


def timing_script(brief: Brief) -> Script:
    """Return the script that says when the preparations are done, or when they must begin."""
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


def quantities_script(brief: Brief) -> Script:
    """Return the script that computes food, drinks, ice and water."""
    if not brief.guests:
        return Script.saying(
            "Quantities follow the guests, and their number is unknown.",
            "For how many guests, and for how many hours? Then I can tell you the amounts.",
        )
    body = _QUANTITIES.format(
        guests=brief.guests,
        children=brief.children or 0,
        hours=brief.hours or ASSUMED_HOURS,
        note="" if brief.hours else " (an assumption)",
    )
    return Script("The amounts follow from guests and hours.", "quantities", body=body)


def cost_script(brief: Brief) -> Script:
    """Return the script that divides the budget by the guests, or multiplies a price a head by them."""
    if brief.guests and brief.budget is not None:
        return Script(
            "The budget shared by the guests is a division.",
            'f"{total} for {guests} guests is {each:,.2f}{currency} a head."',
            body=_COST.format(
                total=money(brief.budget, brief.currency),
                guests=brief.guests,
                budget=float(brief.budget),
                currency=f" {brief.currency}" if brief.currency else "",
            ),
        )
    if brief.guests and brief.budget_per_guest is not None:
        total = money(brief.budget_per_guest * brief.guests, brief.currency)
        each = money(brief.budget_per_guest, brief.currency)
        return Script.saying(
            "The price a head times the guests.",
            f"{each} a head for {brief.guests} guests is {total} in all.",
        )
    missing = "the number of guests" if not brief.guests else "the budget"
    return Script.saying(
        f"For a cost a head I lack {missing}.",
        f"Tell me {missing}, and I work out what the party costs a head.",
    )
