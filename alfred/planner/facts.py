"""The facts of a brief as the tools take them."""

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


def diet_data(brief: Brief) -> list[dict] | None:
    """Return the diets as the tools take them."""
    return [diet.model_dump() for diet in brief.dietary] if brief.dietary else None


def money(amount: Decimal | float, currency: str | None) -> str:
    """Return an amount with its currency code; cents only where there are any."""
    amount = Decimal(str(amount))
    text = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"{text} {currency or ''}".strip()
