"""How values of a plan are written for people, and how foreign text is made harmless."""

import re
from datetime import date, time
from decimal import Decimal

from alfred.brief.model import one_line

# Marks that turn the direction of the text that follows them, beyond their own line.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|$~])")
_LIST_MARK = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=>])")
# Currencies without a smaller unit.
_WHOLE = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF", "XOF", "XPF"]
)


def plain(text: object) -> str:
    """Return text on one line, without control characters and without marks that turn its direction."""
    return str(one_line(str(text))).translate(_DIRECTION)


def markdown(text: object) -> str:
    """Return text that Markdown shows as it is: no table, link, heading, HTML or formula comes of it."""
    escaped = _MARKDOWN.sub(r"\\\1", plain(text))
    return _LIST_MARK.sub(lambda mark: f"{mark[1]}\\{mark[2]}" if mark[1] else f"\\{mark[3]}", escaped)


def money(amount: Decimal | None, currency: str | None) -> str:
    """Return an amount with its currency: "USD 1,500.00", or "open" when there is none."""
    if amount is None:
        return "open"
    number = f"{amount:,.0f}" if currency in _WHOLE and amount == amount.to_integral() else f"{amount:,.2f}"
    return f"{plain(currency)} {number}" if currency else number


def day(value: date | None) -> str:
    """Return a date as "Sat 12 Dec 2026"."""
    return f"{value:%a} {value.day} {value:%b %Y}" if value else "open"


def clock(value: time | None) -> str:
    """Return a time as "19:00"."""
    return f"{value:%H:%M}" if value else "open"


def number(value: float) -> str:
    """Return 9.6 for 9.600 and 12 for 12.0."""
    return f"{value:,.3f}".rstrip("0").rstrip(".")
