"""The day of the party, from the ways people write a date, relative to `now`.

Phrases that look like a day are found by pattern and only those go to dateparser, which is slow on whole
texts. A weekday, with or without "next" or "this", is the first such day after today. 5/6/2027 is 5 June,
day first, unless the request is spelt the American way (`AMERICAN`); 12/25/2026 can only be 25 December. A
month, a week or a weekend is no day: it becomes a wish. What this does not cover: holidays that move, such
as Easter.
"""

import re
from datetime import date, datetime, timedelta

import dateparser

from alfred.brief.passage import Passage

AMERICAN = re.compile(
    r"\b(?:colors?|favorite|mom|mommy|neighbors?|flavors?|theater|center|potluck"
    r"|y'all|gray|usa)\b"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMED_DAYS = {
    "new year's eve": "31 December",
    "new years eve": "31 December",
    "new year's day": "1 January",
    "christmas eve": "24 December",
    "christmas day": "25 December",
    "boxing day": "26 December",
    "valentine's day": "14 February",
    "st patrick's day": "17 March",
    "on halloween": "31 October",
    "for halloween": "31 October",
    "the day after tomorrow": "in 2 days",
    "day after tomorrow": "in 2 days",
    "tonight": "today",
    "this evening": "today",
    "this afternoon": "today",
}
ORDINALS = {
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
    "eleventh": "11th",
    "twelfth": "12th",
    "fifteenth": "15th",
    "twentieth": "20th",
}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "month": 28}
YEARS_AHEAD = 50

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?"
    r"(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_ALONE = r"(?<![\w./$£€-])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
_YEAR = r"(?:,?\s*20\d\d\b(?!\s*(?:guests|people)))?"
_COUNTED = r"(?!\s*(?:\w+ )?(?:guests|people|persons|pax|friends|kids|children|adults|of us)\b)"
_PERIOD = r"(?:days?|weeks?|fortnights?|months?|years?)"
_SHORT_DAYS = r"mon|tues?|wed|thur?s?|fri|sat|sun"

_DAY_RANGE = re.compile(rf"{_ALONE}({_DAY})\s*(?:-|to)\s*{_DAY}(?=\s+(?:of\s+)?{MONTH})")
_FROM_NOW = re.compile(rf"\b(\d{{1,3}}|an?) ({_PERIOD}) from (?:now|today)\b")
_ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\b(?=\s+(?:of\s+)?{MONTH})")
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ALONE}20\d\d-\d{{1,2}}-\d{{1,2}}(?!\d)",
        rf"{_ALONE}\d{{1,2}}([./-])\d{{1,2}}\1(?:20)?\d\d(?!\d)",
        rf"{_ALONE}{_DAY}\s+(?:of\s+)?{MONTH}{_YEAR}",
        rf"\b{MONTH}\s+(?:the\s+)?{_DAY}{_COUNTED}{_YEAR}",
        rf"(?:(?<=\bon )|(?!(?:1/2|[12]/3|[13]/4)\b)){_ALONE}\d{{1,2}}/\d{{1,2}}(?![\d/])",
        rf"{_ALONE}\d{{1,2}}\.\s?\d{{1,2}}\.(?!\d)",
        r"\b(?:" + "|".join(map(re.escape, NAMED_DAYS)) + r")\b",
        r"\b(?:today|tomorrow)\b",
    )
)
_AHEAD = re.compile(
    rf"\bin\s+(?:\d{{1,3}}|an?)\s+{_PERIOD}(?:'s?)?(?:\s+time)?\b|\b(?:\d{{1,3}}"
    rf"|an?)\s+{_PERIOD}\s+from\s+tomorrow\b"
)
_WEEKDAY = re.compile(
    r"(?<!every )(?<!a )(?<!any )(?<!black )\b(?P<week_on>(?:a )?week on )?(?:(?:on|this|next|coming"
    r"|the|for) )*"
    rf"(?:(?P<day>{'|'.join(WEEKDAYS)})\b"
    rf"|(?:(?<=on )|(?<=next )|(?<=this )|(?<=to )|(?<=, )|(?<=\| ))(?P<short>{_SHORT_DAYS})\b"
    rf"|\b(?P<timed>{_SHORT_DAYS})(?= (?:at|night|evening|\d{{1,2}}(?::\d\d)? ?[ap]m)\b))"
    r"(?P<week> week\b)?"
)
_DAY_OF_MONTH = re.compile(
    rf"\b(?:on|for|to|{'|'.join(WEEKDAYS)}),? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b"
    r"(?!\s*(?:birthday|anniversary|floor|year|grade|street|century|wedding))"
)
_VAGUE = re.compile(
    rf"\b(?:sometime in|in|early|late|mid|during|next|end of)[ -]{MONTH}(?: 20\d\d)?(?!\s*\d)"
    r"|\b(?:this|next|over the|at the|some) (?:weekend|week|month|year|summer|winter|spring|autumn)\b"
)
_SHIFT = re.compile(
    rf"\b(?P<count>\d{{1,3}}|an?) (?P<period>{'|'.join(DAYS_IN)})s? (?P<way>later|earlier|sooner)\b"
    r"|\bthe (?:following|next) (?P<next>day)\b|\bthe day (?P<side>after|before)\b"
)


def read_date(passage: Passage, now: datetime, earlier: date | None) -> dict[str, object]:
    """Return the date that was said, or a wish where only a month or a week was.

    earlier is the date of the brief that a follow-up changes: "move it to Sunday" means the Sunday next to it.
    """
    passage.rest = _ORDINAL.sub(lambda match: ORDINALS[match[1]], passage.rest)
    passage.rest = _DAY_RANGE.sub(r"\1", passage.rest)
    passage.rest = _FROM_NOW.sub(r"in \1 \2", passage.rest)
    day = (
        _written(passage, now)
        or _shifted(passage, earlier)
        or _day_of_month(passage, now.date())
        or _on_weekday(passage, now.date(), _ahead(passage, now), earlier)
    )
    vague = passage.take(_VAGUE)
    if day:
        return {"date": day}
    return {"wishes": (vague[0],)} if vague else {}


def _written(passage: Passage, now: datetime) -> date | None:
    order = "MDY" if AMERICAN.search(passage.plain) else "DMY"
    for pattern in _WRITTEN:
        match = passage.take(pattern)
        day = _parsed(_spelt(match[0]), now, order) if match else None
        if day:
            return day
    return None


def _spelt(phrase: str) -> str:
    """Return a phrase as dateparser takes it: it reads "12.12." as a time of day."""
    return NAMED_DAYS.get(phrase) or re.sub(r"^(\d{1,2})\.\s?(\d{1,2})\.$", r"\1/\2", phrase)


def _ahead(passage: Passage, now: datetime) -> date | None:
    match = passage.take(_AHEAD)
    return _parsed(match[0], now, "DMY") if match else None


def _parsed(phrase: str, now: datetime, order: str) -> date | None:
    settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": order}
    moment = dateparser.parse(phrase, languages=["en"], settings=settings)
    return moment.date() if moment and abs(moment.year - now.year) <= YEARS_AHEAD else None


def _shifted(passage: Passage, earlier: date | None) -> date | None:
    match = passage.take(_SHIFT) if earlier else None
    if match is None:
        return None
    days = DAYS_IN[match["period"] or "day"] * (int(match["count"]) if (match["count"] or "a").isdigit() else 1)
    back = match["way"] in {"earlier", "sooner"} or match["side"] == "before"
    return earlier + timedelta(days=-days if back else days)


def _day_of_month(passage: Passage, today: date) -> date | None:
    match = passage.take(_DAY_OF_MONTH)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return None
    days = (today + timedelta(days=ahead) for ahead in range(62))
    return next(day for day in days if day.day == int(match["day"]))


def _on_weekday(passage: Passage, today: date, ahead: date | None, earlier: date | None) -> date | None:
    match = passage.take(_WEEKDAY)
    if match is None:
        return ahead
    said = match["day"] or match["short"] or match["timed"]
    weekday = next(at for at, name in enumerate(WEEKDAYS) if name.startswith(said[:3]))
    if ahead or earlier:
        return nearest_weekday(weekday, ahead or earlier, today)
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return coming + timedelta(days=7 if match["week"] or match["week_on"] else 0)


def nearest_weekday(weekday: int, day: date, today: date) -> date:
    """Return the weekday (Monday is 0) nearest to a day, but not before today."""
    around = (day + timedelta(days=shift) for shift in (0, 1, -1, 2, -2, 3, -3))
    near = next(near for near in around if near.weekday() == weekday)
    return near if near >= today else today + timedelta(days=(weekday - today.weekday()) % 7)
