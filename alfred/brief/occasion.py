"""The occasion of the party: a phrase of known words, such as "birthday dinner" or "formal".

A celebration outranks a meal, and a meal outranks a style. What this does not cover: occasions that are no
known word.
"""

import re

from alfred.brief.model import Brief
from alfred.brief.passage import Passage
from alfred.brief.tables import any_of, either

NEEDS_PARTY = either("""
    leaving, hen, stag, office, team, company, corporate, garden, pool, cocktail, slumber, tea, welcome, summer,
    street, beach, charity, launch, holiday, rehearsal
""")
CELEBRATIONS = (
    NEEDS_PARTY
    + "|"
    + either("""
    wedding, birthday, anniversary, engagement, graduation, housewarming, house-warming, retirement, farewell,
    christening, baptism, bar mitzvah, bat mitzvah, communion, confirmation, baby shower, bridal shower, gender reveal,
    bachelorette, bachelor, christmas, new year's eve, new years eve, halloween, thanksgiving, easter, diwali, eid,
    prom, quinceañera, quinceanera, funeral, wake, reunion, product launch, fundraiser, sleepover
""")
)
GATHERINGS = either("""
    reception, gala, ball, dinner, lunch, brunch, breakfast, supper, barbecue, picnic, buffet, banquet, feast, potluck,
    happy hour, movie night, game night, conference, meeting, disco, dance, drinks reception, ceremony, festival,
    soiree, soirée
""")
STYLES = "formal|informal|casual"
PARTY = either(r"part(?:y|ies), celebration, event, bash, get-together, gathering, night, evening, do")
OCCASION_WORDS = rf"(?:{CELEBRATIONS}|{GATHERINGS})"

_THINGS = either("jacket, table, plates?, music, playlist, cake, shirts?, floor, hall, room")
_OCCASION = re.compile(
    rf"\b(?:(?P<style>{STYLES})[\s,]+(?:and\s+)?(?:\w+(?:-\w+)?\s+){{0,2}}?)?"
    rf"(?P<kind>{OCCASION_WORDS}(?:[\s-]{OCCASION_WORDS})*)\b"
    rf"(?!'s|\s*(?:{_THINGS}))(?P<party>[\s-]+(?:{PARTY})\b)?"
)
_CELEBRATION = any_of(CELEBRATIONS)
_STYLE = any_of(STYLES)
_TURNING = re.compile(r"\b(?:turn(?:s|ing|ed)? \d{1,3}|\d{1,3}(?:st|nd|rd|th) birthday)\b")
_TURNS_INTO = re.compile(r"\b(?:make (?:it|that)|turn it into|change (?:it )?to)\s+an?\s+$")


def read_occasion(passage: Passage, earlier: Brief | None) -> dict[str, object]:
    """Return the occasion in lower case; in a follow-up a style joins it and a meal does not replace a celebration."""
    before = earlier.occasion if earlier else None
    found = [match for match in _OCCASION.finditer(passage.plain) if _is_occasion(match)]
    best = min(found, key=_is_gathering, default=None)
    if best is None:
        return _from_style(passage, before)
    if before and _CELEBRATION.search(before) and _is_gathering(best) and not _turns_into(best, passage):
        return {}
    return {"occasion": " ".join(filter(None, (best["style"], best["kind"])))}


def _is_occasion(match: re.Match[str]) -> bool:
    return bool(match["party"]) or not re.fullmatch(NEEDS_PARTY, match["kind"])


def _is_gathering(match: re.Match[str]) -> bool:
    return not _CELEBRATION.match(match["kind"])


def _turns_into(match: re.Match[str], passage: Passage) -> bool:
    return bool(_TURNS_INTO.search(passage.plain[: match.start()]))


def _from_style(passage: Passage, before: str | None) -> dict[str, object]:
    style = _STYLE.search(passage.plain)
    if style:
        return {"occasion": f"{style[0]} {_STYLE.sub('', before or '').strip()}".strip()}
    return {"occasion": "birthday"} if _TURNING.search(passage.plain) and not before else {}
