"""How many people come, and how many of them are children.

Children count as guests: "14 kids and 6 parents" are 20 guests. Of a range ("30-40 people") the upper end
is read, so that nobody goes hungry, and the range is kept as a wish. Ages, birthdays and house numbers are
not guests. What this does not cover: guests without a number ("three families", "a few friends").
"""

import re
from dataclasses import dataclass

from alfred.brief.model import MOST_GUESTS, Brief
from alfred.brief.passage import Passage
from alfred.brief.tables import either

_CHILD = (
    r"(?:kids?|children|child|toddlers?|boys|girls|teens|teenagers|little ones|youngsters|pupils"
    r"|schoolkids|babies)"
)
_ADULT = r"(?:adults?|grown-?\s?ups?|parents|grandparents|mums|moms|dads)"
_GUESTS = either("""
    guests?, people, persons?, pax, friends?, heads, attendees, invitees, folks, colleagues, employees, co-?workers,
    relatives, family members, participants, players, mates, pals, buddies, lads, lasses, gals, men, women, ladies,
    gentlemen, bridesmaids, groomsmen, covers, diners, visitors, members, students, neighbours, neighbors, teammates,
    classmates, superheroes, villains, knights, souls, of us, of them, invited, staff
""")
_GUEST = rf"(?:{_GUESTS})"
_NUMBER = r"(?<![\w.,:/$£€#-])(?P<{}>\d{{1,9}})(?![\d:/%€$£]|[.,]\d|st\b|nd\b|rd\b|th\b)"
_NO_ADJECTIVE = "with|and|for|under|per|a|of|or|at|on|in|to|by|than|from|minutes|hours|more|fewer|less|bottles?|tables?"
_ADJECTIVES = rf"\s+(?:(?!(?:{_NO_ADJECTIVE})\b)[a-z'-]+\s+){{0,2}}?"
_STOP_WORDS = either("""
    at, on, in, with, without, under, and, or, next, this, tomorrow, tonight, from, including, incl, maybe, please,
    outdoors, indoors, outside, inside, instead, budget, max, vegan, vegetarian, by, to, of whom, near, as, theme,
    around, before, after, people, the, cost, what, who, how, is, will, would, each, but
""")
_STOP = rf"(?=\s*(?:$|[,;.!?|)\n(]|(?:{_STOP_WORDS})\b))"

_AGES = re.compile(
    r"\(\s*(?:aged?\s*)?\d{1,3}\s*\)|\b(?:ages?|aged)\s+\d{1,3}(?:\s*(?:-|to|and)\s*\d{1,3})?|\b"
    r"(?:turns?|turning|turned|is now)\s+\d{1,3}\b"
    r"|\b\d{1,3}(?:\s*-\s*\d{1,3})?[- ]?(?:years?|yrs?|yo)\b[- ]?(?:olds?\b)?|\b\d{1,3}(?:st|nd|rd"
    r"|th)\b|\b(?:my|our|his|her) (?:son|daughter|kid) is \d{1,2}\b"
)
_SO_OLD = re.compile(r"(?<![\w.,-])(\d{1,6}) (?:1[0-7]|[1-9])[- ]year[- ]olds\b")
_RANGE = re.compile(
    rf"(?<![\w.,:/$£€-])(\d{{1,7}})\s*(?:-|to|or)\s*(\d{{1,7}})(?={_ADJECTIVES}(?:{_GUEST}|{_CHILD}"
    rf"|{_ADULT})\b)"
)
_BETWEEN = re.compile(
    rf"\bbetween\s+(\d{{1,7}})\s+and\s+(\d{{1,7}})(?={_ADJECTIVES}(?:{_GUEST}"
    rf"|{_CHILD}|{_ADULT})\b)"
)
_COUPLES = re.compile(r"(?<![\w.,-])(\d{1,6})\s+couples\b")

_WHO = rf"(?:{_CHILD}|{_ADULT}|{_GUEST})"
_MORE_LAST = re.compile(rf"(?<![\w.,-])(\d{{1,6}}) ({_WHO}) (more|extra|fewer|less)\b")
_MORE = re.compile(
    r"(?:\b(?:add|plus|another|invite|bring)\s+(?:another\s+)?(?P<plus>\d{1,6})"
    r"|(?<![\w.,-])(?P<more>\d{1,6})\s+(?:more|extra|additional)|(?<![\w.,-])(?P<fewer>\d{1,6})\s+(?:fewer|less))"
    rf"(?:\s+(?P<who>{_WHO})\b|(?=\s*(?:$|[,.;!?])))"
)
_CHILDREN = re.compile(
    rf"{_NUMBER.format('n')}{_ADJECTIVES}{_CHILD}\b(?!'s)(?!\s*(?:books|menus|tables))|\bof (?:whom"
    rf"|them|which) {_NUMBER.format('m')}\s+(?:are|is) {_CHILD}\b|{_NUMBER.format('k')} of (?:whom"
    rf"|them|us|which) (?:are|is) {_CHILD}\b"
)
_GROWN_UP = re.compile(r"\b(?:hen|stag|bachelor|bachelorette)\b")
_NO_CHILDREN = re.compile(rf"\b(?:no|without|adults only|not any|zero)\s+(?:{_CHILD})\b|\badults? only\b")
_ADULTS = re.compile(rf"{_NUMBER.format('n')}{_ADJECTIVES}{_ADULT}\b")
_PARTNER = r"my (?:wife|husband|partner|girlfriend|boyfriend|fiancee?|fiancée?)"
_WITH_ME = re.compile(
    rf"\b(?:{_PARTNER} (?:and|&) )?(?:me|myself|i)(?:,? (?:and )?{_PARTNER})?\s*(?:and|plus|\+|&"
    rf"|,)\s*(?:my\s+)?(?P<n>\d{{1,6}})\b(?:\s+(?:\w+\s+)?{_GUEST}\b)?"
    rf"|(?<![\w.,-])(?P<m>\d{{1,6}})(?:\s+(?:\w+\s+)?{_GUEST})\s+(?:and|plus|\+|&)\s+(?:me|myself|i)\b"
)
_TOTALS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER.format('n')}(?:\s+or\s+so)?{_ADJECTIVES}{_GUEST}\b(?!\s+(?:per|a|to a)\s+table)",
        rf"\b(?:guests?|people|headcount|pax|attendance|number of guests|guest count)(?:\s+(?:is|are"
        rf"|will be|to|at|now|count|of))*\s*[:=]?\s*{_NUMBER.format('n')}(?!\s*(?:minutes|hours|%))",
        rf"\b(?:party|group|table|crowd|family|team|gathering|dinner|lunch|brunch) of (?:about "
        rf"|around |up to )?{_NUMBER.format('n')}",
        rf"\b(?:we are|we were|we're|we'll be|we will be|there will be|there are|there'll be|all"
        rf"|of)\s+(?:about |around |now )?{_NUMBER.format('n')}{_STOP}",
        rf"\b(?:for|feeds?|serves?|serving|seats?|seating)\s+(?:about |around |up to |roughly |some "
        rf"|approximately |maybe |max |at least |only |just )*{_NUMBER.format('n')}{_STOP}",
        rf"^\W*(?:\w+\s+){{0,3}}(?:party|dinner|birthday|wedding|gala|reception|brunch|lunch"
        rf"|barbecue|picnic)\s*,?\s+{_NUMBER.format('n')}{_STOP}",
    )
)
_TO = r"(?:bump|bring|raise|drop|cut|reduce|increase|change) (?:it |that |us )?(?:up |down )?to"
_BARE_CHANGE = re.compile(
    rf"\b(?:make (?:it|that)|{_TO}|actually|now|no|rather|it's|only)\s*,?\s*"
    rf"(?:for |just |only |about )*{_NUMBER.format('n')}{_STOP}"
)


@dataclass
class Heads:
    """The numbers of people that one request says; None where it says none."""

    total: int | None = None
    adults: int | None = None
    children: int | None = None
    more: int = 0
    more_children: int = 0


def read_guests(passage: Passage, earlier: Brief | None) -> dict[str, object]:
    """Return guests and children; a follow-up counts on from the earlier brief."""
    passage.rest = _SO_OLD.sub(r"\1 children ", passage.rest)
    passage.take_all(_AGES)
    if _GROWN_UP.search(passage.plain):
        passage.rest = re.sub(r"\b(?:girls|boys)\b", "people", passage.rest)
    wishes = _upper_ends(passage)
    heads = _heads(passage, earlier)
    fields = _changed(heads, earlier) if earlier else _first(heads)
    return _bounded(fields, earlier) | ({"wishes": wishes} if wishes else {})


def _upper_ends(passage: Passage) -> tuple[str, ...]:
    """Replace each range by its upper end; return the ranges in words."""
    wishes: list[str] = []

    def upper(match: re.Match[str]) -> str:
        low, high = sorted((int(match[1]), int(match[2])))
        wishes.append(f"{low} to {high} guests")
        return str(high)

    passage.rest = _BETWEEN.sub(upper, _RANGE.sub(upper, passage.rest))
    passage.rest = _COUPLES.sub(lambda match: f"{2 * int(match[1])} guests", passage.rest)
    return tuple(wishes)


def _heads(passage: Passage, earlier: Brief | None) -> Heads:
    heads = Heads()
    if earlier:
        _count_changes(passage, heads)
    heads.children = 0 if passage.take(_NO_CHILDREN) else _sum(passage, _CHILDREN)
    heads.adults = _sum(passage, _ADULTS)
    with_me = passage.take(_WITH_ME)
    heads.total = _with_me(with_me) if with_me else _total(passage)
    if earlier and heads == Heads():
        bare = passage.take(_BARE_CHANGE)
        heads.total = int(bare["n"]) if bare else None
    return heads


def _count_changes(passage: Passage, heads: Heads) -> None:
    passage.rest = _MORE_LAST.sub(r"\1 \3 \2", passage.rest)
    for match in passage.take_all(_MORE):
        number = -int(match["fewer"]) if match["fewer"] else int(match["more"] or match["plus"])
        heads.more += number
        if re.fullmatch(_CHILD, match["who"] or ""):
            heads.more_children += number


def _sum(passage: Passage, pattern: re.Pattern[str]) -> int | None:
    numbers = [int(next(filter(None, match.groups()))) for match in passage.take_all(pattern)]
    return sum(numbers) if numbers else None


def _with_me(match: re.Match[str]) -> int:
    return int(match["n"] or match["m"]) + (2 if re.search(_PARTNER, match[0]) else 1)


def _total(passage: Passage) -> int | None:
    for pattern in _TOTALS:
        match = passage.take(pattern)
        if match:
            return int(match["n"])
    return None


def _first(heads: Heads) -> dict[str, object]:
    known = [number for number in (heads.adults, heads.children or None) if number is not None]
    total = heads.total if heads.total is not None else (sum(known) if known else None)
    return _said(guests=total, children=heads.children)


def _changed(heads: Heads, earlier: Brief) -> dict[str, object]:
    children = heads.children if heads.children is not None else earlier.children
    if heads.total is not None:
        return _said(guests=heads.total, children=heads.children)
    if heads.more:
        return _said(
            guests=earlier.guests + heads.more if earlier.guests is not None else None,
            children=(earlier.children or 0) + heads.more_children if heads.more_children else heads.children,
        )
    if heads.adults is None and heads.children is None:
        return {}
    adults = heads.adults if heads.adults is not None else earlier.adults
    if adults is None:
        return _said(guests=max(earlier.guests or 0, children or 0) or None, children=heads.children)
    return _said(guests=adults + (children or 0), children=heads.children)


def _said(**fields: int | None) -> dict[str, object]:
    return {name: number for name, number in fields.items() if number is not None}


def _bounded(fields: dict[str, object], earlier: Brief | None) -> dict[str, object]:
    """Leave out impossible numbers and an earlier number of children that no longer fits."""
    fields = {name: number for name, number in fields.items() if 0 <= number <= MOST_GUESTS}
    guests = fields.get("guests", earlier.guests if earlier else None)
    children = fields.get("children", earlier.children if earlier else None)
    if guests is not None and children is not None and children > guests:
        return fields | ({"guests": children} if "guests" not in fields else {"children": None})
    return fields
