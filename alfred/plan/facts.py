"""The rules on what the request itself says: guests, date, start and venue."""

import re
from collections.abc import Iterator

from alfred.brief import Brief
from alfred.plan.model import PartyPlan
from alfred.plan.violation import Violation

PASS_ON = "Pass the brief on to party_plan unchanged."


def guests(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """The guests are those of the request, and adults and children add up."""
    total, children = plan.guests.total, plan.guests.children
    yield from same("guests", total, brief.guests, plan)
    if brief.guests is not None and children != (brief.children or 0):
        yield Violation("children", str(children), str(brief.children or 0), PASS_ON)
    if total is not None and (plan.guests.adults or 0) + (children or 0) != total:
        yield Violation("guests", f"{plan.guests.adults} adults and {children} children", f"{total} in all", PASS_ON)


def date_and_start(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """Date and start are those of the request."""
    yield from same("date", plan.date, brief.date, plan)
    yield from same("start", plan.start and f"{plan.start:%H:%M}", brief.start and f"{brief.start:%H:%M}", plan)


def venue(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """The venue is that of the request, whatever the case of its letters."""
    yield from same("venue", plan.venue and plan.venue.casefold(), brief.venue and brief.venue.casefold(), plan)


def same(rule: str, found: object, asked: object, plan: PartyPlan) -> Iterator[Violation]:
    """A fact is the one asked for; one that nobody asked for must be listed as assumed."""
    if asked is not None and found != asked:
        yield Violation(rule, str(found), str(asked), PASS_ON)
    if asked is None and found is not None and not _is_assumed(str(found), plan):
        fix = "Leave it null, or list it in the assumptions."
        yield Violation(rule, str(found), "nothing: the request does not say", fix)


def _is_assumed(value: str, plan: PartyPlan) -> bool:
    listed = " ".join(plan.assumptions).casefold()
    return re.search(rf"(?<![\w:]){re.escape(value)}(?![\w:])", listed) is not None
