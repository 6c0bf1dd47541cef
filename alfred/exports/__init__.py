"""A plan to take away: as text, Markdown, calendar, spreadsheets and JSON.

    export(plan, "ics")        what `python -m alfred plan … --format ics` prints

Text of guests and of the web is data here: no comma, quote, line break, formula or change of direction in it can
break a file or do something in the program that opens it.
"""

from collections.abc import Callable
from json import dumps

from alfred.conversation import Conversation
from alfred.errors import PlanError
from alfred.exports.calendar import to_calendar
from alfred.exports.data import data_to_text
from alfred.exports.document import to_markdown, to_text
from alfred.exports.sheets import to_csv
from alfred.plan import PartyPlan, read_plan

__all__ = ["FORMS", "data_to_text", "export", "take_away", "to_calendar", "to_csv", "to_json", "to_markdown", "to_text"]


def to_json(plan: PartyPlan) -> str:
    """Return the plan as JSON; `PartyPlan.from_json` reads an equal plan from it."""
    return dumps(plan.to_data(), ensure_ascii=False, indent=2) + "\n"


FORMS: dict[str, Callable[[PartyPlan], str]] = {
    "text": to_text,
    "markdown": to_markdown,
    "ics": to_calendar,
    "csv": to_csv,
    "json": to_json,
}


def export(plan: PartyPlan, form: str) -> str:
    """Return the plan in one of the `FORMS`; KeyError for any other."""
    return FORMS[form](plan)


def take_away(conversation: Conversation, form: str) -> str:
    """Return the latest plan of a conversation in one of the `FORMS`.

    A calendar knows the party by the request that it began with, so that every later plan of the conversation updates
    what an earlier one brought into a calendar.

    Raises:
        PlanError: when the conversation has no plan.
    """
    planned = [turn for turn in conversation.turns if turn.plan]
    if not planned:
        raise PlanError(f"There is no plan in this conversation that could be written as {form}: ask for one first.")
    plan = read_plan(planned[-1].plan)
    if form != "ics":
        return export(plan, form)
    first, last = planned[0].brief, planned[-1].brief
    party = f"{planned[0].request} {first.now if first else ''}"
    return to_calendar(plan, party=party, revision=len(planned) - 1, written=last.now if last else None)
