"""The plan of a party as plain data: what the brief says, what the other tools found, and what follows.

It computes countdown, preparations, run of show, budget and shopping list, and checks them. Money is text with
two decimals, dates are "2026-12-12", times "19:00", null is what nobody knows. Wrong input is answered with one
sentence. It looks nothing up, invents no company and no price, and converts no currency.

The file is long because the Hub wants a tool in one file; the methods stand in the order of the plan's sections.
"""

from smolagents.tools import Tool


class PartyPlanTool(Tool):
    """Assembles a plan from a brief and the results of the other tools, and computes the rest.

    Sources: countdown Notre Dame, WKU CAB, tidyform, visualfoodie, shrunk to short notice by our choice; shares
    of the budget between belvedereprovo, eventzone and kahnscatering; contingency run-sheets. The minutes of
    unnamed preparations, the parts of the evening and the days for shopping are our choice.
    """

    name = "party_plan"
    description = "Assembles and checks the whole plan from the brief and the other tools' results. Returns a dict."
    inputs = {
        "brief": {"type": "object", "description": "facts of the party"},
        "theme": {"type": "any", "description": "theme result", "nullable": True},
        "menu": {"type": "any", "description": "menu or allergen_check result", "nullable": True},
        "caterer": {"type": "any", "description": "catering result", "nullable": True},
        "quantities": {"type": "any", "description": "party_quantities result", "nullable": True},
        "music": {"type": "any", "description": "tracks or search result", "nullable": True},
        "plan": {"type": "any", "description": "last plan, when it changes", "nullable": True},
    }
    output_type = "any"

    # The values of a brief that are no plain text, and what each must be.
    kinds = {
        "guests": "a whole number from 0 up",
        "children": "a whole number from 0 up",
        "helpers": "a whole number from 0 up",
        "capacity": "a whole number from 0 up",
        "hours": "a number from 0 up",
        "budget": "an amount from 0 up, without currency",
        "budget_per_guest": "an amount from 0 up, without currency",
        "date": "year-month-day",
        "start": "hour:minute",
        "end": "hour:minute",
        "now": "year-month-dayThour:minute",
    }
    currencies = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
        "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
        "GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT "
        "LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
        "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
        "STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG "
        "XOF XPF YER ZAR ZMW ZWG"
    )
    whole_units = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
    signs = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR"}
    homes = "home|house|flat|apartment|garden|yard|mansion|manor|villa|place|office|terrace|kitchen"
    # The diets that a rule can judge; other needs stay as they were said.
    diets = (
        "vegetarian, vegan, pescatarian, halal, kosher, diabetic, gluten-free, dairy-free, nut-free, egg-free, "
        "shellfish-free, fish-free, soy-free, sesame-free, celery-free, mustard-free, lupin-free, sulphite-free, "
        "no pork, no beef, no alcohol"
    )
    synonyms = {"coeliac": "gluten", "celiac": "gluten", "lactose": "dairy", "peanut": "nut"}
    # Percent of the budget; the contingency of 10 % comes before them.
    shares = {
        "hired": "25 Venue; 38 Food and drink; 8 Staff and rentals; 10 Entertainment; 6 Décor; 3 Photo and print",
        "home": "55 Food and drink; 12 Staff and rentals; 13 Entertainment; 10 Décor",
    }
    # Days before the party, for eight weeks' notice.
    countdown = {
        56: "Settle purpose, guest list, budget and date",
        49: "Settle the theme; book who cooks, plays and drives",
        42: "Send invitations; ask for diets, allergies and access needs",
        35: "Walk through the rooms; plan safety and power",
        28: "Order what has a lead time; plan layout and staff; draft the run of show",
        21: "Chase replies; choose the music; review the plan for weather and evacuation",
        14: "Close the replies; seat the guests; read the contracts again",
        7: "Give the final count to whoever cooks; ask about allergies again; confirm deliveries",
        1: "Rehearse; chill the drinks; check delivery times; set the furniture",
        0: "Put bottles on ice 2 hours before; follow the run of show; note when food comes out",
    }
    hired_countdown = {56: "book the venue and ask for its legal capacity", 42: "sign the contracts"}
    outdoor_countdown = {56: "reserve a place for rain", 1: "decide on the rain plan by the forecast"}
    preparations = {"Drinks": 30, "Decoration": 60, "Menu set-up": 45, "Music and playlist": 45}
    # Percent of the party's length.
    evening = {"arrive": 12, "welcome": 10, "meal": 38, "activity": 30, "farewell": 10}
    # What is bought how many days before the party; a caterer brings the fresh food.
    fresh = {1: "main protein, raw; side dish; salad; grain or bread; dessert; bites before dinner; bites"}
    stock = {
        14: "place settings; glasses",
        7: "beer; wine bottles; spirits bottles; mixers; soft drinks; water; coffee",
        0: "ice bags",
    }

    def forward(
        self,
        brief: dict,
        theme: str | dict | None = None,
        menu: str | list | dict | None = None,
        caterer: str | dict | None = None,
        quantities: str | dict | None = None,
        music: str | list | dict | None = None,
        plan: dict | None = None,
    ) -> dict | str:
        """Return the plan as plain data, or one sentence that says what to correct.

        With `plan`, the last plan, what is not given anew stays; what depends on the brief follows the brief.
        """
        facts = self._facts(brief)
        given = {
            "theme": theme,
            "menu": menu,
            "caterer": caterer,
            "quantities": quantities,
            "music": music,
            "plan": plan,
        }
        self._keep(facts, given)
        faults = facts["faults"] + self._misfits(given)
        if faults:
            return faults[0]
        made = self._head(facts) | {"theme": self._theme(facts, given["theme"]), "dietary": facts["dietary"]}
        made["menu"] = self._menu(facts, given["menu"], given["quantities"])
        made["catering"] = self._catering(facts, given["caterer"])
        made["music"] = self._music(given["music"], made["theme"])
        made |= self._amounts(facts, given["quantities"])
        made["budget"] = self._budget(facts, made["catering"])
        made["countdown"] = self._countdown(facts)
        made["preparation"] = self._preparation(facts)
        made["run_of_show"] = self._run_of_show(facts, made["theme"])
        made["shopping"] = self._shopping(facts, made)
        made["risks"] = self._risks(facts)
        made["assumptions"] = self._assumptions(facts, made)
        made["sources"] = self._sources(made)
        return made | {"checks": self._checks(facts, made)}

    @staticmethod
    def _misfits(given: dict) -> list:
        """Return a sentence for each result that no tool can have given."""
        odd = [name for name, value in given.items() if not isinstance(value, str | list | tuple | dict | None)]
        advice = "pass what the tool returned, or leave it out"
        return [f"The {name} {given[name]!r} is no text, list or dict: {advice}." for name in odd]

    def _keep(self, facts: dict, given: dict) -> None:
        """Put the last plan's part in the place of each result that is not given anew."""
        last = given["plan"] if isinstance(given["plan"], dict) else {}
        parts = {"menu": "menu", "caterer": "catering", "music": "music"}
        for name, part in parts.items():
            given[name] = given[name] or last.get(part)
        theme = last.get("theme") if isinstance(last.get("theme"), dict) else {}
        if not given["theme"] and facts["theme"] in ("", theme.get("name")):
            given["theme"] = theme
        if not isinstance(given["quantities"], dict):
            given["quantities"] = self._last_quantities(last)

    def _last_quantities(self, last: dict) -> dict:
        """Return the quantities of a plan in the form of party_quantities."""
        notes = [note for note in self._list(last.get("assumptions")) if str(note).startswith("Quantities are for")]
        kept = {key: last.get(key) for key in ("guests", "staff", "space")}
        kept |= {"items": last.get("quantities"), "assumptions": notes}
        show = [row.get("start") for row in self._list(last.get("run_of_show")) if isinstance(row, dict)]
        ends = [self._value("start", text, []) for text in show[:1] + show[-1:]]
        return kept | {"hours": self._hours_between(*ends) if all(ends) and ends else 0}

    @staticmethod
    def _hours_between(start: object, end: object) -> object:
        """Return the hours from one time to the next moment that the clock shows the other."""
        from decimal import Decimal

        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        return round(Decimal(minutes % 1440 or 1440) / 60, 2)

    @staticmethod
    def _list(value: object) -> list:
        """Return a list as it is and anything else as an empty one."""
        return list(value) if isinstance(value, list | tuple) else []

    def _facts(self, brief: dict | str) -> dict:
        """Return the brief's values as Python's, the faults found in them, and what had to be assumed."""
        said, faults = self._said(brief), []
        facts = {key: self._value(key, said.get(key), faults) for key in self.kinds}
        facts |= {key: " ".join(str(said.get(key) or "").split()) for key in ("occasion", "theme", "venue")}
        facts |= {"faults": faults, "assumed": [], "outdoors": said.get("outdoors"), "alcohol": said.get("alcohol")}
        facts["dietary"] = self._dietary(said.get("dietary"))
        facts["tasks"] = self._tasks(said.get("tasks"), faults)
        facts["currency"] = self._currency(said.get("currency"), faults)
        faults += [] if said else ["The brief is empty or no dict: give the facts of the party by name."]
        if not faults:
            self._settle(facts, str(said.get("wishes") or ""))
        return facts

    @staticmethod
    def _said(brief: dict | str) -> dict:
        """Return the brief as a dict; JSON text is read, anything else is empty."""
        import json

        if isinstance(brief, str):
            try:
                brief = json.loads(brief)
            except ValueError:
                return {}
        return brief if isinstance(brief, dict) else {}

    def _value(self, key: str, value: object, faults: list) -> object:
        """Return one value of the brief; one that cannot be read adds a sentence to the faults."""
        if value is None or value == "":
            return None
        try:
            return self._read(self.kinds[key], str(value).strip())
        except (ArithmeticError, ValueError):
            faults.append(f"The brief's {key} {value!r} cannot be used: give {self.kinds[key]}.")
            return None

    @staticmethod
    def _read(kind: str, text: str) -> object:
        """Read a number, an amount, a date, a time or a moment; raises ValueError or ArithmeticError."""
        from datetime import date, datetime, time
        from decimal import Decimal

        if kind == "year-month-day":
            return date.fromisoformat(text)
        if "hour" in kind:
            reader = time if kind == "hour:minute" else datetime
            return reader.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
        number = Decimal(text)
        if not 0 <= number <= 10**10 or ("whole" in kind and number % 1):
            raise ValueError(text)
        return int(number) if "whole" in kind else round(number, 2)

    def _dietary(self, dietary: object) -> list:
        """Return the diets as rows, also from text in a host's words."""
        import re

        if isinstance(dietary, dict):
            dietary = [{"need": need, "guests": guests} for need, guests in dietary.items()]
        rows = dietary if isinstance(dietary, list | tuple) else re.split(r"[,;\n]|\band\b", str(dietary or ""))
        rows = [row if isinstance(row, dict) else {"need": str(row)} for row in rows]
        needs = []
        for row in [row for row in rows if str(row.get("need") or "").strip()]:
            number = re.search(r"\d+", str(row.get("guests") or row["need"]))
            need = self._need(str(row["need"]).strip())
            needs.append({"need": need, "guests": int(number.group()) if number else None})
        return needs

    def _need(self, said: str) -> str:
        """Return the diet that a phrase names; an unknown one keeps its own words."""
        import re

        text = said.casefold()
        for word, meaning in self.synonyms.items():
            text = text.replace(word, meaning)
        words = {need: need.removesuffix("-free").removeprefix("no ") for need in self.diets.split(", ")}
        found = [need for need, word in words.items() if re.search(rf"\b{word}", text)]
        return said if said in words else [*found, re.sub(r"\d+", "", said).strip()][0]

    @staticmethod
    def _tasks(tasks: object, faults: list) -> dict:
        """Return minutes and what comes before by task; a task named twice counts once."""
        found = {}
        for row in tasks if isinstance(tasks, list | tuple) else []:
            minutes = str(row.get("minutes")) if isinstance(row, dict) else ""
            if not minutes.isdecimal() or int(minutes) > 14400:
                faults.append(f"The task {row!r} cannot be used: give its name and whole minutes up to 14400.")
                return {}
            found[str(row.get("task"))] = {"minutes": int(minutes), "after": str(row.get("after") or "")}
        return found

    def _currency(self, currency: object, faults: list) -> str | None:
        """Return the ISO code of a code or a sign."""
        text = str(currency or "").strip().upper()
        code = self.signs.get(text, text)
        if code and code not in self.currencies.split():
            faults.append(f"The currency {currency!r} is not known: give its ISO code of three letters.")
        return code or None

    def _settle(self, facts: dict, wishes: str) -> None:
        """Complete the facts; note what is assumed and the faults that show only in combination."""
        from datetime import datetime, time, timedelta

        facts["now"] = facts["now"] or datetime.now().replace(second=0, microsecond=0)
        facts["children"] = facts["children"] or 0
        facts["young"] = bool(facts["children"]) and 2 * facts["children"] >= (facts["guests"] or 0)
        facts["length"] = self._length(facts)
        day = facts["date"] or facts["now"].date() + timedelta(days=56)
        facts["notice"] = (day - facts["now"].date()).days
        facts["opens"] = datetime.combine(day, facts["start"] or time(15 if facts["young"] else 19))
        facts["faults"] += self._clashes(facts)
        facts["closes"] = facts["opens"] + timedelta(minutes=int(min(facts["length"], 24) * 60))
        facts["at_home"] = self._is_home(facts)
        facts["capacity"] = facts["capacity"] or self._capacity(wishes)
        self._assume(facts)

    def _length(self, facts: dict) -> object:
        """Return the hours of the party: as said, else from start to end, else four."""
        from decimal import Decimal

        if facts["hours"] is None and facts["start"] and facts["end"]:
            return self._hours_between(facts["start"], facts["end"])
        return Decimal(4) if facts["hours"] is None else facts["hours"]

    def _is_home(self, facts: dict) -> bool:
        """Tell whether the party is at home, so that no venue is paid."""
        import re

        return bool(re.search(rf"\b(?:{self.homes})\b", facts["venue"].casefold()))

    @staticmethod
    def _capacity(wishes: str) -> int | None:
        """Return how many the venue holds, where a wish says so."""
        import re

        said = re.search(r"\b(?:capacity|holds?|seats?|limit)\D{0,20}?(\d+)\b(?! ?m²)", wishes.casefold())
        return int(said.group(1)) if said else None

    @staticmethod
    def _clashes(facts: dict) -> list:
        """Return a sentence for each pair of facts that cannot both be true."""
        guests, children, length = facts["guests"], facts["children"], facts["length"]
        past = facts["notice"] < 0 or (facts["start"] and facts["opens"] < facts["now"])
        backwards = facts["end"] and facts["hours"] is None and length > 12
        found = {
            f"{children} children among {guests} guests: guests counts all.": children > (guests or children),
            f"{float(length):g} hours cannot be planned: give more than 0 and at most 24.": not 0 < length <= 24,
            f"The end {facts['end']} is before the start {facts['start']}: correct one.": backwards,
            f"{facts['opens']:%Y-%m-%d %H:%M} has passed: give a later date.": facts["date"] and past,
        }
        return [sentence for sentence, clashes in found.items() if clashes]

    @staticmethod
    def _assume(facts: dict) -> None:
        """Note what nobody said and the plan had to take."""
        notes = {
            "guests": "The number of guests is not known: quantities, staff and space wait for it.",
            "date": "The date is not known: the countdown gives days before the party.",
            "start": f"The start is not known: the times count from {facts['opens']:%H:%M}.",
            "hours": f"The length is not known: the plan takes {float(facts['length']):g} hours.",
            "venue": "The venue is not known: the budget keeps a share for one.",
            "tasks": "The preparations and their minutes are Alfred's own estimate.",
            "helpers": "One person prepares: helpers would finish sooner.",
        }
        unknown = [key for key in notes if facts[key] in (None, "", {})]
        told = {"hours"} if facts["end"] and facts["start"] else set()
        facts["assumed"] += [notes[key] for key in unknown if key not in told]

    @staticmethod
    def _head(facts: dict) -> dict:
        """Return title, occasion, guests, date, times and venue: the request's own facts."""
        guests, children, start = facts["guests"], facts["children"], facts["start"]
        occasion = facts["occasion"] or "party"
        title = " ".join([part for part in [facts["theme"], occasion] if part])
        adults = None if guests is None else guests - children
        venue = facts["venue"].removeprefix("at ")
        article = "the " if venue[:1].islower() and venue.split()[0] not in ("home", "the", "our", "my", "a") else ""
        place = f" at {article}{venue}" if venue else ""
        return {
            "title": title[:1].upper() + title[1:] + place,
            "occasion": occasion,
            "guests": {"adults": adults, "children": None if guests is None else children, "total": guests},
            "date": facts["date"].isoformat() if facts["date"] else None,
            "start": f"{start:%H:%M}" if start else None,
            "end": f"{facts['closes']:%H:%M}" if start else None,
            "venue": facts["venue"] or None,
        }

    @staticmethod
    def _theme(facts: dict, theme: str | dict | None) -> dict | None:
        """Return the theme by the brief's name, or by the name that the text begins with."""
        given = theme if isinstance(theme, dict) else {"description": theme}
        text = str(given.get("description") or "").strip()
        text = "" if text.startswith("Invalid category") else text
        name = facts["theme"] or given.get("name") or text.partition(":")[0].partition(" theme")[0]
        return {"name": str(name), "description": text} if name else None

    def _menu(self, facts: dict, menu: str | list | dict | None, quantities: dict) -> dict:
        """Return style and dishes; where a diet has no main, the substitutes of allergen_check join."""
        told = menu if isinstance(menu, dict) else {}
        dishes = [dish for row in self._rows(menu or []) for dish in self._dishes(row)]
        dishes = [dish for dish in dishes if dish["course"] != "dish"] or dishes
        for dish in [dish for row in self._list(told.get("substitutes")) for dish in self._dishes(row)]:
            unmet = {diet["need"] for diet in facts["dietary"] if not self._mains(dishes, diet["need"])}
            dishes += [dish] if unmet & set(dish["suits"]) else []
        return {"style": str(quantities.get("meal") or told.get("style") or "buffet"), "dishes": dishes}

    def _rows(self, menu: str | list | dict) -> list:
        """Return a menu's rows, whatever its shape: text, names by course, a list of names or of dishes."""
        if isinstance(menu, str):
            return menu.splitlines() if ":" in menu else [{"name": name.strip()} for name in menu.split(",")]
        if isinstance(menu, dict) and "dishes" not in menu:
            by_course = {course: names if isinstance(names, list) else [names] for course, names in menu.items()}
            return [{"course": course, "name": name} for course, names in by_course.items() for name in names]
        rows = menu["dishes"] if isinstance(menu, dict) else menu
        return [row if isinstance(row, dict) or ":" in str(row) else {"name": row} for row in self._list(rows)]

    def _dishes(self, row: dict | str) -> list:
        """Return the dishes of a row: a dict, "course: name [suits …; may contain …]", or "… menu: names"."""
        import re

        if isinstance(row, dict):
            labels = {key: [str(label) for label in self._list(row.get(key))] for key in ("allergens", "suits")}
            return [{"course": str(row.get("course") or "dish"), "name": str(row.get("name") or "dish")} | labels]
        courses = "(starter|main|side|dessert|drink|bite|dish)"
        line = re.match(rf"[\s*•-]*{courses}s?: *([^\[\]]+?) *(?:\[(.*)\])?\s*$", str(row), re.IGNORECASE)
        if line:
            notes = (line.group(3) or "").split("; ")
            labels = {"allergens": self._labels(notes, "may contain "), "suits": self._labels(notes, "suits ")}
            return [{"course": line.group(1).casefold(), "name": line.group(2)} | labels]
        listed = re.match(r"(?:Suggested|Standard)[^:]*menu: *(.+)", str(row))
        names = re.split(r", (?:and )?", listed.group(1)) if listed else []
        return [{"course": "dish", "name": name, "allergens": [], "suits": []} for name in names]

    @staticmethod
    def _labels(notes: list, opening: str) -> list:
        """Return the labels of the note that opens so."""
        found = [note.removeprefix(opening).split(", ") for note in notes if note.startswith(opening)]
        return found[0] if found else []

    @staticmethod
    def _mains(dishes: list, need: str) -> list:
        """Return the main dishes that suit a diet; bites are the mains of a menu that has none."""
        mains = [dish for dish in dishes if dish["course"] in ("main", "dish")]
        mains = mains or [dish for dish in dishes if dish["course"] == "bite"]
        return [dish["name"] for dish in mains if need in dish["suits"]]

    def _catering(self, facts: dict, caterer: str | list | dict | None) -> dict | None:
        """Return the caterer that was found; one above the budget, number for number, is left out and named."""
        found = self._caterer(caterer)
        if not found:
            facts["assumed"].append("No caterer is booked: food and drink are an estimate.")
            return None
        asked, limit = self._asked(facts, found), self._limit(facts)
        if asked is None or limit is None or asked <= limit - self._tenth(limit, facts):
            return found
        price = f"{found['price_per_guest']} {found['currency']} a guest"
        facts["assumed"].append(
            f"{found['name']} at {price} is left out: beside its contingency the budget cannot pay it; "
            "look for a cheaper one, or cook."
        )
        return None

    def _caterer(self, caterer: str | dict) -> dict | None:
        """Read a caterer from the catering tool's text or from a dict; nothing where no company is named."""
        import re

        if isinstance(caterer, dict):
            row = {key: caterer.get(key) for key in ("name", "rating", "price_per_guest", "currency", "source")}
        else:
            line = r"Best match: (?P<name>.+?) \(rated (?P<rating>[\d.]+), (?P<sign>[€$£])(?P<price>[\d.]+) a guest"
            match, source = re.search(line, str(caterer)), re.search(r"Source: (.+)", str(caterer))
            if not match:
                return None
            row = {"name": match["name"], "rating": float(match["rating"]), "price_per_guest": match["price"]}
            row |= {"currency": match["sign"], "source": source.group(1) if source else None}
        price = self._value("budget", row["price_per_guest"], [])
        row |= {key: None if row[key] is None else str(row[key]) for key in ("name", "source")}
        row |= {"rating": row["rating"] if isinstance(row["rating"], int | float) else None}
        row |= {"price_per_guest": None if price is None else f"{price:.2f}"}
        return row | {"currency": self._currency(row["currency"], [])} if row["name"] else None

    @staticmethod
    def _asked(facts: dict, caterer: dict | None) -> object:
        """Return the caterer's price for all guests; nothing when a part is unknown."""
        from decimal import Decimal

        price = (caterer or {}).get("price_per_guest")
        return Decimal(price) * facts["guests"] if price and facts["guests"] else None

    def _quote(self, facts: dict, caterer: dict | None) -> object:
        """Return the caterer's price for all guests where it is in the currency of the budget."""
        same = caterer and caterer["currency"] and facts["currency"] in (None, caterer["currency"])
        return self._asked(facts, caterer) if same else None

    @staticmethod
    def _limit(facts: dict) -> object:
        """Return the limit for the whole party: the budget, else the budget a guest for all of them."""
        each, guests = facts["budget_per_guest"], facts["guests"]
        whole = None if each is None or guests is None else each * guests
        return whole if facts["budget"] is None else facts["budget"]

    def _unit(self, facts: dict, amount: object) -> object:
        """Return what an amount is split into: cents, or ones for a whole amount of a currency without cents."""
        from decimal import Decimal

        has_cents = facts["currency"] not in self.whole_units.split() or amount % 1
        return Decimal("0.01") if has_cents else Decimal(1)

    def _tenth(self, amount: object, facts: dict) -> object:
        """Return a tenth, rounded up to the smallest amount of the currency."""
        from decimal import ROUND_UP

        return (amount / 10).quantize(self._unit(facts, amount), ROUND_UP)

    def _music(self, music: object, theme: dict | None) -> list:
        """Return music from rows, from a search result, or from the theme's own line."""
        import re

        if isinstance(music, list | tuple):
            rows = [row if isinstance(row, dict) else {"title": row} for row in music]
            places = [row.get("source") or row.get("url") or row.get("href") for row in rows]
            return [
                self._track(row.get("title"), row.get("artist"), place) for row, place in zip(rows, places, strict=True)
            ]
        text, told = str(music or ""), str((theme or {}).get("description") or "")
        pairs = re.findall(r"\[([^\]]+)\]\((https?://[^)\s]+)\)", text)
        pairs += re.findall(r"^\d+\. (.+)\n\s+(https?://\S+)", text, re.MULTILINE)
        hint = re.findall(r"^Music: (.+?)\.?$", told, re.MULTILINE)
        pairs = pairs or [(title, "superhero_party_theme") for title in hint]
        return [self._track(title, None, source) for title, source in pairs]

    @staticmethod
    def _track(title: object, artist: object, source: object) -> dict:
        """Return a row of the music; what is not known is null, but for the title."""
        row = {"title": title or "music", "artist": artist, "source": source}
        return {key: None if value is None else str(value) for key, value in row.items()}

    def _amounts(self, facts: dict, quantities: dict) -> dict:
        """Return quantities, staff and space, but none that were counted for other guests or hours."""
        rows, keys = self._list(quantities.get("items")), {"item", "amount", "unit", "rule"}
        rows = [row for row in rows if isinstance(row, dict) and keys <= row.keys()]
        rows = [row for row in rows if isinstance(row["amount"], int | float)]
        people = quantities.get("guests") if isinstance(quantities.get("guests"), dict) else {}
        hours = self._value("hours", quantities.get("hours"), []) or 0
        same = people.get("total") == facts["guests"] and (people.get("children") or 0) == facts["children"]
        if not rows or not same or abs(hours - facts["length"]) * 20 > 1:
            return {"quantities": [], "staff": [], "space": None}
        facts["assumed"] += [str(note) for note in self._list(quantities.get("assumptions"))]
        return {
            "quantities": rows,
            "staff": self._list(quantities.get("staff")),
            "space": quantities.get("space") or None,
        }

    def _budget(self, facts: dict, caterer: dict | None) -> dict:
        """Return the budget: the caterer's price, the rest of the limit by shares, and the contingency."""
        limit, quote = self._limit(facts), self._quote(facts, caterer)
        if quote is not None:
            facts["currency"] = caterer["currency"]
        if limit is None and quote is None:
            return {"currency": facts["currency"], "limit": None, "total": None, "lines": []}
        reserve = self._tenth(quote * 10 / 9 if limit is None else limit, facts)
        lines = [] if quote is None else [(f"Catering: {caterer['name']}", quote, "quoted")]
        if limit is not None:
            shared = self._estimates(facts, limit - reserve, quote)
            lines += [(item, amount, "estimate") for item, amount in shared.items()]
        lines += [("Contingency, not to be spent", reserve, "contingency")]
        amounts = [amount for _, amount, _ in lines]
        rows = [{"item": item, "amount": f"{amount:.2f}", "basis": basis} for item, amount, basis in lines]
        told = None if limit is None else f"{limit:.2f}"
        return {"currency": facts["currency"], "limit": told, "total": f"{sum(amounts):.2f}", "lines": rows}

    def _estimates(self, facts: dict, pool: object, quote: object) -> dict:
        """Return the pool by shares; a caterer's price comes off food and drink, or off all when it is more."""
        rows = self.shares["home" if facts["at_home"] else "hired"].split("; ")
        shares = {row.partition(" ")[2]: int(row.partition(" ")[0]) for row in rows}
        amounts = self._split(pool, shares, facts)
        if quote is None:
            return amounts
        food = amounts.pop("Food and drink") - quote
        if food >= 0:
            return {"Food and drink beside the caterer": food} | amounts
        return self._split(pool - quote, {item: shares[item] for item in amounts}, facts)

    def _split(self, pool: object, shares: dict, facts: dict) -> dict:
        """Return the pool by shares, rounded down, then one unit each to the largest remainders."""
        unit, whole = self._unit(facts, pool), sum(shares.values())
        exact = {item: pool * share / whole for item, share in shares.items()}
        amounts = {item: amount // unit * unit for item, amount in exact.items()}
        ranked = sorted([(amounts[item] - exact[item], -shares[item], item) for item in shares])
        for _, _, item in ranked[: int((pool - sum(amounts.values())) / unit)]:
            amounts[item] += unit
        amounts[ranked[0][2]] += pool - sum(amounts.values())
        return amounts

    def _countdown(self, facts: dict) -> list:
        """Return what to do by when; with less than eight weeks the days shrink in proportion."""
        rows = []
        for offset, task in self.countdown.items():
            hired = "" if facts["at_home"] else self.hired_countdown.get(offset)
            rain = self.outdoor_countdown.get(offset) if facts["outdoors"] else ""
            text = "; ".join([part for part in (task, hired, rain) if part])
            days = self._days_before(offset, facts)
            rows.append({"date": self._day(facts, days), "offset_days": days, "task": text})
        after = {"date": self._day(facts, -1), "offset_days": -1}
        return [*rows, after | {"task": "Clean up, pay, send thanks, share the photos"}]

    @staticmethod
    def _days_before(offset: int, facts: dict) -> int:
        """Return the days before the party in the time that is left; eight weeks when the date is open."""
        notice = facts["notice"]
        return min(offset if notice >= 56 or offset <= 1 else max(1, offset * notice // 56), notice)

    @staticmethod
    def _day(facts: dict, days: int) -> str | None:
        """Return the date so many days before the party."""
        from datetime import timedelta

        return (facts["date"] - timedelta(days=days)).isoformat() if facts["date"] else None

    def _preparation(self, facts: dict) -> list:
        """Return who does what when: back from 15 minutes before the start, else forward from now."""
        from datetime import timedelta

        usual = {task: {"minutes": minutes, "after": ""} for task, minutes in self.preparations.items()}
        rows = self._assigned(facts["tasks"] or usual, facts["helpers"] or 1)
        work = max([row["from"] + row["minutes"] for row in rows])
        begin = facts["opens"] - timedelta(minutes=15 + work)
        at_once = bool(facts["tasks"]) and not facts["date"] and not facts["start"]
        if at_once or (facts["date"] and begin < facts["now"]):
            begin = facts["now"]
        facts["ready"] = begin + timedelta(minutes=work)
        dated = at_once or bool(facts["date"])
        return [self._timed(row, begin, dated) for row in sorted(rows, key=self._by_time)]

    @staticmethod
    def _by_time(row: dict) -> tuple:
        """Return the place of a preparation in the order of time."""
        return row["from"], row["helper"]

    @staticmethod
    def _assigned(tasks: dict, helpers: int) -> list:
        """Give each task a helper and a first minute: what others wait for first, then the longest."""
        waited_for = {task["after"] for task in tasks.values()}
        order = sorted([(name not in waited_for, -tasks[name]["minutes"], name) for name in tasks])
        left, free, ends, rows = [name for _, _, name in order], [0] * min(helpers, len(tasks)), {}, []
        while left:
            helper = free.index(min(free))
            ready = [name for name in left if tasks[name]["after"] not in left] or left[:1]
            begins = [max(free[helper], ends.get(tasks[name]["after"], 0)) for name in ready]
            begin = min(begins)
            name = ready[begins.index(begin)]
            left.remove(name)
            free[helper] = ends[name] = begin + tasks[name]["minutes"]
            rows.append({"from": begin, "minutes": tasks[name]["minutes"], "task": name, "helper": helper + 1})
        return rows

    @staticmethod
    def _timed(row: dict, begin: object, dated: bool) -> dict:
        """Return a preparation with its date and times."""
        from datetime import timedelta

        start = begin + timedelta(minutes=row["from"])
        end = start + timedelta(minutes=row["minutes"])
        when = {"date": f"{start:%Y-%m-%d}" if dated else None, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
        return when | {"task": row["task"], "minutes": row["minutes"], "helper": row["helper"]}

    def _run_of_show(self, facts: dict, theme: dict | None) -> list:
        """Return the evening without gap or overlap, from arrival to the end of the clean-up."""
        from datetime import timedelta

        minutes = int((facts["closes"] - facts["opens"]).total_seconds()) // 60
        parts, passed, begin, rows = self._parts(facts, theme), 0, facts["opens"], []
        grain = 5 if minutes >= 60 else 1
        for part, percent in self.evening.items():
            passed += percent
            end = facts["opens"] + timedelta(minutes=minutes * passed // 100 // grain * grain)
            end = facts["closes"] if passed == 100 else end
            rows += [{"start": f"{begin:%H:%M}", "end": f"{end:%H:%M}", "what": parts[part]}] if end > begin else []
            begin = end
        cleared = begin + timedelta(minutes=60)
        return [*rows, {"start": f"{begin:%H:%M}", "end": f"{cleared:%H:%M}", "what": "Clean-up"}]

    @staticmethod
    def _parts(facts: dict, theme: dict | None) -> dict:
        """Return what happens in each part of the evening."""
        import re

        told = re.findall(r"^Activities: (.+?)\.?$", str((theme or {}).get("description")), re.MULTILINE)
        usual = "games" if facts["young"] else "music, dancing and talk"
        return {
            "arrive": "Guests arrive" + ("" if facts["young"] else ", first drinks"),
            "welcome": "Welcome" + ("" if facts["young"] else " and toast"),
            "meal": "Food is served" + (", then the cake" if "birthday" in facts["occasion"] else ""),
            "activity": (told or [usual])[0][:1].upper() + (told or [usual])[0][1:],
            "farewell": "Farewell and ways home",
        }

    def _shopping(self, facts: dict, made: dict) -> list:
        """Return what to buy by when; where a caterer cooks, the fresh food is theirs."""
        table = self.stock if made["catering"] else self.stock | self.fresh
        days = {item: day for day, items in table.items() for item in items.split("; ")}
        rows = []
        for row in made["quantities"]:
            if row.get("item") in days and row.get("amount"):
                bought = self._day(facts, self._days_before(days[row["item"]], facts))
                rows.append({"item": row["item"], "amount": row["amount"], "unit": row["unit"], "buy_by": bought})
        return rows

    @staticmethod
    def _risks(facts: dict) -> list:
        """Return what may go wrong, each with a plan B."""
        guests, needs = facts["guests"] or 0, ", ".join([row["need"] for row in facts["dietary"]])
        late = facts["closes"].hour >= 22 or facts["closes"].hour < 6
        drinks = facts["alcohol"] is not False and not facts["young"]
        risks = {
            "Rain, wind or heat. Plan B: a tent or a room for all, decided the day before.": facts["outdoors"],
            f"A guest reacts to food ({needs}). Plan B: label dishes, serve apart, emergency number.": needs,
            "Whoever cooks does not come. Plan B: a second number, and a shop that delivers.": True,
            f"A fifth more guests come ({-(-guests * 6 // 5)}). Plan B: spare seats, food that keeps.": guests,
            "Noise late in the evening. Plan B: tell the neighbours, move the music indoors.": late,
            "Drinking and driving. Plan B: soft drinks for drivers, a taxi number at the door.": drinks,
        }
        return [risk for risk, threatens in risks.items() if threatens]

    def _assumptions(self, facts: dict, made: dict) -> list:
        """Return everything that was assumed, is missing or stays open."""
        caterer = made["catering"] or {}
        price, code = caterer.get("price_per_guest"), caterer.get("currency")
        strange = [row["need"] for row in facts["dietary"] if row["need"] not in self.diets.split(", ")]
        labels = [dish["name"] for dish in made["menu"]["dishes"]]
        notes = {
            "No budget was given: name one and the plan splits it.": made["budget"]["limit"] is None,
            f"The caterer's price in {code} is not converted and not in the budget.": (
                price and facts["currency"] != code
            ),
            "Ask whether the caterer's price includes drinks, service and tax.": price,
            "No music was looked up: bring a playlist.": not made["music"],
            f"No rule judges these needs, ask guest and kitchen: {', '.join(strange)}.": strange,
            "Allergens are read from names of dishes: confirm with guest and kitchen.": labels,
            "The venue's legal capacity is not known: ask.": not facts["capacity"] and not facts["at_home"],
        }
        return list(dict.fromkeys(facts["assumed"] + [note for note, applies in notes.items() if applies]))

    @staticmethod
    def _sources(made: dict) -> list:
        """Return where the caterer and the music come from; what is no address stands in the title."""
        caterer = made["catering"] or {}
        found = [(caterer.get("name"), caterer.get("source"))] + [(m["title"], m["source"]) for m in made["music"]]
        web = [(title, str(place)) for title, place in found if place]
        return [
            {"title": title, "url": place}
            if place.startswith(("http://", "https://"))
            else {"title": f"{title}: {place}", "url": None}
            for title, place in web
        ]

    def _checks(self, facts: dict, made: dict) -> list:
        """Return the plan's own checks, each with what it found."""
        found = {
            "quantities": self._check_quantities(facts, made),
            "budget": self._check_budget(made["budget"]),
            "diets": self._check_diets(made),
            "preparation": self._check_preparation(facts),
            "capacity": self._check_capacity(facts, made),
        }
        return [{"name": name, "ok": bool(result[0]), "detail": result[1]} for name, result in found.items()]

    @staticmethod
    def _check_quantities(facts: dict, made: dict) -> tuple:
        """Tell whether the quantities are for these guests."""
        if facts["guests"] is None:
            return True, "they wait for the number of guests"
        if made["quantities"]:
            return True, f"for {facts['guests']} guests"
        numbers = f"guests={facts['guests']}, hours={float(facts['length']):g}, children={facts['children']}"
        return False, f"not counted for this party: pass the result of party_quantities({numbers})"

    @staticmethod
    def _check_budget(budget: dict) -> tuple:
        """Tell whether the lines sum to the total and the total keeps to the limit."""
        from decimal import Decimal

        if budget["total"] is None:
            return True, "no budget and no price is known"
        amounts = [Decimal(line["amount"]) for line in budget["lines"]]
        total, limit = Decimal(budget["total"]), Decimal(budget["limit"] or budget["total"])
        return sum(amounts) == total <= limit, f"lines sum to {total}, a tenth is kept back, limit {limit}"

    def _check_diets(self, made: dict) -> tuple:
        """Tell whether each diet that a rule can judge has a main dish."""
        dishes, known = made["menu"]["dishes"], self.diets.split(", ")
        asked = [row["need"] for row in made["dietary"] if row["need"] in known]
        unmet = [need for need in asked if not self._mains(dishes, need)]
        if not dishes:
            return False, "no menu was given: pass the result of suggest_menu"
        if unmet:
            return False, f"no main dish suits {', '.join(unmet)}: call suggest_menu with dietary"
        return True, f"a main dish for {', '.join(asked)}" if asked else "none asked for"

    @staticmethod
    def _check_preparation(facts: dict) -> tuple:
        """Tell whether all is ready when the guests come."""
        late = (facts["ready"] - facts["opens"]).total_seconds() // 60
        if late > 0 and facts["start"] and facts["date"]:
            return False, f"ready at {facts['ready']:%H:%M}, {late:g} minutes late: find more helpers"
        return True, f"ready at {facts['ready']:%H:%M}"

    @staticmethod
    def _check_capacity(facts: dict, made: dict) -> tuple:
        """Tell whether the venue holds the guests, as far as its capacity is known."""
        area, guests, most = (made["space"] or {}).get("area_m2"), facts["guests"] or 0, facts["capacity"]
        needs = f"{guests} guests need {area} m²" if area else f"{guests} guests"
        return not most or guests <= most, f"{needs}; the venue holds {most or 'an unknown number'}"
