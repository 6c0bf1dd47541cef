"""The typed brief: the facts of one party, as far as they were said.

    Brief(asked=["plan"], guests=50, now=now).to_json()   one line, every key, null when nothing was said
    Brief.from_json(line)                                 the same brief again, or a pydantic.ValidationError

What this does not cover: how the facts are found in a text (`alfred.brief.read`).
"""

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from json import dumps
from typing import Annotated, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

Asked = Literal["plan", "theme", "menu", "caterer", "music", "timing", "quantities", "cost", "search", "other"]
ASKED: tuple[Asked, ...] = get_args(Asked)

MOST_GUESTS = 1_000_000
MOST_HOURS = 240
MOST_MONEY = Decimal(10**10)
LONGEST_TEXT = 200
LONGEST_LIST = 40


def one_line(text: object) -> object:
    """Return text with its white space collapsed and without control characters; leave other values alone."""
    if not isinstance(text, str):
        return text
    spaced = " ".join(text.split())
    return "".join(letter for letter in spaced if unicodedata.category(letter) not in {"Cc", "Cs"})


def plain_number(number: Decimal | float) -> int | float:
    """Return 400 for 400.0 and 45.5 for 45.50."""
    return int(number) if number == int(number) else float(number)


def _local_minutes(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _clock_minutes(moment: time) -> time:
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _in_order(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    return tuple(part for part in ASKED if part in asked)


Text = Annotated[str, BeforeValidator(one_line), Field(min_length=1, max_length=LONGEST_TEXT)]
Count = Annotated[int, Field(strict=True, ge=0, le=MOST_GUESTS)]
Flag = Annotated[bool, Field(strict=True)]
Plain = PlainSerializer(plain_number, when_used="json-unless-none")
Money = Annotated[Decimal, Field(ge=0, le=MOST_MONEY, decimal_places=2), Plain]
Hours = Annotated[float, Field(strict=True, gt=0, le=MOST_HOURS, allow_inf_nan=False), Plain]
Day = date
Clock = Annotated[
    time,
    AfterValidator(_clock_minutes),
    PlainSerializer(lambda moment: f"{moment:%H:%M}", when_used="json-unless-none"),
]
Moment = Annotated[
    datetime,
    AfterValidator(_local_minutes),
    PlainSerializer(lambda moment: f"{moment:%Y-%m-%dT%H:%M}", when_used="json"),
]


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Diet(_Facts):
    """A dietary need and how many guests have it; None when no number was said."""

    need: Text
    guests: Count | None = None


class Task(_Facts):
    """A piece of preparation and the minutes it takes."""

    task: Text
    minutes: Annotated[int, Field(strict=True, ge=0, le=MOST_HOURS * 60)]


class Brief(_Facts):
    """What a host asks for; None where nothing was said."""

    asked: Annotated[tuple[Asked, ...], Field(min_length=1, max_length=len(ASKED)), AfterValidator(_in_order)]
    occasion: Text | None = None
    theme: Text | None = None
    guests: Count | None = None
    children: Count | None = None
    date: Day | None = None
    start: Clock | None = None
    hours: Hours | None = None
    venue: Text | None = None
    outdoors: Flag | None = None
    budget: Money | None = None
    budget_per_guest: Money | None = None
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None
    dietary: Annotated[tuple[Diet, ...], Field(max_length=LONGEST_LIST)] | None = None
    alcohol: Flag | None = None
    tasks: Annotated[tuple[Task, ...], Field(max_length=LONGEST_LIST)] | None = None
    helpers: Count | None = None
    wishes: Annotated[tuple[Text, ...], Field(max_length=LONGEST_LIST)] | None = None
    now: Moment

    @model_validator(mode="after")
    def _children_are_guests(self) -> Self:
        if self.guests is not None and (self.children or 0) > self.guests:
            raise ValueError(f"{self.children} children among {self.guests} guests: children count as guests.")
        return self

    @property
    def adults(self) -> int | None:
        """Guests who are not children; None while either number is unknown."""
        if self.guests is None or self.children is None:
            return None
        return self.guests - self.children

    def to_json(self) -> str:
        """Return the brief as one line of JSON with every key in order."""
        return dumps(self.model_dump(mode="json"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises pydantic.ValidationError (a ValueError) when the text is no brief: it may come from anybody.
        """
        return cls.model_validate_json(text)
