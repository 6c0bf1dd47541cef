"""The rules on where things come from: nothing is invented, and a price without a source says estimate."""

import re
from collections.abc import Iterator

from alfred.brief import Brief
from alfred.plan.model import PartyPlan
from alfred.plan.violation import Violation

LOOK_UP = "Take it from a tool's result, or leave it out."


def quotes(plan: PartyPlan, brief: Brief) -> Iterator[Violation]:
    """A quoted line is the caterer's price for all guests."""
    quoted = [line for line in plan.budget.lines if line.basis == "quoted"]
    caterer, guests = plan.catering, plan.guests.total or 0
    price = caterer.price_per_guest * guests if caterer and caterer.price_per_guest is not None else None
    for line in quoted:
        if line.amount != price or (caterer and caterer.currency != plan.budget.currency):
            asked = "no quote: no caterer names a price" if price is None else f"{price} {caterer.currency}"
            found = f"{line.item} quoted at {line.amount} {plan.budget.currency}"
            yield Violation("prices", found, asked, "Without a source an amount is an estimate.")


def found(plan: PartyPlan, results: tuple[str, ...]) -> Iterator[Violation]:
    """Company, price and addresses occur in what the tools returned."""
    caterer = plan.catering
    if caterer:
        telling = [text for text in results if caterer.name.casefold() in text.casefold()]
        if not telling:
            yield Violation("caterer", caterer.name, "a company that a tool found", LOOK_UP)
        elif caterer.price_per_guest is not None and not any(_names(caterer.price_per_guest, text) for text in telling):
            yield Violation("caterer's price", str(caterer.price_per_guest), "the price that the tool gave", LOOK_UP)
    for address in sorted({place for place in _addresses(plan) if not any(place in text for text in results)}):
        yield Violation("sources", address, "an address that a tool returned", LOOK_UP)


def _names(price: object, text: str) -> bool:
    plain = re.escape(f"{price:.2f}".removesuffix("00").removesuffix("."))
    return re.search(rf"(?<![\d.]){plain}0*(?![\d])", text) is not None


def _addresses(plan: PartyPlan) -> list[str]:
    places = [row.source for row in plan.music] + [row.url for row in plan.sources]
    return [place for place in places if place and place.startswith(("http://", "https://"))]
