"""Whether a request changes the party spoken of or starts another one, and how the two readings become one.

"Plan a wedding for 30" or "Birthday for my son, 10 kids" starts afresh; "make it 80", "the menu, please"
and "what does that cost?" go on. A question that was asked once ("how much ice?") is not what the
conversation is about: a changed fact after it asks for the plan again.
What this does not cover: two parties in one request.
"""

import re

from alfred.brief.model import LONGEST_LIST, Asked, Brief
from alfred.brief.occasion import OCCASION_WORDS

_PARTY = rf"(?:party|event|celebration|bash|sleepover|{OCCASION_WORDS})"
_CHANGE = re.compile(
    r"\b(?:instead|rather|actually|make (?:it|that)|change|move|switch|turn it|update|keep|same"
    r"|as well|too|also)\b"
    rf"|\bthe (?:[\w-]+ )?{_PARTY}\b"
)
_ANOTHER = re.compile(
    rf"(?<!like )(?<!into )(?<!as )\b(?:a|an|another|one more|a new|my|our)\s+(?:(?!theme\b|menu\b"
    rf"|playlist\b|budget\b)[\w'-]+\s+){{0,4}}?{_PARTY}\b(?!\s+(?:theme|menu|music|playlist|cake))"
)
_HEADLINE = re.compile(rf"^\W*(?:[\w'-]+\s+){{0,2}}?{_PARTY}\b.*(?:\d|\bfor\b|\bin\b|\bat\b)", re.DOTALL)
_COUNTED = re.compile(
    r"\d+ (?:\w+ )?(?:guests?|people|kids|children|friends|adults|parents|persons|pax)\b|\bfor \d+\b"
    r"|\bin \w+|,"
)
_ASKED_ONCE: frozenset[Asked] = frozenset(("timing", "quantities", "cost", "search", "other"))
_PARTY_FACTS = ("guests", "date", "venue", "budget", "occasion")
_WORK_FACTS = frozenset(("tasks", "helpers"))
_ASKED_ON = re.compile(r"^\W*(?:and|what about|how about|what if)\b|\?\W*$")


def starts_afresh(text: str) -> bool:
    """Return whether a text in plain lower case describes another party than the one spoken of."""
    if _CHANGE.search(text):
        return False
    return bool(_ANOTHER.search(text) or (_HEADLINE.search(text) and _COUNTED.search(text)))


def goes_on(text: str, fields: dict[str, object], earlier: Brief) -> tuple[Asked, ...]:
    """Return what a follow-up asks for that changes facts and names no part."""
    once = _ASKED_ONCE.issuperset(earlier.asked)
    known = any(getattr(earlier, name) is not None for name in _PARTY_FACTS)
    changes = not _WORK_FACTS.issuperset(fields) and not _ASKED_ON.search(text)
    return ("plan",) if once and known and changes else earlier.asked


def merged(earlier: Brief | None, fields: dict[str, object]) -> dict[str, object]:
    """Return the fields of the new brief: what was said now over what was said before; wishes add up."""
    if earlier is None:
        return fields
    before = dict(earlier)
    wishes = (*(earlier.wishes or ()), *(fields.get("wishes") or ()))
    wishes = tuple(dict.fromkeys(wishes))[-LONGEST_LIST:]
    together = {**before, **fields, "wishes": wishes or None}
    if (together["children"] or 0) > (
        together["guests"] if together["guests"] is not None else together["children"] or 0
    ):
        together["children"] = None
    return together
