"""Catering service: the best match for a query in Alfred's own book of caterers.

The book is fiction: every service, rating and price in it is invented, and each answer says so. Rules
read the query: numbers in words ("twenty people"), sums of guests and negations ("no vegan food") are not
understood, and a price in another currency is compared number for number.
"""

from smolagents.tools import Tool


class CateringServiceTool(Tool):
    """Matches a query against a book of services, first by what it asks for, then by rating."""

    name = "catering_service_tool"
    description = "Best caterer in Alfred's own fictional book: price in US dollars, reason, runners-up."
    inputs = {
        "query": {"type": "string", "description": "cuisine, style, occasion"},
        "guests": {"type": "integer", "description": "how many", "nullable": True},
        "budget_per_guest": {"type": "number", "description": "highest price", "nullable": True},
        "dietary": {"type": "any", "description": "diets", "nullable": True},
    }
    output_type = "string"

    # Price in US dollars for one guest; smallest and largest party in guests.
    book = {
        "Gotham Catering Co.": {"rating": 4.9, "price": 65, "smallest": 20, "largest": 400},
        "Wayne Manor Catering": {"rating": 4.8, "price": 110, "smallest": 10, "largest": 250},
        "Gotham City Events": {"rating": 4.7, "price": 48, "smallest": 50, "largest": 1000},
        "Amusement Mile Grill": {"rating": 4.1, "price": 24, "smallest": 15, "largest": 300},
        "Burnley Street Kitchen": {"rating": 4.3, "price": 19, "smallest": 10, "largest": 150},
        "Crescent Moon Halal": {"rating": 4.6, "price": 38, "smallest": 10, "largest": 350},
        "Finger River Fish": {"rating": 4.4, "price": 58, "smallest": 8, "largest": 120},
        "Green Thumb Table": {"rating": 4.6, "price": 42, "smallest": 4, "largest": 180},
        "Little Italy Trattoria": {"rating": 4.5, "price": 34, "smallest": 6, "largest": 140},
        "Miagani Sushi Bar": {"rating": 4.5, "price": 55, "smallest": 4, "largest": 80},
        "Old Gotham Kosher": {"rating": 4.4, "price": 52, "smallest": 20, "largest": 300},
        "Otisburg Tacos": {"rating": 4.2, "price": 17, "smallest": 10, "largest": 200},
        "Robinson Park Picnics": {"rating": 4.3, "price": 26, "smallest": 2, "largest": 90},
        "Saffron Bridge": {"rating": 4.5, "price": 29, "smallest": 10, "largest": 260},
        "Tricorner Brunch Club": {"rating": 4.2, "price": 31, "smallest": 6, "largest": 100},
    }
    known_for = {
        "Gotham Catering Co.": "American French dinner gala reception wedding formal elegant buffet",
        "Wayne Manor Catering": "British French dinner gala formal elegant plated anniversary luxury",
        "Gotham City Events": "American superhero themed birthday corporate buffet reception casual cocktail",
        "Amusement Mile Grill": "American barbecue bbq burgers grill casual outdoor birthday children",
        "Burnley Street Kitchen": "Thai Vietnamese Asian noodles casual buffet",
        "Crescent Moon Halal": "Lebanese Turkish mezze grill wedding buffet dinner",
        "Finger River Fish": "seafood fish lobster oysters plated dinner reception",
        "Green Thumb Table": "plant-based organic healthy salads dinner wedding buffet",
        "Little Italy Trattoria": "Italian pizza pasta Mediterranean casual dinner birthday children",
        "Miagani Sushi Bar": "Japanese sushi Asian cocktail reception elegant",
        "Old Gotham Kosher": "Jewish deli wedding anniversary buffet dinner",
        "Otisburg Tacos": "Mexican tacos street casual outdoor birthday",
        "Robinson Park Picnics": "picnic sandwiches salads casual outdoor children healthy",
        "Saffron Bridge": "Indian curry tandoori wedding buffet dinner spicy",
        "Tricorner Brunch Club": "brunch breakfast pancakes cakes coffee casual shower",
    }
    serves = {
        "Gotham Catering Co.": "vegetarian vegan gluten-free nut-free",
        "Wayne Manor Catering": "vegetarian pescatarian gluten-free dairy-free",
        "Gotham City Events": "vegetarian vegan gluten-free dairy-free halal",
        "Amusement Mile Grill": "vegetarian nut-free fish-free shellfish-free",
        "Burnley Street Kitchen": "vegetarian vegan dairy-free",
        "Crescent Moon Halal": "vegetarian vegan halal",
        "Finger River Fish": "pescatarian gluten-free dairy-free",
        "Green Thumb Table": "vegetarian vegan gluten-free dairy-free nut-free egg-free fish-free",
        "Little Italy Trattoria": "vegetarian pescatarian gluten-free",
        "Miagani Sushi Bar": "vegetarian pescatarian dairy-free",
        "Old Gotham Kosher": "vegetarian pescatarian kosher",
        "Otisburg Tacos": "vegetarian vegan gluten-free soy-free sesame-free",
        "Robinson Park Picnics": "vegetarian vegan nut-free",
        "Saffron Bridge": "vegetarian vegan halal gluten-free",
        "Tricorner Brunch Club": "vegetarian dairy-free",
    }
    # A regular expression for each diet the book knows.
    diets = {
        "vegetarian": r"\bvegetarians?\b|\bveggie",
        "vegan": r"\bvegans?\b",
        "pescatarian": r"\bpescatarians?\b",
        "gluten-free": r"\bgluten.?free|\bwithout gluten|\bco?eliac",
        "dairy-free": r"\bdairy.?free|\bwithout dairy|\blactose",
        "nut-free": r"\b(pea)?nut.?free|\bwithout nuts|\b(pea)?nut allerg",
        "halal": r"\bhalal\b",
        "kosher": r"\bkosher\b",
        "egg-free": r"\begg.?free|\bwithout eggs?\b|\begg allerg",
        "fish-free": r"\bfish.?free|\bwithout fish\b|\bfish allerg",
        "shellfish-free": r"\bshellfish.?free|\bwithout shellfish\b|\bshellfish allerg",
        "soy-free": r"\bsoya?.?free|\bwithout soya?\b|\bsoya? allerg",
        "sesame-free": r"\bsesame.?free|\bwithout sesame\b|\bsesame allerg",
    }
    source = "Source: Alfred's own fictional book of services; ratings and US dollar prices are invented."

    def forward(
        self,
        query: str,
        guests: int | None = None,
        budget_per_guest: float | None = None,
        dietary: str | list | dict | None = None,
    ) -> str:
        """Return the best match with the reason and two runners-up, or what to relax when nothing fits.

        What the other arguments say counts before the query's own words.
        """
        text = " ".join(query.casefold().split()) if isinstance(query, str) else ""
        told = {"guests": self._number(guests), "price": self._number(budget_per_guest)}
        needs = self._needs(text) | {need: value for need, value in told.items() if value}
        needs |= dict.fromkeys(self._diets(str(dietary or "").casefold()), True)
        ranked = self._ranked(text, needs)
        lines = self._answer(text, needs, ranked) if ranked else self._nothing(text, needs)
        return "\n".join([*lines, self.source])

    def _needs(self, text: str) -> dict:
        """Return what a service must meet: party size, highest price a guest, diets."""
        guests = self._guests(text)
        numbers = {"guests": guests, "price": self._ceiling(text, guests)}
        return {need: value for need, value in numbers.items() if value} | dict.fromkeys(self._diets(text), True)

    def _diets(self, text: str) -> list[str]:
        """Return the diets of the book that the text names."""
        import re

        return [diet for diet, pattern in self.diets.items() if re.search(pattern, text)]

    @staticmethod
    def _number(value: str | float | None) -> float | None:
        """Return a number above 0, or nothing where there is none to read."""
        try:
            number = round(float(value or 0), 2)
        except (TypeError, ValueError, OverflowError):
            return None
        whole = int(number) if 0 < number < 1e9 else 0
        return whole if whole == number else (number if whole else None)

    def _guests(self, text: str) -> int | None:
        """Return the largest number of people that the text names."""
        import re

        number = r"(?<![\d.,€$£])(\d{1,3}(?:,\d{3})+|\d+)"
        people = r"[ -]?(?:people|persons?|guests?|pax|adults?|heads?|covers|of us)\b"
        ending = r"(?= ?(?:$|[,;!?]|\.(?!\d)|(?:and|at|in|on|tonight|under|who|with)\b))"
        found = re.findall(number + people, text) + re.findall(r"\b(?:for|of) " + number + ending, text)
        return max([int(digits.replace(",", "")) for digits in found], default=None)

    def _ceiling(self, text: str, guests: int | None) -> float | None:
        """Return the lowest price a guest that the text names; a budget or total is shared by the guests."""
        import re

        number = r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)(?!\d)"
        money = r" ?(?:[€$£]|eur\b|euros?\b|usd\b|dollars?\b|gbp\b|pounds?\b)"
        head = r" ?(?:\b(?:a|per|each)\b|/) ?(?:head|person|guest|cover|plate)\b"
        found = re.findall(r"[€$£] ?" + number, text) + re.findall(number + f"(?:{money}|{head})", text)
        prices = [float(re.sub(r",(?=\d{3})", "", digits).replace(",", ".")) for digits in found]
        if re.search(r"\b(?:budget|total|altogether|in all)\b", text) and not re.search(head, text):
            prices = [round(price / guests, 2) for price in prices if guests]
        return min(prices, default=None)

    def _ranked(self, text: str, needs: dict) -> list[str]:
        """Return the services that meet every need: most words of the query, then rating, then price."""
        book = self.book
        fitting = [name for name in book if self._meets_all(name, needs)]
        matches = {name: len(self._matches(name, text)) for name in fitting}
        keys = [(-matches[name], -book[name]["rating"], book[name]["price"], name) for name in fitting]
        return [key[-1] for key in sorted(keys)]

    def _meets_all(self, name: str, needs: dict) -> bool:
        """Tell whether the service meets every need."""
        return not [need for need, value in needs.items() if not self._meets(name, need, value)]

    def _meets(self, name: str, need: str, value: float) -> bool:
        """Tell whether the service meets one need."""
        service = self.book[name]
        if need == "guests":
            return service["smallest"] <= value <= service["largest"]
        return service["price"] <= value if need == "price" else need in self.serves[name].split()

    def _matches(self, name: str, text: str) -> list[str]:
        """Return the words of the query, singular or plural, that the service is known for."""
        import re

        asked = {word.removesuffix("s") for word in re.findall(r"[\w-]+", text)}
        return [word for word in self.known_for[name].split() if word.casefold().removesuffix("s") in asked]

    def _misses(self, name: str, text: str) -> list[str]:
        """Return the words of the query that other services are known for, but not this one."""
        known = [word for other in self.book for word in self._matches(other, text)]
        return [word for word in dict.fromkeys(known) if word not in self._matches(name, text)]

    def _label(self, need: str, value: float) -> str:
        """Return a need in words."""
        return {"guests": f"{value} guests", "price": f"at most {value:g} a guest"}.get(need, need)

    def _entry(self, name: str) -> str:
        """Return the service with its numbers."""
        entry = self.book[name]
        size = f"parties of {entry['smallest']} to {entry['largest']}"
        return f"{name} (rated {entry['rating']}, ${entry['price']} a guest, {size})"

    def _answer(self, text: str, needs: dict, ranked: list[str]) -> list[str]:
        """Return the best match, why it was chosen, and two runners-up, a line each."""
        best = ranked[0]
        kitchen, diets = self.known_for[best].split(), self.serves[best].split()
        runners = [self._entry(name) for name in ranked[1:3]]
        return [
            f"Best match: {self._entry(best)}: {', '.join(kitchen)}; diets: {', '.join(diets)}.",
            f"Why: {self._why(best, text, needs)}.",
            f"Runners-up: {'; '.join(runners) if runners else 'no other service fits'}.",
        ]

    def _why(self, best: str, text: str, needs: dict) -> str:
        """Return what the best match meets and what it misses."""
        met = self._matches(best, text) + [self._label(need, value) for need, value in needs.items()]
        missed = self._misses(best, text)
        fits = f"fits {', '.join(met)}" if met else "the query names nothing in the book, so the rating decides"
        return fits + (f"; not known for {', '.join(missed)}" if missed else "")

    def _nothing(self, text: str, needs: dict) -> list[str]:
        """Return that nothing fits, and which need to relax to get which service."""
        ways = []
        for need, value in needs.items():
            rest = {other: needs[other] for other in needs if other != need}
            label = self._label(need, value)
            ways += [f"without '{label}' {self._entry(name)}" for name in self._ranked(text, rest)[:1]]
        wanted = ", ".join([self._label(need, value) for need, value in needs.items()])
        advice = "; ".join(ways) if ways else "more than one of them, or search the web for a real caterer"
        return [f"No service in the book fits all of: {wanted}.", f"What to relax: {advice}."]
