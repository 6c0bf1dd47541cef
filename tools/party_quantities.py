"""What a party consumes and needs: food, drinks, ice, crockery, staff and floor, each number with its rule.

Amounts are exact fractions until the end, then counts are rounded up. Food is for eaters, where a child
is half an adult; drinks and seats for all; alcohol for adult drinkers. It knows no prices and no dishes.
"""

from smolagents.tools import Tool


class PartyQuantitiesTool(Tool):
    """Computes quantities, staff and space from the number of guests and the hours.

    Each rule names its source as the trade prints it. "Midpoint" marks a value between two that the source
    gives, "our choice" a value that no source gives.
    """

    name = "party_quantities"
    description = "Food, drinks, ice, crockery, staff and area of a party, each with its rule."
    inputs = {
        "guests": {"type": "integer", "description": "everybody, children included", "nullable": True},
        "hours": {"type": "number", "description": "how long", "nullable": True},
        "children": {"type": "integer", "description": "how many of the guests", "nullable": True},
        "meal": {"type": "string", "description": "buffet, plated, bites", "nullable": True},
        "alcohol": {"type": "any", "description": "none, wine, full bar", "nullable": True},
        "layout": {"type": "string", "description": "standing, round, dancing", "nullable": True},
        "chill_bottles": {"type": "boolean", "description": "with ice", "nullable": True},
    }
    output_type = "object"

    # The first word found decides; a buffet when none is.
    meals = {
        "none": "drinks",
        "drinks": "drinks",
        "brunch": "brunch",
        "breakfast": "brunch",
        "plated": "plated",
        "formal": "plated",
        "gala": "plated",
        "wedding": "plated",
        "bite": "bites",
        "canap": "bites",
        "cocktail": "bites",
        "reception": "bites",
        "snack": "bites",
    }
    # Amount for one of what is counted: eaters, guests, adults, or guest hours.
    dinner = {
        "food, all courses": {
            "per": "eaters",
            "each": "0.495",
            "unit": "kg",
            "why": "450 g + 10 %; messinas",
        },
        "main protein, cooked": {"per": "eaters", "each": "0.17", "unit": "kg", "why": "simplyelegant"},
        "main protein, raw": {"per": "eaters", "each": "17/70", "unit": "kg", "why": "cooked ÷ 0.70"},
        "side dish": {"per": "eaters", "each": "0.128", "unit": "kg", "why": "exploreseveryday, midpoint"},
        "salad": {"per": "eaters", "each": "0.1", "unit": "kg", "why": "exploreseveryday, midpoint"},
        "grain or bread": {"per": "eaters", "each": "0.1", "unit": "kg", "why": "exploreseveryday, midpoint"},
        "dessert": {"per": "guests", "each": "1", "unit": "portions", "why": "simplyelegant"},
        "bites before dinner": {"per": "eaters", "each": "5", "unit": "pieces", "why": "studylib"},
    }
    liquids = {
        "soft drinks": {"per": "guests", "each": "0.5", "unit": "l", "why": "at least; myfoodandfamily"},
        "water": {"per": "guest hours", "each": "0.2", "unit": "l", "why": "dailymeal, midpoint"},
        "coffee": {"per": "adults", "each": "1", "unit": "cups", "why": "evening; countryclub"},
    }
    brunch_coffee = {"per": "adults", "each": "2", "unit": "cups", "why": "morning; countryclub"}
    mixers = {"per": "guests", "each": "1/3", "unit": "l", "why": "full bar; thatsawrapper"}
    ice = {"per": "guests", "each": "0.7", "unit": "kg", "why": "pedersens"}
    chilling_ice = {"per": "guests", "each": "1.1", "unit": "kg", "why": "it chills bottles too; pedersens"}
    tableware = {
        "seats": {
            "per": "guests",
            "each": "1.05",
            "unit": "seats",
            "why": "5 % spare; catering quick numbers",
        },
        "place settings": {"per": "guests", "each": "1.05", "unit": "settings", "why": "one a seat"},
        "glasses": {"per": "guests", "each": "2.1", "unit": "glasses", "why": "two a seat, our choice"},
    }
    # Percent of the alcoholic drinks (infocomm, todaysbride) and glasses in a 0.75 l bottle (pedersens).
    bars = {"beer and wine": {"beer": 70, "wine": 30}, "full bar": {"wine": 50, "beer": 20, "spirits": 30}}
    glasses = {"wine": 5, "spirits": 16}
    # Guests for one of the staff (waitron, host-staff, infocomm).
    per_server = {"plated": 10, "buffet": 25, "brunch": 25, "bites": 25}
    per_bartender = {"beer and wine": 75, "full bar": 50}
    # Square metres a guest (locationtente, specialtyrents); classroom is a midpoint.
    metres = {
        "dancing": "2.25",
        "standing": "1.0",
        "round": "1.2",
        "oblong": "0.9",
        "theatre": "1.0",
        "classroom": "1.8",
    }

    def forward(
        self,
        guests: int | None = None,
        hours: float | None = None,
        children: int | None = None,
        meal: str | None = None,
        alcohol: str | bool | None = None,
        layout: str | None = None,
        chill_bottles: bool | None = None,
    ) -> dict | str:
        """Return the quantities as plain data, or one sentence that says what to correct."""
        fault = self._fault(guests, hours, children)
        if fault:
            return fault
        guests, children = int(float(guests)), int(float(children or 0))
        party = self._party(guests, hours, children, self._meal(meal), self._bar(alcohol, guests, children))
        counts = self._counts(party, alcohol)
        rows = self._food(party, counts) + self._drinks(party, counts)
        rows += self._ice(counts, chill_bottles) + self._rows(self.tableware, counts)
        space = self._space(counts, str(layout or ("standing" if party["meal"] == "bites" else "rounds")))
        found = {"items": rows, "staff": self._staff(party), "space": space}
        return party | found | {"assumptions": self._assumptions(party, hours, meal, alcohol)}

    def _fault(self, guests: int | None, hours: float | None, children: int | None) -> str:
        """Return one sentence on the first number that cannot be used, or nothing."""
        if guests is None:
            return "The number of guests is not known: give guests, children included."
        for name, value, most in [
            ("guests", guests, 1000000),
            ("children", children, 1000000),
            ("hours", hours, 24),
        ]:
            if value is not None and not self._usable(value, most):
                return f"{name} is {value!r}, which cannot be used: give a number from 0 to {most}."
        if hours is not None and float(hours) == 0:
            return "hours is 0: give the length of the party, more than 0."
        if float(children or 0) > float(guests):
            return f"children is {children} but guests only {guests}: guests counts everybody, children too."
        return ""

    @staticmethod
    def _usable(value: str | float, most: int) -> bool:
        """Tell whether a value reads as a number from 0 to `most`."""
        try:
            return not isinstance(value, bool) and 0 <= float(value) <= most
        except (TypeError, ValueError):
            return False

    @staticmethod
    def _party(guests: int, hours: float | None, children: int, meal: str, bar: str) -> dict:
        """Return the settled facts; four hours when the length is not known."""
        people = {"adults": guests - children, "children": children, "total": guests}
        return {"guests": people, "hours": float(hours or 4), "meal": meal, "bar": bar}

    def _counts(self, party: dict, alcohol: str | bool | None) -> dict:
        """Return what the rules multiply: heads, eaters, hours, drinks a head, drinkers."""
        from fractions import Fraction
        from math import ceil

        people, hours = party["guests"], Fraction(str(party["hours"]))
        return {
            "guests": people["total"],
            "adults": people["adults"],
            "eaters": people["adults"] + Fraction(people["children"], 2),
            "hours": hours,
            "guest hours": people["total"] * hours,
            "drinks": 1 + max(ceil(hours), 1),
            "drinkers": self._drinkers(party, alcohol),
        }

    def _meal(self, meal: str | None) -> str:
        """Return the way of serving that a phrase names."""
        said = str(meal or "").lower()
        named = [kind for word, kind in self.meals.items() if word in said]
        return named[0] if named else "buffet"

    @staticmethod
    def _bar(alcohol: str | bool | None, guests: int, children: int) -> str:
        """Return the bar meant; unsaid is beer and wine, but none where half of the guests are children."""
        said = str(alcohol).strip().lower()
        if alcohol is None:
            return "none" if children and 2 * children >= guests else "beer and wine"
        if said in ("false", "no", "none", "0", "") or said.startswith(("no ", "without", "non-")):
            return "none"
        return "full bar" if "full" in said or "spirit" in said or "cocktail" in said else "beer and wine"

    @staticmethod
    def _drinkers(party: dict, alcohol: str | bool | None) -> int:
        """Return how many adults drink: the number that `alcohol` names, else all."""
        import re

        named = re.search(r"\d+", str(alcohol))
        adults = party["guests"]["adults"]
        drinkers = min(int(named.group()), adults) if named else adults
        return 0 if party["bar"] == "none" else drinkers

    def _rows(self, rules: dict, counts: dict) -> list:
        """Return a row for each rule: the count times the amount for one; weights and litres stay exact."""
        from fractions import Fraction
        from math import ceil

        rows = []
        for item, rule in rules.items():
            count, unit = counts[rule["per"]], rule["unit"]
            amount = count * Fraction(rule["each"])
            exact = round(float(amount), 3) if unit in ("kg", "l") else ceil(amount)
            text = f"{float(count):g} {rule['per']} × {rule['each']} {unit} ({rule['why']})"
            rows.append({"item": item, "amount": exact, "unit": unit, "rule": text})
        return rows

    def _food(self, party: dict, counts: dict) -> list:
        """Return the parts of a meal, or the pieces when bites are the meal."""
        if party["meal"] == "bites":
            each = 5 * min(counts["hours"], 2) + 3 * max(counts["hours"] - 2, 0)
            why = "5 an hour for 2 hours, then 3; countryclubreceptions"
            return self._rows({"bites": {"per": "eaters", "each": each, "unit": "pieces", "why": why}}, counts)
        rules = {} if party["meal"] == "drinks" else self.dinner
        return self._rows(rules, counts)

    def _drinks(self, party: dict, counts: dict) -> list:
        """Return the servings by kind with their bottles, then what comes by the litre and the cup."""
        from math import ceil

        heads, each, alcoholic = counts["guests"], counts["drinks"], counts["drinkers"] * counts["drinks"]
        flat = f"a flat 1.5 an hour gives {ceil(counts['guest hours'] * 3 / 2)}"
        rule = f"{heads} guests × {each}: 2 in the first hour, then 1 an hour (thatsawrapper); {flat}"
        servings = {"drinks, all kinds": heads * each, "alcoholic drinks": alcoholic}
        rules = {
            "drinks, all kinds": rule,
            "alcoholic drinks": f"{counts['drinkers']} adult drinkers × {each}",
            "soft servings": "all drinks less the alcoholic ones",
        }
        servings["soft servings"] = heads * each - alcoholic
        rows = [{"item": item, "amount": servings[item], "unit": "servings", "rule": rules[item]} for item in rules]
        return rows + self._bottles(party["bar"], alcoholic) + self._rows(self._liquids(party), counts)

    def _bottles(self, bar: str, alcoholic: int) -> list:
        """Return beer, wine and spirits in servings, and in bottles where the yield is known."""
        rows = []
        for kind, share in self.bars.get(bar, {}).items():
            servings, rule = -(-alcoholic * share // 100), f"{share} % of {alcoholic} (infocomm, todaysbride)"
            rows.append({"item": kind, "amount": servings, "unit": "servings", "rule": rule})
            if kind in self.glasses:
                each = self.glasses[kind]
                rule = f"{servings} servings ÷ {each}, rounded up (pedersens)"
                bottles = -(-servings // each)
                rows.append({"item": f"{kind} bottles", "amount": bottles, "unit": "bottles", "rule": rule})
        return rows

    def _liquids(self, party: dict) -> dict:
        """Return the rules for what comes by the litre and the cup."""
        coffee = {"coffee": self.brunch_coffee} if party["meal"] == "brunch" else {}
        mixers = {"mixers": self.mixers} if party["bar"] == "full bar" else {}
        return self.liquids | coffee | mixers

    def _ice(self, counts: dict, chills: bool | None) -> list:
        """Return the ice in kilograms and in bags of two."""
        rule = self.chilling_ice if chills else self.ice
        ice = self._rows({"ice": rule}, counts)
        bags = {"per": "guests", "each": "11/20" if chills else "7/20", "unit": "bags", "why": "2 kg a bag"}
        return ice + self._rows({"ice bags": bags}, counts)

    def _staff(self, party: dict) -> list:
        """Return who serves: the front line rounded up, support rounded down."""
        heads, server, bartender = party["guests"]["total"], self.per_server, self.per_bartender
        hosts = "; up to 20 at home the hosts can serve" if heads <= 20 else ""
        rows = self._line("server", heads, server.get(party["meal"]), hosts)
        rows += self._line("bartender", heads, bartender.get(party["bar"]), "")
        if party["bar"] == "full bar" and heads > 75:
            rows.append({"role": "barback", "count": 1, "rule": "1 above 75 guests, full bar (infocomm)"})
        if heads >= 100:
            role = "runner" if party["meal"] == "buffet" else "floater"
            rows.append({"role": role, "count": heads // 100, "rule": "1 per full 100 guests (host-staff)"})
        counts = [row["count"] for row in rows]
        captains = max(int(sum(counts) >= 6), heads // 100)
        rule = "1 from 6 staff on, or per full 100 guests (silvertray)"
        return rows + ([{"role": "captain", "count": captains, "rule": rule}] if captains else [])

    @staticmethod
    def _line(role: str, heads: int, ratio: int | None, note: str) -> list:
        """Return the row of a role that serves the guests, if it is needed."""
        rule = f"1 per {ratio} guests (waitron, infocomm){note}"
        return [{"role": role, "count": -(-heads // ratio), "rule": rule}] if ratio and heads else []

    def _space(self, counts: dict, layout: str) -> dict:
        """Return the floor for a layout, with the dance floor and the bar that it names."""
        from fractions import Fraction

        said = layout.lower()
        named = [kind for kind in self.metres if kind in said.replace("dinner and dance", "dancing")]
        base = (named or ["round"])[0]
        area = counts["guests"] * Fraction(self.metres[base])
        rule = f"{counts['guests']} guests × {self.metres[base]} m², {base} (locationtente, specialtyrents)"
        if "dance floor" in said and base != "dancing":
            area, rule = area + counts["guests"] * Fraction("0.28"), rule + " + 0.28 m² each to dance"
        if "bar" in said:
            area, rule = area + 9, rule + " + 9 m² for the bar"
        return {"area_m2": round(float(area), 2), "layout": layout, "rule": rule}

    @staticmethod
    def _assumptions(party: dict, hours: float | None, meal: str | None, alcohol: str | bool | None) -> list:
        """Return what was not said and had to be taken."""
        bar = "no alcohol" if party["bar"] == "none" else f"{party['bar']} for the adults"
        unsaid = {
            "Quantities are for 4 hours: no length was given.": hours is None,
            f"Quantities are for {party['meal']}: no way of serving was given.": meal is None,
            f"Quantities are for {bar}: alcohol was not mentioned.": alcohol is None,
        }
        return [text for text, assumed in unsaid.items() if assumed]
