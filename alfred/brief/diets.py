"""What guests cannot or will not eat, with how many they are, and whether alcohol is served.

"Vegan reception" is a need without a number, and so is "30 people vegetarian" where no other number of guests
is said; "half of them vegetarian" is a number when the guests are
known. A drink-free party is alcohol False, and a need only for counted guests ("two do not drink
alcohol"). What this does not cover: guessing a diet from a religion or a nation.
"""

import re
from fractions import Fraction
from math import ceil

from alfred.brief.model import LONGEST_LIST, MOST_GUESTS, Brief, Diet
from alfred.brief.passage import GAP, Passage

NEEDS = {
    r"vegetarians?|veggie|meat[- ]free|meatless|no meat|don't eat meat|doesn't eat meat": "vegetarian",
    r"vegans?|plant[- ]based": "vegan",
    r"pescatarians?|pescetarians?": "pescatarian",
    r"coeliacs?|celiacs?|coeliac disease|celiac disease": "gluten-free",
    r"diabetics?|diabetes": "diabetic",
    r"halal": "halal",
    r"kosher": "kosher",
    r"keto|ketogenic": "keto",
    r"paleo": "paleo",
    r"low[- ]carb": "low-carb",
    r"low[- ]salt|low[- ]sodium": "low-salt",
    r"low[- ]sugar|sugar[- ]free|no sugar": "low-sugar",
}
ALLERGENS = {
    r"(?:tree )?nuts?|peanuts?|almonds?|hazelnuts?|walnuts?|cashews?": "nut-free",
    r"eggs?": "egg-free",
    r"dairy|milk|lactose": "dairy-free",
    r"gluten|wheat": "gluten-free",
    r"shellfish|seafood|crustaceans?|prawns?|shrimps?": "shellfish-free",
    r"fish": "fish-free",
    r"soya?|soybeans?": "soy-free",
    r"sesame": "sesame-free",
    r"celery": "celery-free",
    r"mustard": "mustard-free",
    r"lupin": "lupin-free",
    r"sulphites?|sulfites?": "sulphite-free",
    r"pork": "no pork",
    r"beef": "no beef",
}
FRACTIONS = {
    "half": Fraction(1, 2),
    "a third": Fraction(1, 3),
    "a quarter": Fraction(1, 4),
    "two thirds": Fraction(2, 3),
    "all": Fraction(1),
    "everyone": Fraction(1),
    "everybody": Fraction(1),
}

_ALLERGEN = "|".join(ALLERGENS)
_LIST = (
    rf"(?:the\s+)?(?:{_ALLERGEN})\b(?:(?:\s*,\s*|\s*/\s*|\s+(?:and|or|&|nor)\s+)+(?:no\s+)?(?:{_ALLERGEN})\b){{0,8}}"
)
_AVERSE = (
    r"(?:is |are |being )?(?:allergic to|intolerant to|intolerant of)|allerg(?:y|ies)(?: to|:)"
    r"|intoleran(?:t|ce)(?: to|:)"
    r"|(?:can't|cannot|can not|don't|doesn't|do not|does not|won't|must not) (?:eat|have|tolerate"
    r"|drink)|avoid(?:s|ing)?"
    r"|free (?:of|from)|without|no"
)
_NEED = (
    rf"(?P<plain>(?<!non-)(?<!non )\b(?:{'|'.join(NEEDS)})\b)"
    rf"|\b(?:{_AVERSE})\s+(?P<averse>{_LIST})"
    rf"|\b(?P<listed>{_LIST})[\s-]*(?:allerg(?:y|ies|ic)|intoleran(?:t|ce)|free\b)"
    r"|(?P<dry>\b(?:(?:does not|do not|doesn't|don't|drinks? no) (?:drink )?alcohol|(?:don't|doesn't"
    r"|do not|does not) drink|non-drinkers?|teetotal(?:lers)?))"
)
_PEOPLE = r"(?:guests?|people|persons?|kids?|children|child|friends?|adults?|boys?|girls?|man|men|woman|women|ones?)"
_FILLER = (
    rf"(?:\s+(?:of (?:them|us|the {_PEOPLE}|whom|which|my {_PEOPLE}|our {_PEOPLE})|{_PEOPLE}|who"
    rf"|that|which|is|are|has|have"
    r"|being|will be|must be|must eat|eats?|needs?|wants?|prefers?|an|a|strict|severe|serious|bad"
    r"|only|with an?"
    r"|with (?=\S+ (?:allerg|intoler)|coeliac|celiac|diabetes)))*\s+"
)
_SHARE = r"(?:the )?(?P<share>half|a third|a quarter|all|everyone|everybody)|(?P<percent>\d{1,3})\s?(?:%|percent)"
_COUNTED = re.compile(
    rf"(?P<total>\bfor )?(?:(?<![\w.,:/$£€-])(?P<count>\d{{1,7}})|\b{_SHARE}){_FILLER}(?:{_NEED})"
    rf"(?:\s+{_PEOPLE}\b)?"
)
_TAGGED = re.compile(rf"(?:{_NEED})(?:\s*[:x(=]|\s+are(?: now)?)\s*(?P<count>\d{{1,7}})\b\)?")
_UNCOUNTED = re.compile(_NEED)
_REMOVED = re.compile(
    rf"\b(?:no more|no longer|not|no|without|remove|drop|forget|cancel|skip|instead of|nobody is"
    rf"|none (?:of them )?(?:is|are))\s+(?:any\s+|the\s+|a\s+)?"
    rf"(?:(?P<plain>(?:{'|'.join(NEEDS)})\b)(?! meat)|(?P<listed>{_LIST})[\s-]*(?:allerg(?:y|ies|ic)"
    rf"|intoleran(?:t|ce)|free))"
    rf"(?:\s+(?:{_PEOPLE}|anymore|any more))*"
)
_PERSON = "coeliac|celiac|vegan|vegetarian|pescatarian|diabetic"
_OTHERWISE = {
    re.compile(r"\b(?:another(?: one)?|someone|somebody) (?=is|has)"): "1 ",
    re.compile(rf"\ban? (?=(?:{_PERSON})\b\s*(?:$|[,;.!?]|and\b|who\b))"): "1 ",
    re.compile(r"(?<=\d )veggies\b"): "vegetarians",
    re.compile(r"(?<=\d )gf\b"): "gluten-free",
    re.compile(r"(?<=\bfor )(\d{1,7}) (?=(?:without|no)\b)"): rf"\1{GAP}",
    re.compile(rf"(\bincl(?:uding)? \d{{1,7}} {_PEOPLE}) (?=(?:{_NEED})\s*(?:$|[,;.!?]))"): rf"\1{GAP}",
}
_GROUP = re.compile(rf"(?<![\w.,:/$£€-])(\d{{1,7}} {_PEOPLE}) (?={_NEED})")
_HEADS = re.compile(rf"\b\d{{1,7}} {_PEOPLE}\b|\b(?:for|of) \d")
_NO_DIETS = re.compile(
    r"\b(?:no|forget|drop|remove|without)\s+(?:the\s+|any\s+|special\s+)*(?:diets?|dietary \w+"
    r"|allerg(?:y|ies))\b"
)

_DRY = re.compile(
    r"\bno (?:alcohol|booze|drinking)\b|\b(?:alcohol|booze)[- ]free\b|\bwithout (?:any )?(?:alcohol"
    r"|booze)\b|\bsober\b"
    r"|\bnon-?\s?alcoholic\b(?! options)|\b(?:it is|it's|a|as a|is|keep it|make it|be) dry\b(?! "
    r"(?:ice|white|red))|\bteetotal\b"
)
_WET = re.compile(
    r"\b(?:wines?(?! cellar| bar| glass)|beers?(?! garden| tent)|cocktails|champagne|prosecco"
    r"|sangria|whisk(?:e)?y|gin|vodka|rum|open bar|full bar"
    r"|cash bar|booze|byob|spirits|with alcohol|alcoholic drinks|alcohol is fine|sparkling wine|cava|ale)\b"
)


def read_alcohol(passage: Passage) -> dict[str, object]:
    """Return whether alcohol is served, if that was said."""
    if _DRY.search(passage.rest):
        return {"alcohol": False}
    return {"alcohol": True} if _WET.search(passage.rest) else {}


def read_diets(passage: Passage, earlier: Brief | None) -> tuple[dict[str, object], dict[str, Fraction]]:
    """Return the diets, merged with those of the earlier brief, and the shares that wait for the number of guests."""
    before = {diet.need: diet.guests for diet in (earlier and earlier.dietary) or ()}
    kept = {} if passage.take(_NO_DIETS) else dict(before)
    for removed in passage.take_all(_REMOVED):
        for need in _needs(removed):
            kept.pop(need, None)
    for pattern, words in _OTHERWISE.items():
        passage.rest = pattern.sub(words, passage.rest)
    if len(_HEADS.findall(passage.rest)) == 1 and not (earlier and earlier.guests):
        passage.rest = _GROUP.sub(rf"\1{GAP}", passage.rest)
    shares: dict[str, Fraction] = {}
    said = _counted(passage, shares)
    for match in passage.take_all(_UNCOUNTED):
        for need in () if match["dry"] else _needs(match):
            said.setdefault(need, kept.get(need))
    merged = {**kept, **said}
    return ({"dietary": merged or None} if merged != before else {}), shares


def settle(
    needs: dict[str, int | None] | None, shares: dict[str, Fraction], guests: int | None
) -> tuple[Diet, ...] | None:
    """Return the diets with every share turned into a number of guests, rounded up."""
    if not needs:
        return None
    counts = needs | {need: ceil(guests * share) for need, share in shares.items() if guests is not None}
    return tuple(Diet(need=need, guests=count) for need, count in counts.items())[:LONGEST_LIST]


def _counted(passage: Passage, shares: dict[str, Fraction]) -> dict[str, int | None]:
    """Return the needs with a number; "for 20 vegans" leaves "for 20 people" to the reader of guests."""
    said: dict[str, int | None] = {}
    matches = list(_COUNTED.finditer(passage.rest))
    for match in matches:
        for need in _needs(match):
            said[need] = _count(match)
            if said[need] is None:
                shares[need] = _share(match)
    only = len(matches) == 1
    passage.rest = _COUNTED.sub(lambda match: _remainder(match, only), passage.rest)
    for match in passage.take_all(_TAGGED):
        said |= dict.fromkeys(_needs(match), _count(match))
    return said


def _remainder(match: re.Match[str], only: bool) -> str:
    return f"for {match['count']} people{GAP}" if only and match["total"] and match["count"] else GAP


def _count(match: re.Match[str]) -> int | None:
    return min(int(match["count"]), MOST_GUESTS) if match["count"] else None


def _share(match: re.Match[str]) -> Fraction:
    return FRACTIONS[match["share"]] if match["share"] else Fraction(min(int(match["percent"]), 100), 100)


def _needs(match: re.Match[str]) -> list[str]:
    """Return the canonical needs that a match names, in the order of the words."""
    found = match.groupdict()
    if found.get("dry"):
        return ["no alcohol"]
    if found["plain"]:
        return [need for words, need in NEEDS.items() if re.fullmatch(words, found["plain"])]
    words = re.findall(rf"\b(?:{_ALLERGEN})\b", found.get("averse") or found["listed"])
    return list(dict.fromkeys(_allergen_need(word) for word in words))


def _allergen_need(word: str) -> str:
    return next(need for words, need in ALLERGENS.items() if re.fullmatch(words, word))
