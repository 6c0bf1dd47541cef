"""The pictures of a plan, drawn as SVG: the budget against its limit, and the day to scale.

Widths are per cent, heights pixels, so that a picture fits any column and its letters keep their size. Colours come
from the stylesheet, and all foreign text is escaped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from alfred.ui.sections import amount, part, price, rows, span, text
from alfred.ui.texts import Words

ROW = 38
STEP = 24 * 60
LEGEND = ("quoted", "estimate", "contingency")


def budget_chart(plan: Mapping[str, Any], words: Words) -> str:
    """Return the budget's lines as bars on one scale, with the limit as a line across; nothing without amounts."""
    lines = [(line, amount(line.get("amount")) or 0) for line in rows(plan, "budget", "lines")]
    limit, total = amount(part(plan, "budget", "limit")), sum(value for _, value in lines)
    most = max(limit or 0, total)
    if not most:
        return ""
    currency = part(plan, "budget", "currency")
    bars, before = [], 0
    for n, (line, value) in enumerate(lines):
        said = price(line.get("amount"), currency)
        bars.append(_bar(n, text(line.get("item")), said, line.get("basis"), 100 * before / most, 100 * value / most))
        before += value
    height = ROW * len(lines) + 24
    drawn = "".join(bars) + _limit(limit, total, most, len(lines), currency, words)
    return _svg("budget", height, _budget_words(lines, limit, currency, words), drawn)


def _bar(n: int, item: str, said: str, basis: object, start: float, width: float) -> str:
    y = ROW * n
    kind = basis if basis in LEGEND else "estimate"
    return (
        f'<text x="0" y="{y + 15}">{escape(_short(item))}</text>'
        f'<text x="100%" y="{y + 15}" class="end number">{escape(said)}</text>'
        f'<rect x="0" y="{y + 22}" width="100%" height="8" rx="2" class="track"/>'
        f'<rect x="{start:.2f}%" y="{y + 22}" width="{max(width, 0.5):.2f}%" height="8" rx="2" class="{kind}"/>'
    )


def _limit(limit: Any, total: Any, most: Any, count: int, currency: object, words: Words) -> str:
    """Return a mark across each bar at the limit, and what it is in words."""
    y = ROW * count + 14
    if not limit:
        said = words("budget_none", total=price(total, currency))
        return f'<text x="100%" y="{y}" class="end">{escape(said)}</text>'
    over = f", {words('budget_over')}" if total > limit else ""
    x = min(99.7, float(100 * limit / most))
    marks = "".join(
        f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{ROW * n + 19}" y2="{ROW * n + 33}" class="limit"/>'
        for n in range(count)
    )
    said = words("budget_limit", limit=price(limit, currency)) + over
    return f'{marks}<text x="{x:.2f}%" y="{y}" class="end limit">{escape(said)}</text>'


def _budget_words(lines: Sequence[tuple], limit: Any, currency: object, words: Words) -> str:
    said = [f"{text(line.get('item'))}: {price(line.get('amount'), currency)}" for line, _ in lines]
    return "; ".join([*said, *([words("budget_limit", limit=price(limit, currency))] if limit else [])])


@dataclass(frozen=True)
class _Block:
    """A thing of the day: when it begins and ends in minutes of the first day, what it is, and its colour."""

    begin: int
    end: int
    label: str
    kind: str


def timeline(plan: Mapping[str, Any], words: Words) -> str:
    """Return preparations and run of show on one scale of hours; nothing when no time is known."""
    show = _blocks(rows(plan, "run_of_show"), "what", "show", None)
    first = show[0].begin if show else None
    blocks = [*_blocks(rows(plan, "preparation"), "task", "preparation", first), *show]
    if not blocks:
        return ""
    begin = min(block.begin for block in blocks) // 60 * 60
    end = -(-max(block.end for block in blocks) // 60) * 60
    height = ROW * len(blocks) + 26
    arrival = _arrival(first, begin, end, height, words) if first is not None else ""
    lanes = "".join(_lane(n, block, begin, end) for n, block in enumerate(blocks))
    drawn = _hours(begin, end, height) + arrival + lanes
    return _svg("timeline", height, "; ".join(block.label for block in blocks), drawn)


def _blocks(found: Sequence[Mapping[str, Any]], key: str, kind: str, before: int | None) -> list[_Block]:
    """Return the rows as blocks; each begins after the one before it, and all end by the minute `before`."""
    blocks: list[_Block] = []
    for row in found:
        begin, end = _minutes(row.get("start")), _minutes(row.get("end"))
        if begin is None or end is None:
            continue
        if kind == "show" and blocks and begin < blocks[-1].begin:
            begin += STEP
        end += STEP * max(0, -(-(begin - end) // STEP))
        blocks.append(_Block(begin, end, f"{span(row)} {text(row.get(key))}", kind))
    late = before is not None and any(block.end > before + 12 * 60 for block in blocks)
    return [_Block(b.begin - STEP, b.end - STEP, b.label, kind) if late else b for b in blocks]


def _minutes(clock: object) -> int | None:
    hour, colon, minute = str(clock).partition(":")
    if not colon or not hour.isdecimal() or not minute[:2].isdecimal():
        return None
    found = int(hour) * 60 + int(minute[:2])
    return found if found < STEP else None


def _place(minute: int, begin: int, end: int) -> float:
    return 100 * (minute - begin) / max(1, end - begin)


def _hours(begin: int, end: int, height: int) -> str:
    hours = (end - begin) // 60
    step = next(step for step in (1, 2, 3, 4, 6, 12, 24, hours + 1) if hours / step <= 6)
    return "".join(
        f'<line x1="{_place(minute, begin, end):.2f}%" x2="{_place(minute, begin, end):.2f}%" y1="18" y2="{height}"'
        f' class="grid"/><text x="{_place(minute, begin, end):.2f}%" y="12"'
        f' class="hour{_side(minute, begin, end)}">{minute // 60 % 24:02d}:00</text>'
        for minute in range(begin, end + 1, 60 * step)
    )


def _side(minute: int, begin: int, end: int) -> str:
    return "" if minute == begin else " end" if minute == end else " middle"


def _lane(n: int, block: _Block, begin: int, end: int) -> str:
    y = ROW * n + 22
    start, width = _place(block.begin, begin, end), _place(block.end, begin, end) - _place(block.begin, begin, end)
    return (
        f'<text x="0" y="{y + 16}">{escape(_short(block.label))}</text>'
        f'<rect x="0" y="{y + 22}" width="100%" height="9" rx="2" class="track"/>'
        f'<rect x="{start:.2f}%" y="{y + 22}" width="{max(width, 0.6):.2f}%" height="9" rx="2" class="{block.kind}"/>'
    )


def _arrival(minute: int, begin: int, end: int, height: int, words: Words) -> str:
    x = f"{_place(minute, begin, end):.2f}%"
    said = escape(words("guests_come"))
    return f'<line x1="{x}" x2="{x}" y1="18" y2="{height}" class="arrival"><title>{said}</title></line>'


def _short(label: str) -> str:
    return label if len(label) <= 44 else f"{label[:43]}…"


def _svg(kind: str, height: int, words: str, drawn: str) -> str:
    label = f'role="img" aria-label="{escape(words)}"'
    return f'<svg class="alfred-{kind}-chart" width="100%" height="{height}" {label}>{drawn}</svg>'
