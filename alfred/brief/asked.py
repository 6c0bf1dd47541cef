"""What a request asks for: a whole plan, or one part of it.

The request is read as a row of marks: verbs that ask ("suggest", "which"), the party, parts of a party
("menu"). What the first verb governs is asked: "plan a party" is a plan, "prepare a menu for the party" a
menu. Questions of time, amounts and cost, and a look-up on the web, have their own words and come first.
What this does not cover: answering.
"""

import re

from alfred.brief.model import ASKED, Asked
from alfred.brief.occasion import OCCASION_WORDS
from alfred.brief.tables import any_of, either

_PAYING = either(
    "money, is, does, will, would, are, do we pay, do i pay, should it, should we pay, it, that, this, per"
)
_NO_AMOUNT = rf"{_PAYING}|people|guests|kids|did|can"
QUESTIONS: dict[Asked, str] = {
    "search": either(r"""
        \bsearch\b(?! for (?:a|the) theme), \bgoogle\b, \blook(?:ing)? up\b, \blook online\b, \bbrowse\b,
        \bon the (?:web|internet)\b, \bfind online\b, https?://, \bwww\.
    """),
    "timing": either(r"""
        \bhow long (?:will|does|do|would|until|before|is|it)\b,
        \bwhen (?:will|can|must|should|do|does|would|could|are|is) (?:we|i|you|it|alfred|everything)\b,
        \bwhen (?:will|can|must|should|does|would|could|is) the (?:party|preparations?|house|work)\b,
        \bwhat time\b, \bready (?:by|at|in|on|before)\b, \bbe ready\b, \bare we ready\b, \bin time\b, \bon time\b,
        \btimeline\b, \bschedule\b
    """),
    "quantities": either(rf"""
        \bhow (?:much|many) (?!(?:{_NO_AMOUNT})\b), \bquantit(?:y|ies)\b, \bshopping list\b, \bamounts? of\b,
        \benough (?:ice|wine|food|beer|drinks)\b, \bwhat (?:do|should|must) (?:i|we) (?:need to |have to )?buy\b
    """),
    "cost": either(rf"""
        \bcosts?\b(?! limit| [$£€]? ?\d), \bhow expensive\b, \bhow much (?:{_PAYING})\b, \bprices?\b,
        \bbreak ?down of the budget\b, \bbudget breakdown\b,
        (?:euros?|dollars?|pounds?|budget|money|\d|€) (?:be )?enough\b, \bprice (?:up|out)\b
    """),
}
PARTS: dict[Asked, str] = {
    "theme": r"themes?(?!d)(?=\W|$)(?! (?:party|dinner|birthday|night|evening|(?:is|should be|will be|to be)\b))",
    "menu": either("""
        menus?, dishes, recipes?, canapes, canapés, (?:finger )?food ideas?,
        (?:what|which) (?:kind of )?(?:food )?(?:should|can|could|do|shall) (?:we|i|you) (?:serve|eat|cook|offer)
    """),
    "caterer": r"cater\w*|who (?:can|could|will|would) (?:do|make|provide|cook) (?:the|our|my) food",
    "music": either("play ?lists?, music, songs?, soundtrack, dj set"),
    "other": either("""
        poem, joke, story, essay, speech, toast, lyrics, python, javascript, code, translate, translation, weather,
        capital of, email, invitations?
    """),
}
_PLANNING = either("""
    plan, organi[sz]e, arrange, throw, host, prepare, need, want, create, make, design, give, set up, help with,
    put together
""")
_ASKING = either("""
    suggest, recommend, find, choose, pick, propose, get, book, hire, which, what, what's, who, best, compile, build,
    draft, help, like, love, show, tell, list, write, looking for, any, (?:can|could|may) (?:i|we) have
""")
_PLAN = (
    r"(?:whole|full|complete|entire|party|detailed|a) plan\b"
    r"|\bplan (?:it|this|that|everything|all of it|one|please)\b"
)
_PARTY = rf"part(?:y|ies)|event|celebration|bash|get-together|sleepover|{OCCASION_WORDS}"
_NAMED_PART = either("menus?, dishes, recipes?, cater(?:er|ers|ing), play ?lists?, music, songs?, soundtrack, themes?")
_LINK = either("for, of, at, to, in, from, about, before, during, on")
_MARK = re.compile(
    "|".join(
        (
            rf"(?P<plan>\b(?:{_PLAN}))",
            r"(?P<change>\b(?:make|change|keep|update|adapt|adjust) (?:the|our|my|its|it|that)\b)",
            *(rf"(?P<{part}>\b(?:{words})(?:\b|$))" for part, words in PARTS.items()),
            rf"(?P<party>\b(?:{_PARTY})\b(?!'s| (?:{_NAMED_PART})\b))",
            rf"(?P<planning>\b(?:{_PLANNING})\b)",
            rf"(?P<asking>\b(?:{_ASKING})\b)",
            r"(?P<stop>\b(?:with|including|having|featuring)\b)",
            rf"(?P<link>\b(?:{_LINK})\b)",
            r"(?P<end>[.?!;\n])",
        )
    )
)
_STATEMENT = re.compile(
    r"\b(?:i|we)(?:'d| would)? (?:want|like|plan|hope|love|need|have|are going) "
    r"to (?:host|throw|have|organi[sz]e|plan|give)\b"
)
_THEME_IDEAS = any_of("themes, theme (?:ideas?|suggestions?|options?)")
_SPOKEN_OF = any_of(rf"{_PARTY}, guests?")


def read_asked(text: str, theme: bool) -> tuple[Asked, ...]:
    """Return what a text in plain lower case asks for, in the fixed order; empty when it asks for nothing.

    theme says whether the text names the theme: then the word "theme" asks for none unless a verb governs it.
    """
    marks = [(match.lastgroup, match) for match in _MARK.finditer(text)]
    plans, parts = _governed([kind for kind, _ in marks], theme)
    parts = parts or ([] if plans else _headline([kind for kind, _ in marks], theme and not _THEME_IDEAS.search(text)))
    if theme and "instead" in text:
        parts = [part for part in parts if part != "theme"]
    if plans and not (_STATEMENT.search(text) and parts):
        return ("plan",)
    questions = [part for part, words in QUESTIONS.items() if re.search(words, text)]
    asked = questions[:1] if questions else parts
    return tuple(part for part in ASKED if part in asked)


def speaks_of_party(text: str) -> bool:
    """Return whether a text in plain lower case speaks of a party at all."""
    return bool(_SPOKEN_OF.search(text))


def _governed(kinds: list[str], theme: bool) -> tuple[bool, list[str]]:
    """Return whether a verb that asks governs a party or a plan, and the parts that such verbs govern.

    A theme that is named after another part describes the party: "a menu for a dinner, villain theme".
    """
    plans, parts, verb, link, stop = False, [], "", False, False
    for kind in kinds:
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
        elif kind in PARTS and verb and not stop and not (kind == "theme" and theme and link and parts):
            parts.append(kind)
    return plans, parts


def _headline(kinds: list[str], theme: bool) -> list[str]:
    """Return the parts that a request without a verb names before it speaks of the party: "playlist for a party"."""
    parts = []
    for kind in kinds:
        if kind in {"party", "stop", "change"}:
            break
        if kind in PARTS and not (kind == "theme" and theme):
            parts.append(kind)
    return parts
