"""The budget: how much, in what currency, for the whole party or for each guest.

The price of a thing ("the cake costs $40", "a $200 deposit") is a wish and no budget.
A range ("$300-400") is read as its upper end. A number without a currency counts only next to "budget" or
"a head". "kr" stays without a currency: it may be Swedish, Norwegian or Danish.
"""

import re
from decimal import Decimal

from alfred.brief.model import MOST_MONEY, Brief
from alfred.brief.numbers import amount
from alfred.brief.passage import Passage
from alfred.brief.tables import either, words

SIGNS = {
    "us$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "zł": "PLN",
    "kč": "CZK",
}
CODES = words("""
    USD EUR GBP CHF JPY INR CAD AUD NZD SEK NOK DKK PLN CZK HUF RON SGD HKD ZAR BRL MXN AED CNY KRW ILS
""")
WORDS = {
    "us dollars": "USD",
    "canadian dollars": "CAD",
    "australian dollars": "AUD",
    "dollars": "USD",
    "dollar": "USD",
    "bucks": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "pound": "GBP",
    "quid": "GBP",
    "swiss francs": "CHF",
    "francs": "CHF",
    "yen": "JPY",
    "rupees": "INR",
    "zloty": "PLN",
    "swedish kronor": "SEK",
    "norwegian kroner": "NOK",
    "danish kroner": "DKK",
    "kr": None,
}
THINGS = either("""
    cake, bouncy castle, band, dj, deposit, fee, hire, rental, photographer, magician, clown, entertainer, face painter,
    balloons, flowers, decorations, tent, marquee, ticket, invitations, dress, gift, present, fireworks, photo booth
""")
NO_THINGS = either("""
    the, a, an, our, my, it, this, that, party, dinner, wedding, event, total, budget, what, does, do, would, should,
    which, how, and, but, everything, all, can, may, must, not
""")
CURRENCIES = {**SIGNS, **WORDS, **{code.lower(): code for code in CODES}}

_NUMBER = r"\d{1,12}(?:[.,]\d{1,2})?(?!\d)"
_SIGN = "|".join(re.escape(sign) for sign in SIGNS)
_CODE = "|".join(CODES).lower()
_WORD = "|".join(WORDS)
_EACH = (
    r"\b(?:a|per|each|for each|for every)[ -](?:head|person|guest|plate|pers|capita|adult|child|kid)\b"
    r"|(?<![a-z])pp\b|\bp\.p\.|\beach\b|\bapiece\b|/ ?(?:head|person|guest|pers|pp|p)\b"
    r"|\bpro person\b|\bpro kopf\b"
)
_AFTER = rf"(?:\s*(?:total|max|maximum|at most|or less|tops))?(?:\s*(?P<each>{_EACH}))?"
_BEFORE = (
    rf"(?:(?P<each_before>{_EACH}|\bper head\b)(?:\s+budget)?\s*(?:is|of|:|=|at|under|below|max)?\s*"
    rf"(?:of|at)?\s*)?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_BEFORE}(?:(?P<unit>{_SIGN})|(?<![\w])(?P<code>{_CODE}))\s*(?P<low>{_NUMBER})"
        rf"(?:\s*-\s*(?:{_SIGN})?\s*(?P<high>{_NUMBER})|\s*(?:to|and)\s*(?:{_SIGN})\s*(?P<higher>{_NUMBER}))?"
        rf"(?:\s*(?P<exact>{_CODE})\b)?{_AFTER}",
        rf"{_BEFORE}(?<![\w.,/:-])(?P<low>{_NUMBER})(?:\s*(?:-|to)\s*(?P<high>{_NUMBER}))?"
        rf"\s*(?P<unit>{_SIGN}|(?:{_CODE}|{_WORD})\b(?!\s+of\b)){_AFTER}",
        rf"\bbudget(?P<each_before>\s+(?:{_EACH}))?(?:\s+(?:is|of|to|at|around|about|max|up|now|will"
        rf"|be|limit|should))*"
        rf"\s*[:=]?\s*(?P<low>{_NUMBER})(?!\s*(?:guests|people|kids|%)){_AFTER}",
        rf"{_BEFORE}(?<![\w.,/:-])(?P<low>{_NUMBER})\s*(?P<each>{_EACH})",
        rf"(?<![\w.,/:-])(?P<low>{_NUMBER})\s+(?:(?:total|overall|max)\s+)?budget\b(?:\s+(?P<exact>{_CODE})\b)?",
    )
)
_BETWEEN = re.compile(
    rf"\bbetween\s+((?:{_SIGN})?\s*{_NUMBER})\s+and\s+((?:{_SIGN})?\s*{_NUMBER}\s*(?:{_SIGN}|{_CODE}"
    rf"|{_WORD}))"
)
_SUM = rf"(?:(?:{_SIGN})\s*{_NUMBER}|{_NUMBER}\s*(?:{_SIGN}|(?:{_CODE}|{_WORD})\b))"
_PRICE = re.compile(
    rf"\b(?:(?!(?:{NO_THINGS})\b)[a-z'-]+\s+){{1,3}}?(?:will )?costs?\s+(?:about\s+|around\s+)?{_SUM}(?!\s*(?:{_EACH}))"
    rf"|\b(?:{THINGS})s?\s*(?:is|are|will be|charges?|:)\s*{_SUM}"
    rf"|{_SUM}\s+(?:{THINGS})\b(?! budget)"
)
_NO_BUDGET = re.compile(
    r"\b(?:no|forget(?: about)?|drop|scrap|ignore|remove|without(?: a| any)?|skip)\s+(?:the\s+"
    r"|any\s+|our\s+|my\s+)?"
    r"(?:budget|money limit|price limit|cost limit)\b|\bmoney (?:is )?no object\b|\bbudget "
    r"(?:does not|doesn't) matter\b"
)
_CAP = re.compile(
    r"\b(?:max(?:imum)?|under|below|at most|no more than|not more than|spend|up to)\s+"
    rf"(?P<low>{_NUMBER})(?=\s*(?:$|[,.;!]))"
)
_THRIFT = re.compile(r"\b(?:cheaper|spend|cost|price|expensive)\b")
_MULTIPLE = re.compile(r"\b(double|halve) (?:the|our|my) budget\b")
_FACTORS = {"double": Decimal(2), "halve": Decimal("0.5")}
_NOTHING = {"budget": None, "budget_per_guest": None, "currency": None}


def read_money(passage: Passage, earlier: Brief | None) -> dict[str, object]:
    """Return the budget fields that were said; all three None where the host drops the budget."""
    if passage.take(_NO_BUDGET):
        return dict(_NOTHING)
    passage.rest = _BETWEEN.sub(r"\1-\2", passage.rest)
    prices = tuple(match[0].strip() for match in passage.take_all(_PRICE))
    fields: dict[str, object] = {}
    for pattern in _PATTERNS:
        for match in passage.take_all(pattern):
            _add(fields, match.groupdict())
    if earlier and earlier.budget is not None and not fields:
        fields = _adjusted(passage, earlier.budget)
    return _without_other_currency(fields, earlier) | ({"wishes": prices} if prices else {})


def _adjusted(passage: Passage, budget: Decimal) -> dict[str, object]:
    """Return a follow-up's budget that leans on the earlier one: "cheaper, max 600", "double the budget"."""
    multiple = passage.take(_MULTIPLE)
    if multiple:
        return {"budget": min(round(budget * _FACTORS[multiple[1]], 2), MOST_MONEY)}
    cap = passage.take(_CAP) if _THRIFT.search(passage.plain) else None
    return {"budget": amount(cap["low"])} if cap else {}


def _add(fields: dict[str, object], found: dict[str, str | None]) -> None:
    value = _upper(found)
    key = "budget_per_guest" if found.get("each") or found.get("each_before") else "budget"
    if value > MOST_MONEY or key in fields:
        return
    fields[key] = value
    currency = _currency(found)
    if currency:
        fields.setdefault("currency", currency)


def _upper(found: dict[str, str | None]) -> Decimal:
    ends = (found.get(name) for name in ("low", "high", "higher"))
    return max(amount(end) for end in ends if end)


def _currency(found: dict[str, str | None]) -> str | None:
    unit = found.get("exact") or found.get("unit") or found.get("code")
    return CURRENCIES[unit] if unit else None


def _without_other_currency(fields: dict[str, object], earlier: Brief | None) -> dict[str, object]:
    """Forget an earlier amount when the new one is in another currency."""
    changed = earlier and earlier.currency and fields.get("currency", earlier.currency) != earlier.currency
    return {**_NOTHING, **fields} if changed else fields
