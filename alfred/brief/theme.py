"""The theme of the party: what stands at the word "theme" or before "-themed", or a known theme before "party".

What this does not cover: themes that are neither named so nor known.
"""

import re

from alfred.brief.occasion import OCCASION_WORDS
from alfred.brief.passage import GAP, Passage
from alfred.brief.spelling import corrected
from alfred.brief.tables import any_of, either, words

THEMES = either(r"""
    super ?hero(?:es)?, hero(?:es)?, villains?, sidekicks?, gotham, batman, superman, spider-?man, avengers,
    masquerade, pirates?, princess(?:es)?, unicorns?, dinosaurs?, mermaids?, fairy(?: ?tale)?, fairies, dragons?,
    knights?, wizards?, ninjas?, robots?, zombies?, vampires?, cowboys?, casino, hawaiian, luau, great gatsby, gatsby,
    james bond, hollywood, murder mystery, medieval, western, wild west, toga, space, jungle, safari, circus, carnival,
    mardi gras, oktoberfest, bollywood, under the sea, enchanted forest, winter wonderland, alice in wonderland,
    mad hatter, star wars, star trek, harry potter, lord of the rings, disney, frozen, marvel, minecraft, pok[eé]mon,
    lego, barbie, paw patrol, peppa pig, tropical, football, roaring (?:20s|twenties), (?:19|20)?[2-9]0s
""")
PRAISE = words("""
    great good best nice new cool fun lovely other another different same main overall creative original unusual
    interesting exciting suitable fitting more few
""")
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
_PARTY = either("party, parties, night, ball, birthday, dinner, evening, bash, brunch, sleepover")
_KIND = either("birthday, dinner, costume, dance, tea, garden, cocktail, fancy dress, office, christmas")
_CHANGE = either("go with, go for, make it, switch to, change (?:it )?to, turn it into")
_MANNER = r"(?:(?:futuristic|classic|retro|vintage|dark|neon|evil|tropical)\s+)?"
_KNOWN = rf"{_MANNER}(?:{THEMES})(?:\s+(?:{THEMES}))?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\btheme(?:\s+(?:is|of)|:)\s*(?P<known>{_KNOWN})\b",
        rf"{_QUOTED}\s*(?:-\s*)?theme(?:d|s)?\b",
        rf"\btheme(?:d)?\s*(?:party\s*)?(?:is|:|=|of|will be|should be|to|as|around|on|called)*\s*{_QUOTED}",
        r"(?P<before>(?:[\w'&-]+\s+){0,3}?[\w'&]+)[\s-]+themed?\b",
        r"\bthemed?\s*(?:(?:is|of|will be|should be|to|as|around|on|:|=)\s*)+"
        rf"(?P<after>[\w'&-]+(?:\s+[\w'&-]+){{0,4}}?){STOP}",
    )
)
_KNOWN_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<known>{_KNOWN})\s+(?:themed?\s+)?(?:(?:{_KIND})\s+){{0,2}}(?:{_PARTY})\b",
        rf"\b(?:{_PARTY})[\s,:-]+(?P<known>{_KNOWN})(?=\s*(?:$|[,;.\d]))",
        rf"\b(?:{_CHANGE})\s+(?:an?\s+)?(?P<known>{_KNOWN}){STOP}",
    )
)
_NO_THEME = re.compile(
    r"\b(?:no|forget|drop|remove|without|skip|scrap)\s+(?:the\s+|a\s+|any\s+|our\s+)?theme\b", re.IGNORECASE
)
_KNOWN_THEME = re.compile(_KNOWN, re.IGNORECASE)
_OCCASION = any_of(OCCASION_WORDS, re.IGNORECASE)


def read_theme(passage: Passage) -> dict[str, object]:
    """Return the theme: as written when it looks like a title, else in lower case.

    A title leaves the words that are still to be read: "Alice in Wonderland" names no place.
    """
    if _NO_THEME.search(passage.said):
        return {"theme": None}
    theme = _spoken(passage.said) or _known(passage.said)
    if not theme:
        return {}
    if " in " in theme:
        passage.said = re.sub(re.escape(theme), GAP, passage.said, flags=re.IGNORECASE)
    return {"theme": theme}


def _spoken(said: str) -> str:
    """Return what stands at the word "theme", "" when nothing does."""
    matches = (match for pattern in _PATTERNS for match in pattern.finditer(said))
    themes = (_without_sentence(next(filter(None, match.groups()), "")) for match in matches)
    return next(filter(None, themes), "")


def _known(said: str) -> str:
    match = next(filter(None, (pattern.search(said) for pattern in _KNOWN_PATTERNS)), None)
    return _written(match["known"]) if match else ""


def _without_sentence(phrase: str) -> str:
    """Return the theme at the end of a phrase: "" when none is left without the words of the sentence."""
    if _KNOWN_THEME.fullmatch(phrase):
        return _written(phrase)
    kept: list[str] = []
    for word in reversed(phrase.split()):
        if word.lower().strip(",'") in NO_THEME_WORDS or word.endswith(","):
            break
        kept.insert(0, word)
    while kept and kept[0] in PRAISE:
        kept.pop(0)
    theme = " ".join(kept)
    return "" if _OCCASION.fullmatch(theme) else _written(theme)


def _written(theme: str) -> str:
    """Return a title as it is written, other words in lower case."""
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in theme.split())
    theme = theme.strip("'\"- ")
    return theme if capitals > 1 else corrected(theme.lower())
