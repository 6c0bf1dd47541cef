"""What stands in each section of a plan, as rows of text: plain data in, plain text out.

A plan comes from a tool, a browser or a file, so any part may be missing or of another kind: such a part is left
out. Nothing here is escaped; whoever draws the rows does that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from alfred.exports.words import money, number
from alfred.ui.texts import Words, day

MAX_ROWS = 200
MAX_CHARACTERS = 600

Plan = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One row: what it is about, which is the same in the next plan, and the texts of its cells."""

    key: str
    cells: tuple[str, ...]


def part(plan: Plan, *path: str) -> Any:
    """Return what stands at a path of keys, None where nothing does."""
    found: Any = plan
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def rows(plan: Plan, *path: str) -> list[Mapping[str, Any]]:
    """Return the rows at a path of keys; none where no list of rows stands there."""
    found = part(plan, *path)
    return [row for row in found if isinstance(row, Mapping)][:MAX_ROWS] if isinstance(found, list | tuple) else []


def text(value: object) -> str:
    """Return a value as one short line of text."""
    line = "" if value is None else " ".join(str(value).split())
    return line if len(line) <= MAX_CHARACTERS else f"{line[:MAX_CHARACTERS]} …"


def texts(plan: Plan, key: str) -> list[str]:
    """Return a list of texts."""
    found = part(plan, key)
    return [text(item) for item in found][:MAX_ROWS] if isinstance(found, list | tuple) else []


def amount(value: object) -> Decimal | None:
    """Return a number or an amount of money, None for anything else."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= 10**12 else None


def price(value: object, currency: object) -> str:
    """Return an amount of money with its currency."""
    return money(amount(value), text(currency)[:8] or None)


def facts(plan: Plan, words: Words) -> list[Row]:
    """Return date, time, guests, diets, venue, theme and cost; the key is also the key of the label."""
    values = {
        "date": day(part(plan, "date"), words),
        "time": _time(plan, words),
        "guests": _guests(plan, words),
        "dietary": ", ".join(_diet(row) for row in rows(plan, "dietary")),
        "venue": text(part(plan, "venue")) or words("unknown"),
        "theme": text(part(plan, "theme", "name")),
        "price": _cost(plan, words),
    }
    return [Row(key, (value,)) for key, value in values.items() if value]


def _time(plan: Plan, words: Words) -> str:
    start, end = text(part(plan, "start")), text(part(plan, "end"))
    return words("until", start=start, end=end) if start and end else start or words("unknown")


def _guests(plan: Plan, words: Words) -> str:
    total, children = part(plan, "guests", "total"), part(plan, "guests", "children")
    if total is None:
        return words("unknown")
    return words("guests_with_children", total=text(total), children=text(children)) if children else text(total)


def _diet(row: Mapping[str, Any]) -> str:
    guests = text(row.get("guests"))
    return f"{text(row.get('need'))} ({guests})" if guests else text(row.get("need"))


def _cost(plan: Plan, words: Words) -> str:
    budget = part(plan, "budget") or {}
    currency, total, limit = (part(budget, key) for key in ("currency", "total", "limit"))
    if total is None:
        return words("unknown")
    if limit is None:
        return price(total, currency)
    return words("of_limit", total=price(total, currency), limit=price(limit, currency))


def _menu(plan: Plan, words: Words) -> list[Row]:
    return [
        Row(
            text(dish.get("name")),
            (text(dish.get("course")), text(dish.get("name")), _words(dish, "allergens"), _words(dish, "suits")),
        )
        for dish in rows(plan, "menu", "dishes")
    ]


def _words(row: Mapping[str, Any], key: str) -> str:
    return ", ".join(texts(row, key))


def _budget(plan: Plan, words: Words) -> list[Row]:
    currency = part(plan, "budget", "currency")
    return [
        Row(text(line.get("item")), (text(line.get("item")), price(line.get("amount"), currency), _basis(line, words)))
        for line in rows(plan, "budget", "lines")
    ]


def _basis(line: Mapping[str, Any], words: Words) -> str:
    basis = line.get("basis")
    return words(f"basis_{basis}") if basis in ("quoted", "estimate", "contingency") else text(basis)


def _quantities(plan: Plan, words: Words) -> list[Row]:
    return [
        Row(text(row.get("item")), (text(row.get("item")), measure(row), text(row.get("rule"))))
        for row in rows(plan, "quantities")
    ]


def measure(row: Mapping[str, Any]) -> str:
    """Return the amount of a row with its unit."""
    found = amount(row.get("amount"))
    return f"{number(found) if found is not None else '–'} {text(row.get('unit'))}".strip()


def _needs(plan: Plan, words: Words) -> list[Row]:
    staff = [
        Row(text(row.get("role")), (f"{text(row.get('count'))} × {text(row.get('role'))}", text(row.get("rule"))))
        for row in rows(plan, "staff")
    ]
    area = amount(part(plan, "space", "area_m2"))
    if area is None:
        return staff
    layout = text(part(plan, "space", "layout"))
    return [*staff, Row("space", (f"{number(area)} m², {layout}", text(part(plan, "space", "rule"))))]


def _countdown(plan: Plan, words: Words) -> list[Row]:
    return [Row(text(row.get("task")), (_when(row, words), text(row.get("task")))) for row in rows(plan, "countdown")]


def _when(row: Mapping[str, Any], words: Words) -> str:
    days = row.get("offset_days")
    if row.get("date") or not isinstance(days, int):
        return day(row.get("date"), words)
    return words("day_after") if days < 0 else words("days_before", days=days) if days else words("the_day")


def _preparation(plan: Plan, words: Words) -> list[Row]:
    return [
        Row(text(row.get("task")), (span(row), text(row.get("task")), words("helper", number=text(row.get("helper")))))
        for row in rows(plan, "preparation")
    ]


def _run_of_show(plan: Plan, words: Words) -> list[Row]:
    return [Row(text(row.get("what")), (span(row), text(row.get("what")))) for row in rows(plan, "run_of_show")]


def span(row: Mapping[str, Any]) -> str:
    """Return from when to when a row lasts."""
    return f"{text(row.get('start'))}–{text(row.get('end'))}"


def _shopping(plan: Plan, words: Words) -> list[Row]:
    by_day = sorted(rows(plan, "shopping"), key=lambda row: text(row.get("buy_by")) or "9999")
    return [Row(text(row.get("item")), (text(row.get("item")), measure(row), _buy_by(row, words))) for row in by_day]


def _buy_by(row: Mapping[str, Any], words: Words) -> str:
    by = row.get("buy_by")
    return words("buy_by", date=day(by, words)) if by else words("buy_any")


def _caterer(plan: Plan, words: Words) -> list[Row]:
    caterer = part(plan, "catering")
    if not isinstance(caterer, Mapping):
        return []
    rating = words("rated", rating=text(caterer.get("rating"))) if caterer.get("rating") is not None else ""
    each = price(caterer.get("price_per_guest"), caterer.get("currency") or part(plan, "budget", "currency"))
    name = ", ".join(filter(None, [text(caterer.get("name")), rating, words("a_guest", price=each)]))
    return [Row("caterer", (name, text(caterer.get("source"))))]


def _music(plan: Plan, words: Words) -> list[Row]:
    return [
        Row(text(row.get("title")), (" – ".join(filter(None, [text(row.get("title")), text(row.get("artist"))])),))
        for row in rows(plan, "music")
    ]


def _theme(plan: Plan, words: Words) -> list[Row]:
    lines = str(part(plan, "theme", "description") or "").splitlines()
    return [Row(text(line), (text(line),)) for line in lines if line.strip()][:MAX_ROWS]


def _listed(key: str) -> Callable[[Plan, Words], list[Row]]:
    return lambda plan, words: [Row(item, (item,)) for item in texts(plan, key)]


SECTIONS: dict[str, Callable[[Plan, Words], list[Row]]] = {
    "facts": facts,
    "menu": _menu,
    "budget": _budget,
    "quantities": _quantities,
    "needs": _needs,
    "countdown": _countdown,
    "preparation": _preparation,
    "run_of_show": _run_of_show,
    "shopping": _shopping,
    "caterer": _caterer,
    "music": _music,
    "theme_section": _theme,
    "assumptions": _listed("assumptions"),
    "risks": _listed("risks"),
}
