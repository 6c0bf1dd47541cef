"""A plan as an iCalendar file (RFC 5545): the party, the preparations and the countdown, with alarms.

Times are floating, so that they are local wherever the calendar is read, unless a time zone is given. Identifiers
depend on the party and not on its date or guests: a calendar that imports the plan again updates what it has. An
entry that a later plan lacks is not cancelled.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from alfred.exports.words import plain
from alfred.plan import PartyPlan

DAY = timedelta(days=1)
UNDATED = datetime(2000, 1, 1)
USUAL_LENGTH = timedelta(hours=4)
MORNING = timedelta(hours=9)


def to_calendar(
    plan: PartyPlan,
    *,
    party: str | None = None,
    revision: int = 0,
    written: datetime | None = None,
    zone: str | None = None,
) -> str:
    """Return the plan as an iCalendar file; without a date it has no entries.

    Args:
        plan: the plan.
        party: what makes this party this party through all changes, such as the conversation; the title by default.
        revision: how often the plan was changed; a calendar takes a higher one for newer.
        written: when the plan was made; by default the first day of its countdown, so that equal plans give
            equal files.
        zone: the IANA name of the venue's time zone; ZoneInfoNotFoundError where there is none of that name.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Alfred//Party plan//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    stamp = (written or _first_day(plan)).replace(tzinfo=UTC, second=0, microsecond=0)
    for name, event in _events(plan, ZoneInfo(zone) if zone else None):
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'{party or plan.title}/{name}')}@alfred")
        event.add("dtstamp", stamp)
        event.add("sequence", revision)
        calendar.add_component(event)
    if zone:
        calendar.add_missing_timezones()
    return calendar.to_ical().decode("utf-8")


def _first_day(plan: PartyPlan) -> datetime:
    days = [row.date for row in plan.countdown if row.date]
    return datetime.combine(min(days), time()) if days else UNDATED


def _events(plan: PartyPlan, zone: ZoneInfo | None) -> Iterator[tuple[str, Event]]:
    """Yield each entry with a name that stays the same when dates and numbers change."""
    if plan.date:
        yield "party", _party(plan, zone)
    for row in plan.preparation:
        if row.date:
            ends = max(row.ends, row.begins + timedelta(minutes=1))
            yield (
                f"preparation/{row.task}",
                _event(row.task, _at(row.begins, zone), _at(ends, zone), timedelta(minutes=-15)),
            )
    for place, row in enumerate(plan.countdown):
        if row.date:
            yield f"countdown/{place}", _event(row.task, row.date, row.date + DAY, MORNING)


def _party(plan: PartyPlan, zone: ZoneInfo | None) -> Event:
    if plan.opens is None:
        event = _event(plan.title, plan.date, plan.date + DAY, -DAY)
    else:
        closes = plan.closes or plan.opens + USUAL_LENGTH
        event = _event(plan.title, _at(plan.opens, zone), _at(closes, zone), timedelta(hours=-2))
        event.add_component(_alarm(plan.title, -DAY))
    scenes = [f"{row.start:%H:%M} {plain(row.what)}" for row in plan.run_of_show]
    event.add("description", "\n".join(scenes))
    if plan.venue:
        event.add("location", plain(plan.venue))
    return event


def _at(moment: datetime, zone: ZoneInfo | None) -> datetime:
    return moment.replace(tzinfo=zone)


def _event(summary: str, start: date, end: date, alarm: timedelta) -> Event:
    event = Event()
    event.add("summary", plain(summary))
    event.add("dtstart", start)
    event.add("dtend", end)
    if not isinstance(start, datetime):
        event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(summary, alarm))
    return event


def _alarm(text: str, trigger: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(text))
    alarm.add("trigger", trigger)
    return alarm
