"""Reads a request into a brief: each reader takes its facts out of the passage, the next one reads the rest.

    read_brief("Dinner for 8 on Friday at 7pm, two vegans, €200", now)
    read_brief("make it 10", now, earlier)

The order matters: money, dates and times come first, so that the numbers which are left are tasks, diets
and guests. What this does not cover: languages other than English, and facts between the lines; what is
not said stays None.
"""

from datetime import datetime

from alfred.brief.asked import Asked, read_asked, speaks_of_party
from alfred.brief.dates import read_date
from alfred.brief.diets import read_alcohol, read_diets, settle
from alfred.brief.follow_up import goes_on, merged, starts_afresh
from alfred.brief.guests import read_guests
from alfred.brief.model import LONGEST_LIST, LONGEST_TEXT, Brief
from alfred.brief.money import read_money
from alfred.brief.occasion import read_occasion
from alfred.brief.passage import Passage
from alfred.brief.tasks import read_tasks
from alfred.brief.theme import read_theme
from alfred.brief.times import read_hours, read_soon, read_times
from alfred.brief.venue import read_venue
from alfred.brief.wishes import is_question, read_wishes, whole_wish

Fields = dict[str, object]


def read_brief(request: str, now: datetime, earlier: Brief | None = None) -> Brief:
    """Return what a request says about a party, and nothing that it does not say.

    now is the local time, which "tomorrow" and "next Friday" count from. earlier is the brief of the conversation so
    far: a follow-up changes it, a request for another party leaves it aside.
    """
    now = now.replace(tzinfo=None, second=0, microsecond=0)
    passage = Passage.of(request)
    if earlier and starts_afresh(passage.plain):
        earlier = None
    fields = _facts(passage, now, earlier)
    asked = read_asked(passage.plain, "theme" in fields)
    if earlier and not asked and not fields:
        fields = whole_wish(passage)
    fields["asked"] = asked or _understood(passage, fields, earlier)
    if fields["asked"] == ("other",) and not speaks_of_party(passage.plain):
        fields.pop("venue", None)
    return Brief(**merged(earlier, fields) | {"now": now})


def _understood(passage: Passage, fields: Fields, earlier: Brief | None) -> tuple[Asked, ...]:
    """Return what a request asks for that names no part: a follow-up goes on, a described party wants a plan."""
    if earlier:
        return goes_on(passage.plain, fields, earlier) if fields or not passage.plain else ("other",)
    if "tasks" in fields:
        return ("timing",)
    described = speaks_of_party(passage.plain) and (fields or not is_question(passage.plain))
    return ("plan",) if described or fields.keys() & {"guests", "theme"} or len(fields) > 1 else ("other",)


def _facts(passage: Passage, now: datetime, earlier: Brief | None) -> Fields:
    readings = [
        read_occasion(passage, earlier),
        read_theme(passage),
        read_venue(passage),
        read_money(passage, earlier),
        read_date(passage, now, earlier.date if earlier else None),
        read_soon(passage, now),
        read_times(passage, earlier),
        read_tasks(passage),
        read_hours(passage),
        read_alcohol(passage),
        _people(passage, earlier),
        read_wishes(passage),
    ]
    fields = {name: value for reading in readings for name, value in reading.items()}
    wishes = [wish[:LONGEST_TEXT] for reading in readings for wish in reading.get("wishes") or ()]
    return fields | ({"wishes": tuple(dict.fromkeys(wishes))[:LONGEST_LIST]} if wishes else {})


def _people(passage: Passage, earlier: Brief | None) -> Fields:
    """Return guests and diets: diets are read first, shares of the guests settled last."""
    diets, shares = read_diets(passage, earlier)
    guests = read_guests(passage, earlier)
    if "dietary" not in diets:
        return guests
    known = guests.get("guests", earlier.guests if earlier else None)
    return guests | {"dietary": settle(diets["dietary"], shares, known)}
