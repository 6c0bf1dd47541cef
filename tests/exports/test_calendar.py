from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from icalendar import Calendar

from alfred.exports import to_calendar
from alfred.plan import read_plan
from tests.parties import DINNER, brief_of, party_plan, plan_for

PLAN = read_plan(plan_for(brief_of(**DINNER)))


def events(plan=PLAN, **options):
    return Calendar.from_ical(to_calendar(plan, **options)).events


def named(summary, found):
    return next(event for event in found if summary in event["summary"])


def uids(found):
    return [str(event["uid"]) for event in found]


def test_a_strict_parser_reads_it_without_error():
    calendar = Calendar.from_ical(to_calendar(PLAN))
    assert calendar.errors == []
    assert [event["summary"] for event in calendar.events if event.errors] == []
    for event in calendar.events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"} <= event.keys()


def test_lines_end_as_the_standard_says_and_are_at_most_75_bytes_long():
    text = to_calendar(PLAN)
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_the_party_the_preparations_and_the_countdown_are_events():
    found = events()
    assert len(found) == 1 + len(PLAN.preparation) + len(PLAN.countdown)
    party = named("Villain masquerade dinner", found)
    assert (party.start, party.end) == (datetime(2026, 12, 12, 19), datetime(2026, 12, 13))
    assert party["location"] == "Wayne Mansion"
    assert named("Invitations".lower(), found).start == date(2026, 11, 27)


def test_every_event_has_an_alarm_and_the_party_two():
    found = events()
    assert [len(event.alarms.times) for event in found] == [2] + [1] * (len(found) - 1)


def test_times_float_until_the_zone_is_known():
    assert named("Decoration", events()).start.tzinfo is None
    zoned = named("Decoration", events(zone="Europe/Berlin"))
    assert zoned.start == datetime(2026, 12, 12, 17, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    assert "BEGIN:VTIMEZONE" in to_calendar(PLAN, zone="Europe/Berlin")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        to_calendar(PLAN, zone="Gotham/Narrows")


def test_equal_plans_give_equal_files():
    assert to_calendar(PLAN) == to_calendar(read_plan(PLAN.to_data()))


def test_a_changed_plan_updates_the_same_events():
    later = read_plan(plan_for(brief_of(**DINNER | {"date": "2026-12-13", "guests": 80, "start": "18:00"})))
    before, after = events(), events(later, revision=1)
    assert uids(before) == uids(after)
    assert len(set(uids(before))) == len(before)
    assert {event["sequence"] for event in after} == {1}


def test_another_party_has_other_events():
    other = read_plan(plan_for(brief_of(**DINNER | {"occasion": "birthday"})))
    assert not set(uids(events())) & set(uids(events(other)))
    assert not set(uids(events())) & set(uids(events(party="conversation 2")))


def test_without_a_start_the_party_is_a_whole_day_and_without_a_date_there_is_nothing():
    assert events(read_plan(party_plan(brief=brief_of(date="2026-12-12"))))[0].start == date(2026, 12, 12)
    assert events(read_plan(party_plan(brief=brief_of()))) == []


def test_it_was_written_when_the_caller_says():
    assert events(written=datetime(2026, 11, 22, 10))[0]["dtstamp"].dt.hour == 10


def test_a_task_of_no_time_still_ends_after_it_begins():
    tasks = [{"task": "toast", "minutes": 0}]
    plan = read_plan(plan_for(brief_of(**DINNER | {"tasks": tasks})))
    assert named("toast", events(plan)).duration == timedelta(minutes=1)
