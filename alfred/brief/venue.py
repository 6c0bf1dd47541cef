"""The place of the party, and whether it is outdoors.

A venue is a name or a known kind of place after "at", "in", "to" or "venue"; it keeps the host's spelling and loses
its article. A capitalised name that stands apart between commas is a venue when nothing else is. What this does not
cover: checking that a place exists.
"""

import re
from itertools import pairwise

from alfred.brief.dates import MONTH, WEEKDAYS
from alfred.brief.numbers import TEENS, TENS, UNITS
from alfred.brief.occasion import OCCASION_WORDS, PARTY
from alfred.brief.passage import Passage
from alfred.brief.tables import any_of, either, words
from alfred.brief.theme import STOP, THEMES

OPEN_AIR = words("""
    garden gardens backyard yard park beach lawn terrace patio meadow field orchard vineyard rooftop lakeside
""")
PLACES = either("""
    garden, gardens, backyard, yard, park, beach, lawn, terrace, patio, meadow, orchard, vineyard, rooftop, lake, pool,
    riverside, house, home, place, flat, apartment, loft, villa, mansion, manor, castle, palace, restaurant, hotel,
    hall, ballroom, barn, farm, pub, bar, club, cafe, café, bistro, office, school, museum, gallery, winery, boat,
    yacht, church, community centre, community center, town hall, village hall, church hall, community hall,
    banquet hall, library, theatre, theater, zoo, bowling alley, kitchen, living room, basement, gym, canteen, marquee,
    tent, batcave, cave, resort, estate, lodge, inn, brewery, leisure centre, leisure center, student union, clubhouse,
    function room, mine, hilton, marriott, hyatt, sheraton, ritz, savoy
""")
CITIES = either("""
    london, paris, rome, berlin, madrid, vienna, amsterdam, brussels, dublin, lisbon, zurich, geneva, milan, munich,
    hamburg, cologne, barcelona, prague, budapest, warsaw, athens, stockholm, oslo, copenhagen, helsinki, edinburgh,
    manchester, new york, los angeles, chicago, boston, san francisco, toronto, montreal, vancouver, sydney, melbourne,
    tokyo, delhi, mumbai, venice, florence, naples, lyon, bordeaux, gotham
""")
NO_PLACES = either(rf"""
    {MONTH}, {", ".join(WEEKDAYS)}, today, tomorrow, tonight, christmas, easter, halloween, english, french, german,
    spanish, italian, euros?, dollars?, usd, eur, gbp, chf, noon, midday, midnight, \d+\s*(?:am|pm|people|guests)
""")
NO_LIKELY_PLACES = either(f"""
    the, a, an, my, our, least, most, all, first, once, last, night, what, which, noon, midday, midnight, lunchtime,
    dinner, breakfast, lunch, some, any, work, max, about, around, this, that, half, quarter,
    {", ".join((*UNITS, *TEENS, *TENS))}
""")

HOMES = either("house, place, flat, apartment, garden, backyard")
NO_NAMES = either(f"""
    {OCCASION_WORDS}, {THEMES}, {PARTY}, theme, themed, menu, music, live, food, budget, black, open, vegans?,
    vegetarians?, halal, kosher, guests?, people, kids, children, adults, mr, mrs, ms, alfred, thanks?, regards, please
""")
NOT_BEFORE_NAMES = either("""
    thanks, thank you, regards, cheers, love, dear, hi, hello, hey, wife, husband, partner, son, daughter, mother, mum,
    mom, father, dad, brother, sister, boss, caterer, band, dj, name is, i am, i'm
""")
ELSEWHERE = either("lives?, living, lived, born, based, works?, working, made, is, are, was, won, happens?, time")

_DETERMINER = r"(?i:(?:(?:the|my|our|a|an|his|her|their|your)\s+)?)"
_NAME = r"[A-ZÀ-Þ][\w'&.-]*(?<!\.)"
_LINK = r"(?:of|the|de|la|le|du|des|di|del|and|&|am|an|der|d'|von|in)"
_NAMED = rf"(?:\d{{1,4}}[a-zA-Z]?\s+)?{_NAME}(?:\s+(?:{_LINK}\s+){{0,2}}{_NAME}){{0,5}}(?:\s+(?i:{PLACES})\b)?"
_PLACED = (
    r"(?i:(?:(?!(?:for|on|with|at|in|and|under|the|my|our)\b)[\w'-]+\s+){0,3}?"
    rf"(?:{PLACES})\b(?:\s+(?:hall|hotel|restaurant))?)"
)
_LABEL = r"\b(?:venue|location)(?:\s+is|\s*:)|\b(?:place|where)\s*:"
_AT = rf"(?i:\bat|@|\bin|\binside|\bvenue|\blocation|{_LABEL})"
_TO = r"(?i:\b(?:move|change|switch|shift)\s+(?:it|the party|the venue|this)?\s*(?:in)?to)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_AT}|(?i:\bto))\s+{_DETERMINER}(?P<venue>{_NAMED})",
        rf"(?:{_AT}|{_TO}|(?i:\bon|\bby))\s+{_DETERMINER}(?P<venue>{_PLACED}(?:\s+in\s+{_NAMED})?)",
        rf"(?:^|[,;.\n])\s*{_DETERMINER}(?P<venue>(?i:{PLACES}))\s*(?=$|[,;.\n])",
        rf"(?i:\bmy|\bour)\s+(?P<venue>{HOMES})(?=\s*(?:$|[,;.\n]|(?:no|with|on|from)\b))",
        rf"(?i:{_LABEL}|\bheld at|\bhosted at)\s*{_DETERMINER}(?P<venue>[\w'&-]+(?:\s+[\w'&-]+){{0,3}}?){STOP}",
    )
)
_CITY = re.compile(rf"\b(?:in|to)\s+(?P<venue>{CITIES})\b", re.IGNORECASE)
_A_CITY = any_of(CITIES, re.IGNORECASE)
_NAME_APART = re.compile(rf"\s*(?P<article>The\s+)?(?P<venue>{_NAMED})\s*")
_LIKELY = re.compile(rf"(?i:\bat)\s+(?P<venue>(?!(?i:{NO_LIKELY_PLACES})\b)[a-zà-ÿ'][\w']+(?:\s+[\w']+){{0,2}}?){STOP}")
_NO_PLACE = any_of(NO_PLACES, re.IGNORECASE)
_TWO_WORDS = re.compile(r"[^\W\d]\S*\s+\S")
_NO_NAME = any_of(f"{NO_NAMES}, {NO_PLACES}", re.IGNORECASE)
_BEFORE_OTHERS = re.compile(rf"\b(?:{NOT_BEFORE_NAMES})\s*$", re.IGNORECASE)
_LONGEST_VERB = 20
_ELSEWHERE = re.compile(rf"\b(?:{ELSEWHERE})\s+$", re.IGNORECASE)
_NO_VENUE = re.compile(r"\b(?:no|forget|drop|remove)\s+(?:(?:the|a|our)\s+)?(?:venue|location)\b", re.IGNORECASE)
_OUTSIDE = any_of("outdoors?, outside, open[- ]air, al fresco, alfresco, under the stars")
_INSIDE = any_of("indoors?, inside")


def read_venue(passage: Passage) -> dict[str, object]:
    """Return the venue and whether the party is outdoors."""
    if _NO_VENUE.search(passage.said):
        return {"venue": None}
    venue = _venue(passage.said)
    outdoors = _outdoors(passage.plain, venue)
    return ({"venue": venue} if venue else {}) | ({} if outdoors is None else {"outdoors": outdoors})


def _venue(said: str) -> str | None:
    """Return the first named or known place; of two that begin together the longer; else a likely one."""
    found = [match for pattern in _PATTERNS for match in pattern.finditer(said) if _is_place(match)]
    first = min(found, key=lambda match: (match.start("venue"), -len(match["venue"])), default=None)
    if first:
        return first["venue"].strip(" .")
    city = next(filter(_is_place, _CITY.finditer(said)), None)
    if city:
        return city["venue"].title()
    likely = next(filter(_is_place, _LIKELY.finditer(said)), None)
    return likely["venue"] if likely else _apart(said)


def _is_place(match: re.Match[str]) -> bool:
    words_before = match.string[max(0, match.start() - _LONGEST_VERB) : match.start()]
    return not (_NO_PLACE.match(match["venue"]) or _ELSEWHERE.search(words_before))


def _apart(said: str) -> str | None:
    """Return the first name that stands between commas or full stops: a city, or of two words, "The" among them."""
    for before, piece in pairwise(re.split(r"[,;.\n]", said)):
        match = _NAME_APART.fullmatch(piece)
        if not match or _NO_NAME.search(match["venue"]) or _BEFORE_OTHERS.search(before):
            continue
        if match["article"] or _TWO_WORDS.search(match["venue"]) or _A_CITY.fullmatch(match["venue"]):
            return match["venue"]
    return None


def _outdoors(plain: str, venue: str | None) -> bool | None:
    outside, inside = bool(_OUTSIDE.search(plain)), bool(_INSIDE.search(plain))
    if outside != inside:
        return outside
    return True if venue and not inside and venue.split()[-1].lower() in OPEN_AIR else None
