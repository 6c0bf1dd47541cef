"""What a request asks for: a whole plan, or one part of it.

The request is read as a row of marks: verbs that ask ("suggest", "which"), the party, parts of a party
("menu"). What the first verb governs is asked: "plan a party" is a plan, "prepare a menu for the party" a
menu. Questions of time, amounts and cost, and a look-up on the web, have their own words and come first.
What this does not cover: answering.
"""

import re

from alfred.brief.model import ASKED, Asked
from alfred.brief.occasion import OCCASION_WORDS

QUESTIONS: dict[Asked, str] = {
    "search": r"\bsearch\b(?! for (?:a|the) theme)|\bgoogle\b|\blook(?:ing)? up\b|\blook online\b"
    r"|\bbrowse\b|\bon the (?:web|internet)\b|\bfind online\b"
    r"|https?://|\bwww\.",
    "timing": r"\bhow long (?:will|does|do|would|until|before|is|it)\b|\bwhen (?:will|can|must"
    r"|should|do|does|would|could|are|is) (?:we|i|you|it|alfred|everything|the (?:party"
    r"|preparations?|house|work))\b"
    r"|\bwhat time\b|\bready (?:by|at|in|on|before)\b|\bbe ready\b|\bare we ready\b|\bin time\b"
    r"|\bon time\b|\btimeline\b|\bschedule\b",
    "quantities": r"\bhow (?:much|many) (?!(?:people|guests|kids|does|do|will|would|is|are|did|money"
    r"|can|per|should (?:it|this|that|we pay)|it|that|this)\b)"
    r"|\bquantit(?:y|ies)\b|\bshopping list\b|\bamounts? of\b|\benough (?:ice|wine|food|beer"
    r"|drinks)\b|\bwhat (?:do|should|must) (?:i|we) (?:need to |have to )?buy\b",
    "cost": r"\bcosts?\b(?! limit)|\bhow expensive\b|\bhow much (?:money|is|does|will|would|are|do "
    r"(?:we|i) pay|should (?:it|this|that|we pay)|it|that|this|per)\b|\bwhat is the price\b|\bprices?\b"
    r"|\bbreak ?down of the budget\b|\bbudget breakdown\b|(?:euros?|dollars?|pounds?|budget|money|\d"
    r"|€) (?:be )?enough\b",
}
PARTS: dict[Asked, str] = {
    "theme": r"themes?(?!d)(?=\W|$)",
    "menu": r"menus?|dishes|recipes?|canapes|canapés|food ideas?|what (?:should|can|could|do|shall) "
    r"(?:we|i|you) (?:serve|eat|cook|offer)|finger food ideas?",
    "caterer": r"cater\w*",
    "music": r"play ?lists?|music|songs?|soundtrack|dj set",
    "other": r"poem|joke|story|essay|speech|toast|lyrics|python|javascript|code|translate"
    r"|translation|weather|capital of|email|invitations?",
}
_PLANNING = (
    "plan|organi[sz]e|arrange|throw|host|prepare|need|want|create|make|design|give|set up|help with|put together"
)
_ASKING = (
    "suggest|recommend|find|choose|pick|propose|get|book|hire|which|what|what's|who|best|compile"
    "|build|draft|help|like|love"
    "|show|tell|list|write|looking for|any|(?:can|could|may) (?:i|we) have"
)
_PLAN = (
    r"(?:whole|full|complete|entire|party|detailed|a) plan\b"
    r"|\bplan (?:it|this|that|everything|all of it|one|please)\b"
)
_PARTY = rf"part(?:y|ies)|event|celebration|bash|get-together|sleepover|{OCCASION_WORDS}"
_MARK = re.compile(
    rf"(?P<plan>\b(?:{_PLAN}))|(?P<change>\b(?:make|change|keep|update|adapt|adjust) (?:the|our|my|its)\b)"
    + "".join(rf"|(?P<{part}>\b(?:{words})\b)" for part, words in PARTS.items())
    + rf"|(?P<party>\b(?:{_PARTY})\b(?!'s))|(?P<planning>\b(?:{_PLANNING})\b)|(?P<asking>\b(?:{_ASKING})\b)"
    r"|(?P<stop>\b(?:with|including|having|featuring)\b)|(?P<link>\b(?:for|of|at|to|in|from|about"
    r"|before|during|on)\b)|(?P<end>[.?!;\n])"
)
_STATEMENT = re.compile(
    r"\b(?:i|we)(?:'d| would)? (?:want|like|plan|hope|love|need|have|are going) to (?:host|throw"
    r"|have|organi[sz]e|plan|give)\b"
)
_THEMED = re.compile(r"[\w'-]+[\s-]+theme\b")


def read_asked(text: str, theme: bool) -> tuple[Asked, ...]:
    """Return what a text in plain lower case asks for, in the fixed order; empty when it asks for nothing.

    theme says whether the text names the theme: then the word "theme" asks for none.
    """
    marks = [(match.lastgroup, match) for match in _MARK.finditer(text)]
    plans, parts = _governed(marks)
    parts = parts or ([] if plans else _headline(marks))
    if theme and not re.search(r"\bthemes\b|\btheme ideas?\b", text):
        parts = [part for part in parts if part != "theme"]
    if plans and not (_STATEMENT.search(text) and parts):
        return ("plan",)
    questions = [part for part, words in QUESTIONS.items() if re.search(words, text)]
    asked = questions[:1] if questions else parts
    return tuple(part for part in ASKED if part in asked)


def speaks_of_party(text: str) -> bool:
    """Return whether a text in plain lower case speaks of a party at all."""
    return bool(re.search(rf"\b(?:{_PARTY}|guests?)\b", text))


def _governed(marks: list[tuple[str, re.Match[str]]]) -> tuple[bool, list[str]]:
    """Return whether a verb that asks governs a party or a plan, and the parts that such verbs govern."""
    plans, parts, verb, link, stop = False, [], "", False, False
    for kind, _ in marks:
        if kind == "plan":
            plans = True
        elif kind in {"planning", "asking"}:
            verb, link, stop = kind, False, False
        elif kind in {"end", "change"}:
            verb = ""
        elif kind in {"link", "stop"}:
            link, stop = True, stop or kind == "stop"
        elif kind == "party" and verb == "planning" and not link and not parts:
            plans, verb = True, ""
        elif kind in PARTS and verb and not stop:
            parts.append(kind)
    return plans, parts


def _headline(marks: list[tuple[str, re.Match[str]]]) -> list[str]:
    """Return the parts that a request without a verb names before it speaks of the party: "playlist for a party"."""
    parts = []
    for kind, _ in marks:
        if kind in {"party", "stop", "change"}:
            break
        if kind in PARTS:
            parts.append(kind)
    return parts
