"""What a host wishes beyond the facts: "cheaper", "something with live jazz", "a bouncy castle".

What this does not cover: judging whether a wish can be met.
"""

import re

from alfred.brief.model import LONGEST_TEXT
from alfred.brief.passage import Passage

_COMPARATIVES = (
    "cheaper|fancier|simpler|bigger|smaller|shorter|longer|quieter|louder|healthier|spicier|lighter"
    "|funnier|classier|cosier|cozier"
    "|(?:more|less) (?:elegant|formal|casual|fun|relaxed|expensive|fancy|festive|romantic|colourful"
    "|colorful|traditional|modern|sophisticated)"
)
_ENDS = r"(?=\s*(?:$|[,;.!?|\n]| and (?:a|no|the|we|i|please)\b| for \d| at \d| on \w+day| under))"
_WISHES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_COMPARATIVES})\b",
        rf"\bsomething (?:with |more |less |that |like )?[^,;.!?|\n]{{2,80}}?{_ENDS}",
        rf"(?<=\bwith )(?:a|an|live|some|lots of|plenty of) (?!budget|total|vegan|vegetarian|theme"
        rf"|max)[^,;.!?|\n]{{2,60}}?{_ENDS}",
        r"\blive (?:music|jazz|band|dj)\b",
        r"\b(?:kid|child|family|wheelchair|budget|dog)[- ]?friendly\b|\b(?:wheelchair"
        r"|step-free) access\b|\bblack tie\b|\bstep-free\b",
    )
)
_NOT_WISHES = re.compile(
    r"\b(?:theme|budget|menu|playlist|people|guests|allerg\w*|intoler\w*|helpers?|(?:vege\w*|vegan)s?)\b"
)
_TALK = re.compile(
    r"^(?:thanks?(?: you)?|thx|ok(?:ay)?|great|perfect|hello|hi|hey|good (?:morning|evening)|bye|yes"
    r"|no|please|cool|nice)\b[^\w]*(?:\w+[^\w]*){0,3}$"
)
_QUESTION = re.compile(
    r"\?\s*$|^(?:who|what|when|where|why|how|which|is|are|can|could|do|does|did|will|would|should"
    r"|tell me|write|explain|translate)\b"
)


def read_wishes(passage: Passage) -> dict[str, object]:
    """Return the wishes in what no other reader has taken."""
    wishes: list[str] = []
    for pattern in _WISHES:
        for match in passage.take_all(pattern):
            if not _NOT_WISHES.search(match[0]):
                wishes.append(match[0].strip())
    return {"wishes": tuple(wishes)} if wishes else {}


def is_question(text: str) -> bool:
    """Return whether a text in plain lower case is a question or a command to tell something."""
    return bool(_QUESTION.search(text))


def whole_wish(passage: Passage) -> dict[str, object]:
    """Return a short follow-up that says no fact, asks nothing and is no small talk as one wish."""
    text = passage.plain.strip(" .!,")
    letters = sum(letter.isalpha() for letter in text)
    if letters < 3 or len(text) > LONGEST_TEXT or _TALK.search(text) or is_question(passage.plain):
        return {}
    return {"wishes": (text,)}
