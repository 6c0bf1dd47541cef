"""The rules on time: one helper does one thing at a time, nothing comes too late, the evening has no gap."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from alfred.brief import Brief
from alfred.plan.model import PartyPlan, minutes_between
from alfred.plan.violation import Violation

SCHEDULE_AGAIN = "Let party_plan compute the times."


def helpers(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """No helper has two tasks at once, there are no more helpers than asked, and minutes match the times."""
    rows = sorted(plan.preparation, key=lambda row: (row.helper, row.begins))
    for first, second in pairwise(rows):
        if first.helper == second.helper and second.begins < first.ends and second.minutes:
            found = f"helper {first.helper}: {second.task} at {second.start:%H:%M} during {first.task}"
            yield _sense("helpers", found, "one task at a time", SCHEDULE_AGAIN)
    most = max((row.helper for row in rows), default=0)
    if most > max(brief.helpers or 1, 1):
        yield _sense("helpers", str(most), str(brief.helpers or 1), SCHEDULE_AGAIN)
    for row in rows:
        if minutes_between(row.start, row.end) != row.minutes % (24 * 60):
            yield _sense(
                "times", f"{row.task} {row.start:%H:%M} to {row.end:%H:%M}", f"{row.minutes} min", SCHEDULE_AGAIN
            )


def deadlines(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """Nothing is due after what needs it, or before today."""
    if plan.date is None:
        return
    today = brief.now.date()
    for row in plan.countdown:
        if row.date != plan.date - timedelta(days=row.offset_days) or row.offset_days < -1:
            yield _sense(
                "deadlines", f"{row.task}: {row.date}", f"{row.offset_days} days before {plan.date}", SCHEDULE_AGAIN
            )
        elif row.date < today:
            yield _sense("deadlines", f"{row.task}: {row.date}", f"not before today, {today}", SCHEDULE_AGAIN)
    for row in plan.shopping:
        if row.buy_by is None or not today <= row.buy_by <= plan.date:
            yield _sense("deadlines", f"buy {row.item} by {row.buy_by}", f"{today} to {plan.date}", SCHEDULE_AGAIN)
    ready = max((row.ends for row in plan.preparation if row.date), default=None)
    if ready and plan.opens and ready > plan.opens:
        fix = "Ask for more helpers or fewer tasks, or say how late it will be."
        yield _sense("deadlines", f"ready {ready:%Y-%m-%d %H:%M}", f"ready by {plan.opens:%Y-%m-%d %H:%M}", fix)


def run_of_show(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """The evening runs from arrival to clean-up without gap or overlap."""
    scenes = plan.run_of_show
    if not scenes or "clean" not in scenes[-1].what.casefold():
        yield _sense("run of show", "no clean-up at its end", "arrival to clean-up", SCHEDULE_AGAIN)
        return
    if plan.start and scenes[0].start != plan.start:
        yield _sense("run of show", f"begins {scenes[0].start:%H:%M}", f"{plan.start:%H:%M}", SCHEDULE_AGAIN)
    if plan.end and scenes[-1].start != plan.end:
        yield _sense("run of show", f"ends {scenes[-1].start:%H:%M}", f"{plan.end:%H:%M}", SCHEDULE_AGAIN)
    for first, second in pairwise(scenes):
        if first.end != second.start:
            found = f"{first.what} ends {first.end:%H:%M}, {second.what} begins {second.start:%H:%M}"
            yield _sense("run of show", found, "no gap and no overlap", SCHEDULE_AGAIN)


def rain(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """A party outdoors has a plan B for the weather."""
    risks = [risk.casefold() for risk in plan.risks if "plan b" in risk.casefold()]
    if brief.outdoors and not any(word in risk for risk in risks for word in ("rain", "weather", "storm")):
        yield _sense("weather", "no plan B for rain", "one, for a party outdoors", "List it in the risks.")


def _sense(rule: str, found: str, asked: str, fix: str) -> Violation:
    return Violation(rule, found, asked, fix, hard=False)
