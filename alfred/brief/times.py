"""When the party starts and how long it lasts.

A bare hour ("at 7") is a party's hour: 1 to 8 are after noon, 9 to 11 before noon unless the request
speaks of an evening, 12 is noon; with breakfast or brunch every bare hour is before noon. "Right now" is
never the start of a party. What this does not cover: time zones.
"""

import re
from datetime import datetime, time, timedelta

from alfred.brief.durations import DURATION, minutes_of
from alfred.brief.model import MOST_HOURS, Brief
from alfred.brief.passage import Passage

DAY = 24 * 60
NAMED_TIMES = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
PAST = {"half past": 30, "half": 30, "quarter past": 15, "quarter to": -15}
PARTS_OF_DAY = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}

_MERIDIEM = r"(?:am|pm|a\.m\.?|p\.m\.?)(?!\w)"
_PART_OF_DAY = r"\s+(?:in the|this|at)\s+(?:morning|afternoon|evening|night)\b"
_MINUTES = r"[0-5]\d(?!\d)"
_HOUR = r"(?<![\w.,:/$£€])(?:2[0-4]|[01]?\d)"
_PAST = r"(?:half past|quarter past|quarter to)\s+"
_MARKED = (
    rf"\b(?:noon|midday|midnight)\b|{_PAST}{_HOUR}(?!\d)(?:\s*{_MERIDIEM}|{_PART_OF_DAY})?"
    rf"|{_HOUR}(?:[:.]{_MINUTES})?\s*{_MERIDIEM}|{_HOUR}:{_MINUTES}(?:\s*{_MERIDIEM}|{_PART_OF_DAY})?"
    rf"|{_HOUR}(?:[.:]{_MINUTES})?\s*(?:uhr\b|o'?\s?clock\b(?:{_PART_OF_DAY})?)|{_HOUR}{_PART_OF_DAY}"
    rf"|(?<![\w.,:/-])(?:1[3-9]|2[0-3])h(?:{_MINUTES})?\b"
)
_BARE = (
    rf"{_HOUR}(?:[.h]{_MINUTES})?(?!\d)h?(?!\s*(?:[%€$£-]|\w*\s?(?:guests|people|kids|children"
    rf"|adults|euros|dollars)))"
)
_ANY = rf"(?:half\s+{_BARE}|{_MARKED}|{_BARE})"
_END_WORDS = "sharp|on|for|in|with|at|till|until|til|to|this|next|and|or|but|instead|please|tonight|tomorrow"
_END = rf"(?=\s*(?:$|[,;.!?|)\n]|(?:{_END_WORDS})\b))"

_RANGE = re.compile(
    rf"(?:\b(?:from|between|at)\s+)?(?P<first>{_MARKED}|{_HOUR})\s*(?:-|to|until|till|til|and)\s*"
    rf"(?P<last>{_MARKED})"
)
_FROM_TO = re.compile(
    rf"(?<!guests )(?<!people )\b(?:from\s+(?P<first>{_ANY})\s*(?:-|to|until|till|til)|between\s+"
    rf"(?P<first_>{_ANY})\s*and)\s*"
    rf"(?P<last>{_ANY}){_END}"
)
_MARKED_RANGE = re.compile(rf"(?P<first>{_MARKED})\s*(?:-|to|until|till|til)\s*(?P<last>{_ANY})(?!\s*hours?)")
_UNTIL = re.compile(
    rf"\b(?:till|until|til|ends? at|ending at|finish(?:es|ing)? (?:at|by))\s+"
    rf"(?P<last>{_ANY})"
)
_WORK = re.compile(
    rf"\b(?:if )?(?:we|i|you|alfred|they)(?:'d)? (?:can |will |only |could )?(?:start|begin)(?:s"
    rf"|ing)? (?:work |preparing )?(?:only )?(?:at|by|from) {_ANY}"
)
_START = re.compile(rf"(?:\b(?:at|from|by|around|about)\s+|@\s*)?(?P<first>{_MARKED})")
_BARE_START = re.compile(
    rf"(?:\b(?:at|from|around|starts?|starting|begins?)\s+|@\s*)(?P<first>(?:half\s+)?{_BARE}){_END}"
)

_TILL = re.compile(rf"(?<!for )(?<!of )(?P<first>{_BARE})\s*(?:until|till|til)\s+(?P<last>{_ANY})(?!\s*hours?)")
_SOON = re.compile(
    r"\b(?:party|event|dinner|celebration|guests|it|everybody|everyone)\s+"
    r"(?:(?:is|are|will|should|starts?|begins?|comes?|arrives?|coming|starting|kicks? off)\s+)*in\s+"
    rf"(?P<duration>{DURATION})"
)
_LASTS = re.compile(
    rf"(?<!in )(?<!within )(?<!every )(?<!about )(?:\b(?:for|lasts?|lasting|during|over|takes?)\s+)?"
    rf"(?:(?:for|about|around|roughly)\s+)?"
    rf"(?P<duration>{DURATION})(?!\s+(?:before|after|later|earlier|ago|away|from|drive|notice|longer"
    rf"|shorter|more|less|each))"
)
_SHIFT = re.compile(rf"\b(?:by\s+)?(?P<duration>{DURATION})\s+(?P<way>later|earlier|longer|shorter|more)\b")

_PUSH = re.compile(
    rf"\b(?:push|move|bring|put) (?:it |the (?:party|start) )?(?P<way>back|forward) by (?P<duration>{DURATION})"
)

_MORNING = re.compile(r"\b(?:breakfast|brunch|morning)\b")
_EVENING = re.compile(r"\b(?:dinner|evening|night|tonight|ball|gala|supper|club|disco)\b")


def read_times(passage: Passage, earlier: Brief | None) -> dict[str, object]:
    """Return start and hours as far as they were said; the start of the work becomes a wish."""
    work = passage.take(_WORK)
    fields = {"wishes": (work[0].removeprefix("if "),)} if work else {}
    if earlier:
        fields |= _shifted(passage, earlier)
    return fields | _range(passage) | _start(passage, earlier)


def read_soon(passage: Passage, now: datetime) -> dict[str, object]:
    """Return date and start of a party that is said to begin "in 2 hours"."""
    match = passage.take(_SOON)
    if match is None:
        return {}
    begin = now + timedelta(minutes=minutes_of(match["duration"]))
    return {"date": begin.date(), "start": begin.time()}


def read_hours(passage: Passage) -> dict[str, object]:
    """Return the hours of the party from a length such as "for 4 hours"."""
    match = passage.take(_LASTS)
    if match is None:
        return {}
    hours = minutes_of(match["duration"]) / 60
    return {"hours": hours} if 0 < hours <= MOST_HOURS else {}


def _range(passage: Passage) -> dict[str, object]:
    for pattern in (_RANGE, _FROM_TO, _MARKED_RANGE, _TILL):
        match = passage.take(pattern)
        if match:
            first = match["first"] or match["first_"]
            return _from_to(_readings(first, passage.plain), _readings(match["last"], passage.plain))
    return {}


def _start(passage: Passage, earlier: Brief | None) -> dict[str, object]:
    until = passage.take(_UNTIL)
    start = passage.take(_START) or passage.take(_BARE_START)
    begins = _readings(start["first"], passage.plain)[:1] if start else []
    fields = {"start": _clock(begins[0])} if begins else {}
    if not begins and until and earlier and earlier.start:
        begins = [earlier.start.hour * 60 + earlier.start.minute]
    if begins and until:
        fields |= {"hours": _from_to(begins, _readings(until["last"], passage.plain))["hours"]}
    return fields


def _from_to(firsts: list[int], lasts: list[int]) -> dict[str, object]:
    """Return the start and the hours of the shortest party between the possible times; the usual start wins a tie."""
    minutes, first = min(
        (((last - first) % DAY or DAY, first) for first in firsts for last in lasts),
        key=lambda pair: (pair[0], firsts.index(pair[1])),
    )
    return {"start": _clock(first), "hours": minutes / 60}


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _readings(clock: str, context: str) -> list[int]:
    """Return what a time of day may mean, in minutes after midnight, the likeliest first."""
    if clock in NAMED_TIMES:
        return [NAMED_TIMES[clock]]
    hour, minute = re.search(r"(\d{1,2})(?:[:.h](\d\d))?", clock).groups()
    past = next((shift for words, shift in PAST.items() if clock.startswith(words)), 0)
    minutes = int(hour) % 24 * 60 + int(minute or 0) + past
    half = _half_of_day(clock)
    if half:
        return [(minutes % (DAY // 2) + (DAY // 2 if half == "pm" else 0)) % DAY]
    if int(hour) > 12 or hour.startswith("0"):
        return [minutes % DAY]
    return _likeliest_first(int(hour), minutes, context)


def _half_of_day(clock: str) -> str | None:
    if meridiem := re.search(r"([ap])\.?m", clock):
        return meridiem[1] + "m"
    return next((half for part, half in PARTS_OF_DAY.items() if part in clock), None)


def _likeliest_first(hour: int, minutes: int, context: str) -> list[int]:
    other = (minutes + DAY // 2) % DAY
    after_noon = hour <= 8 or (hour < 12 and bool(_EVENING.search(context)))
    return [other, minutes] if after_noon and not _MORNING.search(context) else [minutes, other]


def _shifted(passage: Passage, earlier: Brief) -> dict[str, object]:
    match = passage.take(_SHIFT) or passage.take(_PUSH)
    if match is None:
        return {}
    minutes = minutes_of(match["duration"]) * (-1 if match["way"] in {"earlier", "forward", "shorter"} else 1)
    if match["way"] in {"later", "back", "earlier", "forward"} and earlier.start:
        start = datetime.combine(earlier.now, earlier.start) + timedelta(minutes=minutes)
        return {"start": start.time()}
    if match["way"] in {"longer", "shorter", "more"} and earlier.hours:
        return {"hours": max(earlier.hours + minutes / 60, 0.25)}
    return {"wishes": (match[0],)}
