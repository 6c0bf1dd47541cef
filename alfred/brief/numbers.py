"""Numbers as people write them, turned into plain digits: "two dozen" 24, "1.500" 1500, "£2k" £2000.

A group of three digits after a point or comma counts thousands, in every language: nobody invites 1.5
guests. A space groups thousands only before a currency. What this does not cover: fractions ("a third"),
which the readers of diets and durations know, and ordinals, which the reader of dates knows.
"""

import re
from decimal import Decimal

UNITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
TEENS = {
    "zero": 0,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES = {"hundred": 100, "thousand": 1_000, "grand": 1_000, "million": 1_000_000}
_VALUES = {**UNITS, **TEENS, **TENS, "a": 1}

_UNIT, _TEEN, _TEN = ("|".join(table) for table in (UNITS, TEENS, TENS))
_SMALL = rf"(?:(?:{_TEN})(?:[-\s](?:{_UNIT}))?|{_TEEN}|{_UNIT})"
_HUNDREDS = rf"(?:(?:{_SMALL}|a|\d+)\s+)?hundred(?:\s+(?:and\s+)?{_SMALL})?"
_THOUSANDS = (
    rf"(?:{_HUNDREDS}|{_SMALL}|a|\d+(?:\.\d+)?)\s+(?:thousand|grand|million)"
    rf"(?:\s+(?:and\s+)?(?:{_HUNDREDS}|{_SMALL}))?"
)
_WORDS = re.compile(rf"(?<![\w-])(?:{_THOUSANDS}|{_HUNDREDS}|{_SMALL})\b")

_CURRENCY = r"(?=\s*(?:[$£€¥₹]|eur|usd|gbp|chf|dollars|pounds|francs))"
_GROUPED = re.compile(
    r"(?<![\d.,/:-])\d{1,3}(?:([.,'\u00a0])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?![\d/:]|[.,]\d)"
    rf"|(?<![\d.,/:-])\d{{1,3}}(?: \d{{3}})+{_CURRENCY}"
)
_KILO = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s?k\b|(?<=[$£€¥₹])\s?(\d+(?:[.,]\d+)?)\s?k\b")
_DOZENS = (
    (re.compile(r"\bhalf (?:a )?dozen\b"), lambda match: "6"),
    (re.compile(r"\b(?:(\d+)|a)?\s*\bdozen\b(?:\s+of\b)?"), lambda match: f" {12 * int(match[1] or 1)}"),
    (
        re.compile(r"\b(?:a )?couple (?:of\s+|(?=hours|days|weeks|months|vegans|vegetarians))"),
        lambda match: "2 ",
    ),
)


def as_digits(text: str) -> str:
    """Return a lower-case text with every number in plain digits."""
    text = text.replace("no one", "nobody")
    text = _GROUPED.sub(lambda match: _ungrouped(match[0]), text)
    text = _KILO.sub(lambda match: _thousandfold(match[1] or match[2]), text)
    text = _WORDS.sub(lambda match: _value(match[0]), text)
    for pattern, digits in _DOZENS:
        text = pattern.sub(digits, text)
    return text


def amount(text: str) -> Decimal:
    """Return the value of digits with at most one decimal point or comma."""
    return Decimal(text.replace(",", "."))


def _ungrouped(number: str) -> str:
    whole, cents = re.fullmatch(r"(.*?\d{3})(?:[.,](\d{1,2}))?", number).groups()
    digits = re.sub(r"\D", "", whole)
    return f"{digits}.{cents}" if cents else digits


def _thousandfold(number: str) -> str:
    return str(int(amount(number) * 1_000))


def _value(words: str) -> str:
    total = group = Decimal(0)
    for word in re.findall(r"\d+(?:\.\d+)?|[a-z]+", words):
        if word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], Decimal(0)
        elif word != "and":
            group += _VALUES[word] if word in _VALUES else Decimal(word)
    return str(int(total + group))
