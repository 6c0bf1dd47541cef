"""The plan as a document beside the conversation: HTML that a browser shows and prints.

Every text of a plan is escaped here. What changed against the plan before is marked in its row. It computes
nothing: the plan's numbers are those of the plan.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from alfred.ui.changes import Marked, compare
from alfred.ui.charts import budget_chart, timeline
from alfred.ui.downloads import plan_links
from alfred.ui.sections import SECTIONS, Plan, part, rows, text
from alfred.ui.texts import Words

Section = Callable[[Sequence[Marked], Words], str]


def draw_board(plan: Plan | None, before: Plan | None, words: Words) -> str:
    """Return the board as HTML.

    Args:
        plan: the plan; None shows what will stand here.
        before: the plan before it in the conversation, to mark what changed.
        words: the texts in the visitor's language.
    """
    if not plan:
        return _empty(words)
    marked = {
        name: compare(section(plan, words), section(before, words) if before else None)
        for name, section in SECTIONS.items()
    }
    drawn = "".join(
        f'<section class="alfred-{name}"><h3>{escape(words(name))}</h3>{body}</section>'
        for name, body in _bodies(plan, marked, words).items()
        if body
    )
    title = escape(text(part(plan, "title")) or words("side_plan"))
    head = f"<h2>{title}</h2>{_take_away(plan, words)}{_legend(marked, words)}"
    return f'<article class="alfred-plan">{head}{drawn}</article>'


def _bodies(plan: Plan, marked: Mapping[str, list[Marked]], words: Words) -> dict[str, str]:
    """Return the body of each section, in the order in which a planner needs them."""
    return {
        "facts": _facts(marked["facts"], words),
        "checks": _checks(plan, words),
        "menu": _menu(marked["menu"], words),
        "budget": budget_chart(plan, words) + _changed_only(marked["budget"], words),
        "timeline": timeline(plan, words) + _changed_only([*marked["preparation"], *marked["run_of_show"]], words),
        "shopping": _shopping(marked["shopping"], words),
        "countdown": _pairs(marked["countdown"], words),
        "quantities": _quantities(marked["quantities"], words),
        "needs": _pairs(marked["needs"], words),
        "caterer": _pairs(marked["caterer"], words),
        "theme_section": _list(marked["theme_section"], words),
        "music": _list(marked["music"], words),
        "assumptions": _list(marked["assumptions"], words),
        "risks": _list(marked["risks"], words),
        "sources": _sources(plan),
    }


def _empty(words: Words) -> str:
    return (
        f'<div class="alfred-empty"><p class="alfred-empty-title">{escape(words("plan_empty"))}</p>'
        f"<p>{escape(words('plan_empty_more'))}</p></div>"
    )


def _take_away(plan: Plan, words: Words) -> str:
    return (
        f'<nav class="alfred-files" aria-label="{escape(words("take_away"))}">{plan_links(plan, words)}'
        f'<button type="button" class="alfred-file" data-alfred="print">{escape(words("print"))}</button></nav>'
    )


def _legend(marked: Mapping[str, Sequence[Marked]], words: Words) -> str:
    if not any(row.mark for section in marked.values() for row in section):
        return ""
    return f'<p class="alfred-legend"><mark>{escape(words("changed"))}</mark></p>'


def _cell(row: Marked, n: int, words: Words) -> str:
    """Return a cell's text; the first one also tells what happened to the row."""
    said = escape(row.row.cells[n])
    if row.mark == "gone":
        return f"<s>{said}</s>" + (_note(words("gone")) if n == 0 else "")
    if not row.mark:
        return said
    note = words("is_new") if row.mark == "new" else words("was", before=row.before)
    return f"<mark>{said}</mark>" + (_note(note) if n == 0 else "")


def _note(said: str) -> str:
    return f' <small class="alfred-note">{escape(said)}</small>'


def _facts(marked: Sequence[Marked], words: Words) -> str:
    return (
        "<dl>"
        + "".join(
            f"<div class='fact-{row.row.key}'><dt>{escape(words(row.row.key))}</dt>"
            f"<dd>{_cell(row, 0, words)}</dd></div>"
            for row in marked
        )
        + "</dl>"
    )


def _checks(plan: Plan, words: Words) -> str:
    checks = rows(plan, "checks")
    failing = [check for check in checks if not check.get("ok")]
    passing = [check for check in checks if check.get("ok")]
    if not checks:
        return ""
    head = words("checks_pass", count=len(checks))
    if failing:
        head = words("checks_fail_one") if len(failing) == 1 else words("checks_fail", count=len(failing))
    alarms = "".join(f'<li class="fails">{_check(check, words("fails"))}</li>' for check in failing)
    calm = "".join(f"<li>{_check(check, words('passes'))}</li>" for check in passing)
    return (
        f'<p class="{"fails" if failing else "passes"}">{escape(head)}</p>'
        + (f"<ul>{alarms}</ul>" if alarms else "")
        + (
            f"<details><summary>{escape(words('passes'))}: {len(passing)}</summary><ul>{calm}</ul></details>"
            if calm
            else ""
        )
    )


def _check(check: Mapping[str, Any], state: str) -> str:
    name, detail = escape(text(check.get("name"))), escape(text(check.get("detail")))
    return f"<b>{name}</b> <span class='alfred-note'>{escape(state)}</span> {detail}"


def _menu(marked: Sequence[Marked], words: Words) -> str:
    if not marked:
        return ""
    return _table(("dish", "allergens", "suits"), [_dish(row, words) for row in marked], words)


def _dish(row: Marked, words: Words) -> str:
    course, _, allergens, suits = map(escape, row.row.cells)
    name = f'<span class="course">{course}</span>{_cell(row, 1, words)}{_mark(row, words)}'
    return f'<th scope="row">{name}</th><td>{_chips(allergens) or escape(words("no_allergen"))}</td><td>{suits}</td>'


def _table(head: Sequence[str], body: Sequence[str], words: Words) -> str:
    columns = "".join(f'<th scope="col">{escape(words(key))}</th>' for key in head)
    lines = "".join(f"<tr>{line}</tr>" for line in body)
    return f"<table><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>"


def _mark(row: Marked, words: Words) -> str:
    said = {"new": words("is_new"), "gone": words("gone"), "changed": words("was", before=row.before)}
    return _note(said[row.mark]) if row.mark else ""


def _chips(said: str) -> str:
    return "".join(f'<span class="chip">{word}</span>' for word in said.split(", ") if word)


def _changed_only(marked: Sequence[Marked], words: Words) -> str:
    """Return a list of the rows of a picture that changed, since a picture has no room for it."""
    return _list([row for row in marked if row.mark], words)


def _shopping(marked: Sequence[Marked], words: Words) -> str:
    """Return the list to tick off, grouped by the day."""
    groups: dict[str, list[Marked]] = {}
    for row in marked:
        groups.setdefault(row.row.cells[2], []).append(row)
    return "".join(
        f"<h4>{escape(by)}</h4><ul>"
        + "".join(
            f'<li><label><input type="checkbox" data-item="{escape(row.row.key)}"> '
            f"<span>{_cell(row, 0, words)}</span> <span class='number'>{escape(row.row.cells[1])}</span></label></li>"
            for row in group
        )
        + "</ul>"
        for by, group in groups.items()
    )


def _pairs(marked: Sequence[Marked], words: Words) -> str:
    """Return rows of two cells, the first of them short."""
    rows_ = "".join(f"<div><dt>{_cell(row, 0, words)}</dt><dd>{_cell(row, 1, words)}</dd></div>" for row in marked)
    return f"<dl>{rows_}</dl>" if rows_ else ""


def _quantities(marked: Sequence[Marked], words: Words) -> str:
    if not marked:
        return ""
    return _table(("item", "amount", "rule"), [_quantity(row, words) for row in marked], words)


def _quantity(row: Marked, words: Words) -> str:
    _, measured, rule = map(escape, row.row.cells)
    return f'<th scope="row">{_cell(row, 0, words)}</th><td class="number">{measured}</td><td>{rule}</td>'


def _list(marked: Sequence[Marked], words: Words) -> str:
    items = "".join(f"<li>{_cell(row, 0, words)}</li>" for row in marked)
    return f"<ul>{items}</ul>" if items else ""


def _sources(plan: Plan) -> str:
    items = "".join(f"<li>{_source(row)}</li>" for row in rows(plan, "sources"))
    return f"<ul>{items}</ul>" if items else ""


def _source(row: Mapping[str, Any]) -> str:
    title, url = escape(text(row.get("title"))), str(row.get("url") or "")
    if not url.startswith(("https://", "http://")):
        return title
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer nofollow">{title or escape(url)}</a>'
