"""Mends misspelt key words: a word one slip away from a key word becomes that word.

Only words of five letters or more are mended, only when the first letter is right, and never a word of
`REAL_WORDS`. What this does not cover: slips in names, in short words, and two slips in one word.
"""

import re
from collections import defaultdict

from alfred.brief.tables import words

_KEY_WORDS = words("""
    about adults afternoon alcohol alcoholic allergic allergies allergy anniversary april august barbecue
    birthday breakfast brunch budget caterer caterers catering celiac cheaper children christmas cocktail
    cocktails coeliac costs couple couples dairy december decorating diabetic dinner dozen dozens drinks egg
    eight eighteen eighty eleven engagement euros evening february fifteen fifty formal forty fourteen free
    friday friends garden gluten graduation guest guests halal helper helpers hours hundred intolerance
    intolerant january kosher lactose lunch mansion masquerade minutes monday morning music night nineteen
    ninety november october organise organize outdoor outdoors indoor indoors parents party peanut peanuts
    people person persons pescatarian picnic playlist pounds prepare quantities reception recommend retirement
    saturday search september seven seventeen seventy shellfish sixteen sixty suggest summarise summarize sunday
    superhero theme themed thirteen thirty thousand three thursday today tomorrow tonight tuesday twelve twenty
    vegan vegans vegetarian vegetarians venue villain wedding wednesday weekend
""")

REAL_WORDS = frozenset(
    words("""
    abort abouts above adult birthdays breakfasts bride bridge budgets cater caters cheap cheapest coast coasts
    cost costly couple coupled couples' decorated dined diner diners dinners doze dozed eighth eighths eights
    evenings evens event fifth fifths fluent formally format former forth forts fourth fourths fresh fried
    friend friendly friends' fries garden's gardens gluten-free guess guessed guests' helped hound hour houri
    houses hundreds launch launched launches lunches lunchtime manse mansions marched mention mining minute mourning
    munch music's night's nightly nights ninth organised organized outdoorsy parent parity parting partly parts party's
    party-goers pasty patty peoples persona personal personally picnics pound pounded prepaid prepared prepares
    reach recommends search searched serve served server servers seventh sever severe sixth sixths suggests
    sundry sunny super team thee their them theme's themed themes there these theses thirsty thousands threes
    threw thrice today's trance twelfth twentieth vegans vegetable vegetables venues villains weddings weeding
    weekends welding wending whine
""")
)

_TWO_SLIPS = {
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "bday": "birthday",
    "b-day": "birthday",
    "ppl": "people",
    "pplz": "people",
    "peeps": "people",
    "veg": "vegetarian",
    "anniversry": "anniversary",
    "bbq": "barbecue",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "sth": "something",
}


def _shortened(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}


def _index() -> dict[str, set[str]]:
    index: dict[str, set[str]] = defaultdict(set)
    for word in _KEY_WORDS:
        for short in _shortened(word):
            index[short].add(word)
    return dict(index)


_BY_SHORTENED = _index()
_KNOWN = REAL_WORDS.union(_KEY_WORDS)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def corrected(text: str) -> str:
    """Return a lower-case text with its key words spelt right."""
    return _WORD.sub(lambda match: _mended(match[0]), text)


def _mended(word: str) -> str:
    if word in _TWO_SLIPS:
        return _TWO_SLIPS[word]
    if len(word) < 5 or len(word) > 14 or word in _KNOWN:
        return word
    meant = {key for short in _shortened(word) for key in _BY_SHORTENED.get(short, ())}
    return min(meant, key=lambda key: (abs(len(key) - len(word)), key), default=word)
