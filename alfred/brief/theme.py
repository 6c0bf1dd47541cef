"""The theme of the party: what stands at the word "theme" or before "-themed", or a known theme before "party".

What this does not cover: themes that are neither named so nor known.
"""

import re

from alfred.brief.passage import Passage
from alfred.brief.spelling import corrected
from alfred.brief.tables import either, words

THEMES = either(r"""
    super ?hero(?:es)?, villains?, masquerade, pirates?, princess, unicorn, dinosaur, casino, hawaiian, luau,
    great gatsby, gatsby, murder mystery, medieval, western, toga, space, jungle, safari, mermaid, fairy(?: ?tale)?,
    star wars, harry potter, disney, marvel, batman, tropical, zombie, vampire, wizard, ninja, robot, football,
    (?:19|20)?[2-9]0s
""")
PRAISE = words("great good best nice new cool fun lovely other another different same main overall")
NO_THEME_WORDS = words("""
    a an the our my your their this that its some any no party dinner birthday wedding what which whose with without of
    is as suggest give me recommend find choose pick prefer want need and for or plan have has in on idea change switch
    to use make it please menu music caterer propose by about like love host throw organise organize arrange prepare us
    i we forget drop remove yes ok okay actually guests people kids children adults friends be
""")
STOP_WORDS = either(
    "at, on, for, in, with, and, to, under, please, instead, by, from, next, this, is, party, rather, about"
)
STOP = rf"(?=\s*(?:$|[,;.!?\n|(]|(?:{STOP_WORDS})\b))"

_QUOTED = r"(?:'(?P<single>[^'\n]{2,80}?)'(?!\w)|\"(?P<double>[^\"\n]{2,80})\")"
_PARTY = either(r"party, parties, night, ball, birthday, dinner, evening, bash")
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_QUOTED}\s*(?:-\s*)?theme(?:d|s)?\b",
        rf"\btheme(?:d)?\s*(?:party\s*)?(?:is|:|=|of|will be|should be|to|as|around|on|called)*\s*{_QUOTED}",
        r"(?P<before>(?:[\w'&-]+\s+){0,3}?[\w'&]+)[\s-]+themed?\b(?!\s+(?:ideas?|suggestions?|options))",
        r"\bthemed?\s*(?:(?:is|of|will be|should be|to|as|around|on|:|=)\s*)+"
        rf"(?P<after>[\w'&-]+(?:\s+[\w'&-]+){{0,4}}?){STOP}",
        rf"\b(?P<known>(?:{THEMES})(?:\s+(?:{THEMES}))?)\s+(?:(?:birthday|dinner|costume|dance)\s+)?(?:{_PARTY})\b",
    )
)
_NO_THEME = re.compile(
    r"\b(?:no|forget|drop|remove|without|skip|scrap)\s+(?:the\s+|a\s+|any\s+|our\s+)?theme\b", re.IGNORECASE
)


def read_theme(passage: Passage) -> dict[str, object]:
    """Return the theme: as written when it looks like a title, else in lower case."""
    if _NO_THEME.search(passage.said):
        return {"theme": None}
    matches = (match for pattern in _PATTERNS for match in pattern.finditer(passage.said))
    themes = (_theme(next(filter(None, match.groups()), "")) for match in matches)
    theme = next(filter(None, themes), None)
    return {"theme": theme} if theme else {}


def _theme(phrase: str) -> str:
    """Return the theme at the end of a phrase: "" when none is left without the words of the sentence."""
    kept: list[str] = []
    for word in reversed(phrase.split()):
        if word.lower().strip(",'") in NO_THEME_WORDS or word.endswith(","):
            break
        kept.insert(0, word)
    while kept and kept[0] in PRAISE:
        kept.pop(0)
    title = len(kept) > 1 and all(word[0].isupper() or word[0].isdigit() for word in kept)
    theme = " ".join(kept).strip("'\"- ")
    return theme if title else corrected(theme.lower())
