"""Holds an answer in words against the brief: guests, date, venue and budget are those of the request.

It reads for what contradicts the brief and stays silent when in doubt: a text that names the right number
somewhere passes, whatever else it says.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from alfred.brief import Brief
from alfred.plan.money import asked_limit
from alfred.plan.violation import Violation

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PEOPLE = r"(?:guests|people|persons|attendees|heads)"
# "One server per 10 guests" and "parties of 20 to 400 guests" are no counts of this party.
RATE = re.compile(rf"(?:per|each|every|of|to|least|most|than|[-–/])\s*\d[\d,]*\s+{PEOPLE}", re.IGNORECASE)
COUNT = re.compile(rf"(\d[\d,]*)\s+{PEOPLE}\b", re.IGNORECASE)
NAMED_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(MONTHS)})[a-z]*", re.IGNORECASE)
NAMED_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)
ISO_DAY = re.compile(r"\b\d{4}-(\d{2})-(\d{2})\b")
BUDGET = re.compile(r"budget\b[^.\n\d]{0,30}?[€$£]?\s?(\d[\d,]*(?:\.\d{1,2})?)", re.IGNORECASE)
VENUE = re.compile(r"\b[Vv]enue(?:\s+is|:)\s*([^\n.,;]+)|\bat (?:the )?([A-Z][\w'’]+(?: [A-Z][\w'’]+)+)")
SAY = "Say what the request says."


def check_text(text: str, brief: Brief) -> list[Violation]:
    """Return what an answer in words says against the brief."""
    rules = (_guests, _day, _budget, _venue)
    return [violation for rule in rules for violation in rule(text, brief)]


def _guests(text: str, brief: Brief) -> Iterator[Violation]:
    told = {int(number.replace(",", "")) for number in COUNT.findall(RATE.sub("", text))}
    parts = {brief.children, brief.adults, *(diet.guests for diet in brief.dietary or ())}
    wrong = told - parts
    if brief.guests is not None and wrong and brief.guests not in told:
        yield Violation("guests", ", ".join(map(str, sorted(wrong))), str(brief.guests), SAY)


def _day(text: str, brief: Brief) -> Iterator[Violation]:
    days = {(int(day), MONTHS.index(month.lower()) + 1) for day, month in NAMED_DAY.findall(text)}
    days |= {(int(day), MONTHS.index(month.lower()) + 1) for month, day in NAMED_MONTH.findall(text)}
    days |= {(int(day), int(month)) for month, day in ISO_DAY.findall(text)}
    if brief.date and days and (brief.date.day, brief.date.month) not in days:
        found = ", ".join(sorted(f"{day}.{month}." for day, month in days))
        yield Violation("date", found, f"{brief.date:%Y-%m-%d}", SAY)


def _budget(text: str, brief: Brief) -> Iterator[Violation]:
    asked = {amount for amount in (asked_limit(brief), brief.budget_per_guest) if amount is not None}
    told = {Decimal(number.rstrip(",").replace(",", "")) for number in BUDGET.findall(text)}
    if asked and told and not asked & told:
        yield Violation("budget", ", ".join(map(str, sorted(told))), ", ".join(map(str, sorted(asked))), SAY)


def _venue(text: str, brief: Brief) -> Iterator[Violation]:
    if brief.venue is None or brief.venue.casefold() in text.casefold():
        return
    told = [named or place for named, place in VENUE.findall(text)]
    words = set(re.findall(r"\w{4,}", brief.venue.casefold()))
    wrong = [place.strip() for place in told if not words & set(re.findall(r"\w{4,}", place.casefold()))]
    if wrong:
        yield Violation("venue", ", ".join(wrong), brief.venue, SAY)
