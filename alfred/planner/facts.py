"""The facts of a brief in words: for headlines, for queries and for the names of tools' arguments."""

from datetime import date
from decimal import Decimal

from alfred.brief import Brief


def occasion_words(brief: Brief) -> str:
    """Return what to ask `suggest_menu` for: the occasion, or the theme where no occasion was named."""
    return brief.occasion or brief.theme or "party"


def caterer_query(brief: Brief) -> str:
    """Return what to ask `catering_service_tool` for."""
    parts = [
        " ".join(diet.need for diet in brief.dietary or ()),
        brief.occasion or "party",
        f"for {brief.guests} people" if brief.guests else "",
        _price_ceiling(brief),
        " ".join(brief.wishes or ()),
    ]
    return " ".join(filter(None, parts))


def _price_ceiling(brief: Brief) -> str:
    if brief.budget_per_guest is not None:
        return f"under {money(brief.budget_per_guest, brief.currency)} a head"
    return ""


def title(brief: Brief) -> str:
    """Return the party's name: theme and occasion."""
    occasion = brief.occasion or "party"
    words = f"{brief.theme} {occasion}" if brief.theme and brief.theme not in occasion else occasion
    return words[0].upper() + words[1:]


def headline(brief: Brief) -> str:
    """Return title, place, time and guests in one line; what is unknown is left out."""
    parts = [
        title(brief),
        f"at {brief.venue}" if brief.venue else "",
        f"for {guests_words(brief)}" if brief.guests else "",
        f"on {day_words(brief.date)}" if brief.date else "",
        f"from {brief.start:%H:%M}" if brief.start else "",
    ]
    return " ".join(filter(None, parts))


def guests_words(brief: Brief) -> str:
    """Return the number of guests, with the children among them."""
    if not brief.children:
        return f"{brief.guests} guests"
    return f"{brief.guests} guests ({brief.guests - brief.children} adults, {brief.children} children)"


def day_words(day: date) -> str:
    """Return a date as people write it."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def diet_words(brief: Brief) -> str:
    """Return the diets with the number of guests who need each."""
    return ", ".join(f"{diet.guests} {diet.need}" if diet.guests else diet.need for diet in brief.dietary or ())


def money(amount: Decimal | float, currency: str | None) -> str:
    """Return an amount with its currency code; cents only where there are any."""
    amount = Decimal(str(amount))
    text = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"{text} {currency or ''}".strip()
