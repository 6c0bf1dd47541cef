"""The types of a plan: they read exactly what the tool party_plan returns, and write it again unchanged.

Money is exact and written as text with two decimals ("1500.00"); amounts of things are plain numbers with a
unit; dates and times are ISO; null is what is not known.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, ValidationError

from alfred.brief.model import Clock
from alfred.errors import PlanError

Text = Annotated[str, Field(max_length=20_000)]
Money = Annotated[
    Decimal,
    Field(ge=0, le=10**12, max_digits=15, decimal_places=2),
    PlainSerializer(lambda amount: f"{amount:.2f}", when_used="json-unless-none"),
]
Amount = Annotated[int | float, Field(ge=0, le=10**12, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=10**9)]
SOME_DAY = date(2000, 1, 2)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Guests(_Part):
    """Who comes; None while the number is not known."""

    adults: Count | None
    children: Count | None
    total: Count | None


class Theme(_Part):
    """The idea of the party."""

    name: Text
    description: Text


class Diet(_Part):
    """A dietary need, and how many have it if that was said."""

    need: Text
    guests: Count | None


class Dish(_Part):
    """A dish with the allergens it may contain and the diets it suits, as far as its name tells."""

    course: Text
    name: Text
    allergens: tuple[Text, ...]
    suits: tuple[Text, ...]


class Menu(_Part):
    """The dishes and the way they are served."""

    style: Text
    dishes: tuple[Dish, ...]


class Catering(_Part):
    """The caterer that a tool found; the currency is that of the price."""

    name: Text
    rating: float | None
    price_per_guest: Money | None
    currency: Text | None
    source: Text | None


class Music(_Part):
    """A track, a playlist or a kind of music, and where it was found."""

    title: Text
    artist: Text | None
    source: Text | None


class Quantity(_Part):
    """An amount and the rule it was computed by."""

    item: Text
    amount: Amount
    unit: Text
    rule: Text


class Staff(_Part):
    """How many of a role serve."""

    role: Text
    count: Count
    rule: Text


class Space(_Part):
    """The floor that the layout needs, in square metres."""

    area_m2: Amount
    layout: Text
    rule: Text


class Line(_Part):
    """A line of the budget."""

    item: Text
    amount: Money
    basis: Literal["quoted", "estimate", "contingency"]


class Budget(_Part):
    """The lines, their total and the limit; None where no budget and no price is known."""

    currency: Text | None
    limit: Money | None
    total: Money | None
    lines: tuple[Line, ...]


class Deadline(_Part):
    """Something to do so many days before the party; the day after it is -1."""

    date: date | None
    offset_days: int
    task: Text


class Preparation(_Part):
    """A task of one helper; it ends on the next day when its end is before its start."""

    date: date | None
    start: Clock
    end: Clock
    task: Text
    minutes: Count
    helper: Annotated[int, Field(ge=1, le=10**9)]

    @property
    def begins(self) -> datetime:
        """The moment it begins; on some day when the date is open."""
        return datetime.combine(self.date or SOME_DAY, self.start)

    @property
    def ends(self) -> datetime:
        """The moment it ends."""
        return self.begins + timedelta(minutes=self.minutes)


class Scene(_Part):
    """A part of the evening."""

    start: Clock
    end: Clock
    what: Text


class Purchase(_Part):
    """Something to buy, and the last day for it."""

    item: Text
    amount: Amount
    unit: Text
    buy_by: date | None


class Source(_Part):
    """Where something was found; the address is None for what is not on the web."""

    title: Text
    url: Text | None


class Check(_Part):
    """What a rule found."""

    name: Text
    ok: bool
    detail: Text


class PartyPlan(_Part):
    """A whole plan."""

    title: Text
    occasion: Text
    guests: Guests
    date: date | None
    start: Clock | None
    end: Clock | None
    venue: Text | None
    theme: Theme | None
    dietary: tuple[Diet, ...]
    menu: Menu
    catering: Catering | None
    music: tuple[Music, ...]
    quantities: tuple[Quantity, ...]
    staff: tuple[Staff, ...]
    space: Space | None
    budget: Budget
    countdown: tuple[Deadline, ...]
    preparation: tuple[Preparation, ...]
    run_of_show: tuple[Scene, ...]
    shopping: tuple[Purchase, ...]
    risks: tuple[Text, ...]
    assumptions: tuple[Text, ...]
    sources: tuple[Source, ...]
    checks: tuple[Check, ...]

    @property
    def opens(self) -> datetime | None:
        """The moment the guests arrive; None while date or start is open."""
        return datetime.combine(self.date, self.start) if self.date and self.start else None

    @property
    def closes(self) -> datetime | None:
        """The moment the party ends; None while date, start or end is open."""
        if self.opens is None or self.end is None:
            return None
        return self.opens + timedelta(minutes=minutes_between(self.start, self.end) or 24 * 60)

    def amount_of(self, item: str) -> int | float | None:
        """Return the amount of an item of the quantities, None when it is not counted."""
        return next((row.amount for row in self.quantities if row.item == item), None)

    def to_data(self) -> dict[str, Any]:
        """Return the plan as plain data, as party_plan returned it."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a plan from JSON that anybody may have written.

        Raises:
            PlanError: when the text is no plan.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise PlanError(_sentence(error)) from None


def minutes_between(start: time, end: time) -> int:
    """Return the minutes from one time to the next time that the clock shows the other, 0 to 1439."""
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)


def read_plan(data: Mapping[str, Any]) -> PartyPlan:
    """Return the plan that a dict holds.

    Raises:
        PlanError: when a part is missing or wrong; the sentence names the first one.
    """
    try:
        return PartyPlan.model_validate(data)
    except ValidationError as error:
        raise PlanError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the whole"
    return f"This is not a whole plan ({where}: {first['msg']}): return what party_plan gave, unchanged."
