"""A plan to take away from the page: its files, and links that hold them, so that the server keeps no file."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from json import dumps
from typing import Any

from alfred.errors import PlanError
from alfred.exports import to_calendar, to_json, to_markdown
from alfred.exports.sheets import budget, schedule, shopping
from alfred.plan import PartyPlan, read_plan
from alfred.ui.texts import Words

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Form:
    """How one file is made: its ending, its kind, and what writes it."""

    ending: str
    kind: str
    write: Callable[[PartyPlan], str]


def _for_excel(write: Callable[[PartyPlan], str]) -> Callable[[PartyPlan], str]:
    return lambda plan: BYTE_ORDER_MARK + write(plan)


FORMS = {
    "document": Form(".md", "text/markdown", to_markdown),
    "calendar": Form(".ics", "text/calendar", to_calendar),
    "shopping_sheet": Form("-shopping.csv", "text/csv", _for_excel(shopping)),
    "budget_sheet": Form("-budget.csv", "text/csv", _for_excel(budget)),
    "schedule_sheet": Form("-schedule.csv", "text/csv", _for_excel(schedule)),
    "data": Form(".json", "application/json", to_json),
}


def plan_links(plan: Mapping[str, Any], words: Words) -> str:
    """Return a link for each file of a plan; data alone for a plan that is not whole."""
    name = _file_name(str(plan.get("title") or "plan"))
    try:
        whole = read_plan(plan)
    except PlanError:
        return link(dumps(plan, ensure_ascii=False, default=str), f"{name}.json", "application/json", words("data"))
    return "".join(link(form.write(whole), name + form.ending, form.kind, words(key)) for key, form in FORMS.items())


def link(text: str, name: str, kind: str, label: str) -> str:
    """Return a link that holds a file and downloads it."""
    data = b64encode(text.encode()).decode()
    href = f"data:{kind};charset=utf-8;base64,{data}"
    return f'<a class="alfred-file" download="{escape(name)}" href="{href}">{escape(label)}</a>'


def _file_name(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "plan"
