"""Lengths of time in words or digits, as minutes: "an hour and a half", "1h30", "45 min"."""

import re
from decimal import Decimal

from alfred.brief.numbers import amount

_HOUR = r"(?:hours?|hrs?|h)\b"
_MINUTE = r"(?:minutes?|mins?)\b"
_NUMBER = r"(?<![\w.,:/$£€-])(?:\d{1,4}(?:[.,]\d{1,2})?|\.5)"
PARTS = {"half": 30, "quarter": 15}

DURATION = (
    rf"(?:{_NUMBER}|\ban?)[\s-]*{_HOUR}\s+and\s+(?:a\s+)?(?:half|quarter)\b"
    rf"|{_NUMBER}\s+and\s+(?:a|1)\s+half\s+{_HOUR}"
    rf"|\bhalf\s+(?:an?\s+)?hour\b|(?:\b3\s+quarters|\b(?:a\s+)?quarter)\s+of\s+an\s+hour\b"
    rf"|{_NUMBER}\s*h\s?[0-5]\d\b"
    rf"|(?:{_NUMBER}|\ban?)[\s-]*{_HOUR}(?:(?:\s*,?\s*and)?\s*[0-5]?\d\s*{_MINUTE})?"
    rf"|(?:{_NUMBER}|\ba)[\s-]*{_MINUTE}"
)
_QUARTERS = re.compile(r"(3 )?quarters? of an hour|(?:a )?quarter of")
_HOURS = re.compile(rf"(\d+(?:[.,]\d+)?|\.5|\ban?)[\s-]*(?:{_HOUR}|h(?=\s?\d)|and (?:a|1) half {_HOUR})")
_MINUTES = re.compile(rf"(\d+(?:[.,]\d+)?|\ba)[\s-]*{_MINUTE}|h\s?([0-5]\d)\b")
_PART = re.compile(r"\band (?:a |1 )?(half|quarter)\b")


def minutes_of(duration: str) -> int:
    """Return the minutes of a text that matches `DURATION`."""
    if duration.startswith("half"):
        return 30
    if "quarter" in duration and "of" in duration:
        return 45 if duration.startswith("3") else 15
    part = _PART.search(duration)
    return _whole_hours(duration) + _odd_minutes(duration) + (PARTS[part[1]] if part else 0)


def _whole_hours(duration: str) -> int:
    hours = _HOURS.search(duration)
    return int(_count(hours[1]) * 60) if hours else 0


def _odd_minutes(duration: str) -> int:
    minutes = _MINUTES.search(duration)
    return int(_count(minutes[1] or minutes[2])) if minutes else 0


def _count(number: str) -> Decimal:
    return Decimal(1) if number.startswith("a") else amount(number)
