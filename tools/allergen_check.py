"""Which allergens a dish may hold and which diets it suits, as far as its name tells.

The fourteen allergens are those of Regulation (EU) 1169/2011, Annex II. The check reads names, not recipes:
it says "may contain" and "confirm", never that a dish is safe; a dish it does not know it calls unknown.
Traces from shared kitchens, cooking oils and hidden additives are beyond it.
"""

from smolagents.tools import Tool


class AllergenCheckTool(Tool):
    """Finds telling words in the names of dishes and holds them against the diets asked for."""

    name = "allergen_check"
    description = "Allergens, diets and conflicts of a menu's dishes, with substitutes."
    inputs = {
        "menu": {"type": "any", "description": "text or list of dishes"},
        "dietary": {"type": "any", "description": "diets asked for", "nullable": True},
    }
    output_type = "object"

    allergens = {
        "gluten": "wheat, rye, barley, oat, spelt, semolina, flour, bread, toast, baguette, brioche, "
        "crouton, bun, roll, bagel, ciabatta, focaccia, pita, naan, wrap, sandwich, slider, crostini, "
        "bruschetta, blini, canape, pasta, spaghetti, penne, lasagne, lasagna, macaroni, mac and cheese, "
        "ravioli, gnocchi, carbonara, noodle, ramen, couscous, bulgur, tabbouleh, seitan, pastry, pie, "
        "tart, tartlet, quiche, wellington, strudel, vol-au-vent, spring roll, samosa, dumpling, cake, "
        "cupcake, petit four, cookie, biscuit, brownie, muffin, pancake, waffle, crepe, eclair, "
        "profiterole, tiramisu, cheesecake, crumble, trifle, pizza, burger, hot dog, nugget, schnitzel, "
        "tempura, beer, ale, lager, soy sauce, bechamel, calzone, burrito, tortilla, empanada",
        "crustaceans": "shellfish, seafood, paella, prawn, shrimp, crab, lobster, langoustine, scampi, "
        "crayfish, bisque, gumbo",
        "eggs": "egg, omelette, frittata, quiche, meringue, pavlova, souffle, custard, mayonnaise, mayo, "
        "aioli, hollandaise, bearnaise, tartare, carbonara, caesar, coleslaw, cake, cupcake, petit four, "
        "cookie, brownie, muffin, pancake, waffle, crepe, eclair, profiterole, tiramisu, cheesecake, "
        "trifle, creme brulee, mousse, brioche, wellington, egg noodle, blini, macaron, ice cream, "
        "lemon tart, canape, lasagne, lasagna, schnitzel",
        "fish": "fish, salmon, tuna, cod, haddock, trout, bass, bream, halibut, sole, anchovy, sardine, "
        "mackerel, herring, caviar, sushi, sashimi, ceviche, caesar, worcestershire, seafood, paella, "
        "bouillabaisse, canape",
        "peanuts": "peanut, satay, pad thai",
        "soy": "soy, soya, tofu, tempeh, edamame, miso, teriyaki, soy sauce, sushi, sashimi, ramen",
        "milk": "milk, butter, cream, creme, cheese, cheddar, mozzarella, parmesan, feta, ricotta, "
        "mascarpone, brie, halloumi, burrata, margherita, paneer, yoghurt, yogurt, tzatziki, raita, "
        "souffle, custard, fondue, gratin, dauphinoise, quiche, risotto, alfredo, carbonara, pesto, "
        "lasagne, lasagna, bechamel, bearnaise, hollandaise, caesar, bisque, chowder, cake, cupcake, "
        "petit four, cookie, brownie, muffin, pancake, waffle, crepe, eclair, profiterole, tiramisu, "
        "trifle, mousse, ice cream, gelato, panna cotta, brioche, pastry, wellington, pizza, tart, "
        "tartlet, naan, korma, tikka, caprese, nacho, chocolate, fudge, macaron, canape, crumble, pie, "
        "mash",
        "nuts": "nut, almond, hazelnut, walnut, cashew, pecan, pistachio, macadamia, praline, marzipan, "
        "frangipane, nougat, pesto, baklava, nutella, korma, macaron, petit four, amaretti, romesco, "
        "dukkah",
        "celery": "celery, celeriac, waldorf, bloody mary, stock, broth, bouillon, minestrone",
        "mustard": "mustard, vinaigrette, piccalilli, mayonnaise, mayo, coleslaw, hot dog, pastrami",
        "sesame": "sesame, tahini, hummus, houmous, halva, falafel, burger, dukkah, baba ganoush",
        "sulphites": "wine, champagne, prosecco, cava, cider, dried fruit, raisin, sultana, apricot, "
        "coq au vin, mulled, sangria",
        "lupin": "lupin",
        "molluscs": "shellfish, seafood, paella, mussel, oyster, clam, scallop, squid, calamari, "
        "octopus, snail, escargot, vongole",
    }
    ingredients = {
        "beef": "beef, steak, filet mignon, burger, meatball, bolognese, brisket, pastrami, veal, "
        "ossobuco, stroganoff, wagyu, bourguignon",
        "pork": "pork, ham, bacon, sausage, chorizo, salami, prosciutto, pancetta, carbonara, pepperoni, "
        "hot dog, charcuterie, pate, ribs, schnitzel, parma, gammon",
        "meat": "meat, chicken, turkey, duck, goose, lamb, mutton, venison, rabbit, quail, game, kebab, "
        "wing, nugget, shawarma, pheasant, foie gras, coq au vin, lasagne, lasagna, cottage pie, gumbo, "
        "bbq, barbecue, gravy",
        "gelatine": "gelatine, gelatin, jelly, marshmallow, panna cotta, gummy",
        "honey": "honey, baklava, nougat",
        "alcohol": "wine, champagne, prosecco, cava, beer, ale, lager, cider, rum, brandy, cognac, "
        "whisky, whiskey, gin, vodka, tequila, port, sherry, liqueur, cocktail, punch, mulled, sangria, "
        "bourguignon, coq au vin, tiramisu, trifle, fondue, bloody mary",
        "sugar": "sugar, syrup, caramel, toffee, cake, cupcake, petit four, cookie, biscuit, brownie, "
        "muffin, meringue, pavlova, souffle, mousse, ice cream, gelato, sorbet, tart, tiramisu, trifle, "
        "cheesecake, crumble, eclair, profiterole, chocolate, fudge, macaron, baklava, custard, "
        "creme brulee, panna cotta, lemonade, cola, juice, jelly, marshmallow, pancake, waffle, nougat, "
        "marzipan, honey, dessert, sweets, candy",
    }
    # Foods that hold none of these groups, so that a dish made of them is known.
    plain = (
        "vegetable, potato, rice, tomato, mushroom, lentil, bean, chickpea, pea, corn, maize, polenta, "
        "quinoa, millet, buckwheat, squash, pumpkin, carrot, beetroot, beet, parsnip, leek, onion, "
        "garlic, spinach, kale, cabbage, cauliflower, broccoli, asparagus, artichoke, pepper, courgette, "
        "zucchini, aubergine, eggplant, cucumber, avocado, guacamole, olive, fennel, root, soup, "
        "gazpacho, dal, dhal, ratatouille, chilli, salsa, jackfruit, coconut, fruit, berry, berries, "
        "strawberry, strawberries, raspberry, raspberries, apple, pear, peach, plum, cherry, cherries, "
        "mango, melon, watermelon, pineapple, orange, lemon, lime, grape, banana, fig, popcorn, crisps, "
        "chips, fries, wedges, tea, coffee, water, herb, chestnut, vegan, sunflower"
    )
    # A name of these alone does not tell what is inside.
    vessels = "wrap, sandwich, canape, bun, roll, slider, taco, burrito, soup, stew, curry, salad, bowl, pie, punch"
    # What a phrase means where its words mislead.
    means = {
        "peanut butter": "peanut",
        "butternut": "squash",
        "butter bean": "bean",
        "coconut milk": "coconut",
        "coconut cream": "coconut",
        "coconut yoghurt": "coconut",
        "almond milk": "almond",
        "oat milk": "oat",
        "soy milk": "soy",
        "rice noodle": "rice",
        "corn tortilla": "corn",
        "rice paper roll": "rice",
        "oyster mushroom": "mushroom",
        "cauliflower steak": "cauliflower",
        "mushroom steak": "mushroom",
        "celeriac steak": "celeriac",
        "portobello burger": "mushroom bun",
        "beef tomato": "tomato",
        "water chestnut": "chestnut",
        "ginger ale": "water",
        "ginger beer": "water",
        "wine vinegar": "vinaigrette",
        "fruit punch": "juice",
        "fruit skewer": "fruit",
        "nutmeg": "herb",
        "vegetable stock": "celery",
        "vegetable lasagne": "pasta bechamel",
        "roasted root": "root",
    }
    # Groups that a diet leaves out.
    excludes = {
        "vegetarian": "beef pork meat fish crustaceans molluscs gelatine",
        "vegan": "beef pork meat fish crustaceans molluscs gelatine milk eggs honey",
        "pescatarian": "beef pork meat gelatine",
        "gluten-free": "gluten",
        "dairy-free": "milk",
        "nut-free": "nuts peanuts",
        "egg-free": "eggs",
        "fish-free": "fish",
        "shellfish-free": "crustaceans molluscs",
        "soy-free": "soy",
        "sesame-free": "sesame",
        "celery-free": "celery",
        "mustard-free": "mustard",
        "lupin-free": "lupin",
        "sulphite-free": "sulphites",
        "halal": "pork beef meat alcohol gelatine",
        "kosher": "pork beef meat crustaceans molluscs gelatine",
        "no pork": "pork gelatine",
        "no beef": "beef gelatine",
        "no alcohol": "alcohol",
        "diabetic": "sugar",
    }
    usual = "vegetarian vegan pescatarian gluten-free dairy-free nut-free halal kosher"
    substitutes = {
        "starter": "Vegetable Crudités with Avocado Salsa",
        "main": "Stuffed Pepper with Rice and Black Beans",
        "dessert": "Fresh Fruit Platter",
        "drink": "Sparkling Water with Lime",
    }

    def forward(self, menu: str | list | dict, dietary: str | list | dict | None = None) -> dict | str:
        """Return labelled dishes and conflicts as plain data, or one sentence that says what to correct."""
        named = self._dishes(menu)
        if not named:
            return "No dish was found in the menu: give the names of the dishes, one a line."
        needs = self._needs(dietary)
        dishes = [self._label(course, name, needs) for course, name in named]
        conflicts = [clash for dish in dishes for need in needs for clash in self._conflicts(dish, need, dishes)]
        return {
            "dishes": dishes,
            "conflicts": conflicts,
            "unknown_dishes": [dish["name"] for dish in dishes if not dish["known"]],
            "unknown_needs": [need for need in needs if need not in self.excludes],
            "substitutes": self._added(conflicts, dishes, needs),
            "note": "Read from the names alone: a dish may contain more. Confirm with guest and caterer.",
        }

    def _dishes(self, menu: str | list | dict) -> list:
        """Return (course, name) pairs of a menu in any wording."""
        if isinstance(menu, dict):
            rows = menu.get("dishes") or [{"course": course, "name": menu[course]} for course in menu]
            return self._dishes(rows)
        if isinstance(menu, list | tuple):
            return [pair for row in menu for pair in self._row(row)]
        lines = str(menu or "").splitlines()
        courses = [line for line in lines if self._course(line.partition(":")[0])]
        return [pair for line in courses or lines for pair in self._line(line)]

    def _row(self, row: str | dict) -> list:
        """Return the pairs of one entry of a list."""
        if not isinstance(row, dict):
            return self._line(str(row))
        names = row.get("name") or ""
        names = names if isinstance(names, list | tuple) else [names]
        course = self._course(str(row.get("course") or "")) or "dish"
        return [(course, str(name).strip()) for name in names if str(name).strip()]

    def _line(self, line: str) -> list:
        """Return the pairs of one line: "course: dish, dish and dish [notes]"."""
        import re

        text = re.sub(r"\[[^\]]*\]|\([^)]*\)", "", line).strip(" -*•.")
        head, colon, rest = text.partition(":")
        course = self._course(head) if colon else ""
        if course:
            return [(course, name.strip()) for name in rest.split(";") if name.strip()]
        body = re.sub(r"^.*\b(?:including|buffet of|meal of)\b", "", rest if colon else text)
        names = re.split(r",(?:\s*and\b)?|;|\s/\s", body)
        return [("dish", name.strip(" .")) for name in names if name.strip(" .")]

    @staticmethod
    def _course(word: str) -> str:
        """Return the course that a heading names, or nothing."""
        import re

        found = re.match(
            r"[\s\-*•#]*(starter|appetiser|appetizer|main|side|dessert|drink|bite|snack|dish)", word.lower()
        )
        names = {"appetiser": "starter", "appetizer": "starter", "snack": "bite"}
        return names.get(found.group(1), found.group(1)) if found else ""

    def _label(self, course: str, name: str, needs: list) -> dict:
        """Return a dish with its likely allergens, the word for each, and usual or asked diets it suits."""
        found, known = self._groups(name), self._known(name)
        diets = [need for need in self.excludes if need in self.usual.split() or need in needs]
        return {
            "course": course,
            "name": name,
            "allergens": [allergen for allergen in self.allergens if allergen in found],
            "because": found,
            "suits": [need for need in diets if known and self._suits(need, found, name)],
            "known": known,
        }

    def _known(self, name: str) -> bool:
        """Tell whether the name says what is in the dish: a bare "wrap" or "soup" does not."""
        import re

        vessels = "|".join(self.vessels.split(", "))
        rest = re.sub(rf"\b(?:{vessels})(?:e?s)?\b", " ", self._plain_text(name))
        words = ", ".join([self.plain, *self.allergens.values(), *self.ingredients.values()])
        return bool(self._word(words, rest))

    def _groups(self, name: str) -> dict:
        """Return each group that the name gives away with the telling word, less what the name rules out."""
        text = self._plain_text(name)
        words = self.allergens | self.ingredients
        found = {group: self._word(words[group], text) for group in words}
        ruled_out = [group for need in self._claims(text) for group in self.excludes[need].split()]
        return {group: word for group, word in found.items() if word and group not in ruled_out}

    def _plain_text(self, name: str) -> str:
        """Return the name in lower case, without accents, with misleading phrases replaced."""
        import unicodedata

        letters = [sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)]
        text = "".join(letters).casefold()
        for phrase, meaning in self.means.items():
            text = text.replace(phrase, meaning)
        return text

    def _claims(self, text: str) -> list:
        """Return the diets that the name itself promises, as "vegan" or "nut-free" do."""
        import re

        said = re.sub(r"\b(?:without|no) (?=\w)", "free-of-", text)
        kinds = {need: need.removesuffix("-free").removeprefix("no ") for need in self.excludes}
        kinds = {need: kind for need, kind in kinds.items() if need not in ("halal", "kosher", "diabetic")}
        own = [need for need in ("vegan", "vegetarian", "pescatarian") if re.search(rf"\b{need}\b", said)]
        free = [n for n, kind in kinds.items() if re.search(rf"\b{kind}s?[ -]free|free-of-{kind}", said)]
        return own + [need for need in free if need not in own] + (["vegan"] if "plant-based" in said else [])

    @staticmethod
    def _word(words: str, text: str) -> str:
        """Return the first of the words, singular or plural, that stands in the text."""
        import re

        choice = "|".join([re.escape(word) for word in words.split(", ")])
        found = re.search(rf"\b(?:{choice})(?:e?s)?\b", text)
        return found.group() if found else ""

    def _suits(self, need: str, found: dict, name: str) -> bool:
        """Tell whether nothing found is left out by the diet; meat is halal or kosher only if it says so."""
        clash = [group for group in self.excludes[need].split() if group in found]
        if need in name.lower() and need in ("halal", "kosher"):
            clash = [group for group in clash if group not in ("beef", "meat")]
        mixed = need == "kosher" and "milk" in found and ("beef" in found or "meat" in found)
        return not clash and not mixed

    def _needs(self, dietary: str | list | dict | None) -> list:
        """Return the diets asked for, by the names of the table where it knows them."""
        import re

        listed = isinstance(dietary, list | tuple | dict)
        rows = dietary if listed else re.split(r"[,;\n]|\band\b", str(dietary or ""))
        texts = [str(row.get("need") or "") if isinstance(row, dict) else str(row) for row in rows]
        needs = [self._need(text) for text in texts if text.strip()]
        return list(dict.fromkeys(needs))

    def _need(self, text: str) -> str:
        """Return the diet that a phrase means: "2 vegans", "nut allergy", "coeliac"."""
        import re

        said = re.sub(r"\d+|[()]|\b(?:guests?|people|x)\b", " ", text.casefold()).strip()
        said = " ".join(said.split())
        words = {
            "coeliac": "gluten-free",
            "celiac": "gluten-free",
            "lactose": "dairy-free",
            "peanut": "nut-free",
        }
        known = [need for word, need in words.items() if word in said]
        kinds = {need: need.removesuffix("-free").removeprefix("no ") for need in self.excludes}
        return (known or [need for need, kind in kinds.items() if re.search(rf"\b{kind}", said)] or [said])[0]

    def _conflicts(self, dish: dict, need: str, dishes: list) -> list:
        """Return what stands between a dish and a diet, with a dish of the same course to serve instead."""
        if need not in self.excludes or need in dish["suits"]:
            return []
        words = [dish["because"][group] for group in self.excludes[need].split() if group in dish["because"]]
        rivals = [other for other in dishes if other["course"] == dish["course"] != "dish"]
        others = [rival["name"] for rival in rivals if need in rival["suits"]]
        course = {"bite": "starter", "side": "starter", "dish": "main"}.get(dish["course"], dish["course"])
        substitute = (others or [self.substitutes[course]])[0]
        why = ", ".join(words) if words else "its name does not tell"
        return [{"dish": dish["name"], "need": need, "because": why, "substitute": substitute}]

    def _added(self, conflicts: list, dishes: list, needs: list) -> list:
        """Return the substitutes that are not on the menu yet, labelled like its dishes."""
        on_menu = [dish["name"] for dish in dishes]
        names = dict.fromkeys([clash["substitute"] for clash in conflicts])
        courses = {name: course for course, name in self.substitutes.items()}
        return [self._label(courses[name], name, needs) for name in names if name not in on_menu]
