"""Suggest menu: the dishes that suit an occasion, by course, with a dish for every diet.

The plain call answers with one line. With guests, diets or a season a line for each dish follows, with
alternatives from its own table. It prices nothing and knows no kitchen, so it says to confirm each diet.
"""

from smolagents.tools import Tool


class SuggestMenuTool(Tool):
    """Finds the menu of an occasion in a table of menus and completes it for the diets."""

    name = "suggest_menu"
    description = "Menu for a dinner, reception, gala, casual, formal or superhero party, with dishes for diets."
    inputs = {
        "occasion_type": {"type": "string", "description": "occasion"},
        "guests": {"type": "integer", "description": "how many", "nullable": True},
        "dietary": {"type": "any", "description": "diets", "nullable": True},
        "season": {"type": "string", "description": "time of year", "nullable": True},
    }
    output_type = "string"

    # The order decides when a phrase holds several of these words: theme, then event, style, meal.
    menus = {
        "superhero": "High-energy buffet of Grilled Chicken, Quinoa Salad, healthy Wraps, and Fresh Fruit",
        "gala": "Five-course meal including Lobster Bisque, Filet Mignon, and Crème Brûlée",
        "reception": "Assorted Canapés, Champagne, Petit Fours",
        "formal": "Three-course dinner with wine: Smoked Salmon, Rack of Lamb, and Lemon Tart for dessert",
        "casual": "Margherita and Mushroom Pizza, Nachos and Olives as snacks, Lemonade and Beer as drinks",
        "dinner": "Beef Wellington, Roasted Vegetables, Chocolate Soufflé",
    }
    standard = "Standard menu: Selection of hors d'oeuvres, Main course options, and Dessert variety"
    # The dishes of each menu; the standard menu names only kinds, so its dishes stand here alone.
    chosen = {
        "superhero": "Grilled Chicken, Healthy Vegetable Wraps, Quinoa Salad, Fresh Fruit",
        "gala": "Lobster Bisque, Filet Mignon, Potato Gratin, Crème Brûlée",
        "reception": "Assorted Canapés, Champagne, Petit Fours",
        "formal": "Smoked Salmon, Rack of Lamb, Lemon Tart",
        "casual": "Margherita Pizza, Mushroom Pizza, Nachos and Olives, Lemonade, Beer",
        "dinner": "Beef Wellington, Roasted Vegetables, Chocolate Soufflé",
        "standard": "Roast Chicken, Roasted Vegetables, Chocolate Cake",
    }
    # The course of each dish and what it holds; the last ones, from the crudités on, are alternatives.
    dishes = {
        "Grilled Chicken": "main: meat",
        "Healthy Vegetable Wraps": "main: gluten",
        "Quinoa Salad": "side:",
        "Fresh Fruit": "dessert:",
        "Lobster Bisque": "starter: crustaceans milk",
        "Filet Mignon": "main: beef",
        "Potato Gratin": "side: milk",
        "Crème Brûlée": "dessert: eggs milk sugar",
        "Assorted Canapés": "bite: gluten eggs fish milk meat",
        "Champagne": "drink: sulphites alcohol",
        "Petit Fours": "dessert: gluten eggs milk nuts sugar",
        "Smoked Salmon": "starter: fish",
        "Rack of Lamb": "main: meat",
        "Lemon Tart": "dessert: gluten eggs milk sugar",
        "Margherita Pizza": "main: gluten milk",
        "Mushroom Pizza": "main: gluten milk",
        "Nachos and Olives": "bite: milk",
        "Lemonade": "drink: sugar",
        "Beer": "drink: gluten alcohol",
        "Beef Wellington": "main: beef gluten eggs milk",
        "Roasted Vegetables": "side:",
        "Chocolate Soufflé": "dessert: eggs milk sugar",
        "Roast Chicken": "main: meat",
        "Chocolate Cake": "dessert: gluten eggs milk sugar",
        "Asparagus and Pea Salad": "side:",
        "Tomato and Cucumber Salad": "side:",
        "Roasted Pumpkin with Beetroot": "side:",
        "Red Cabbage with Apple": "side:",
        "Vegetable Crudités with Guacamole": "starter:",
        "Mushroom and Spinach Risotto": "main: milk",
        "Stuffed Peppers with Rice and Black Beans": "main:",
        "Berries with Dark Chocolate": "dessert: milk sugar",
        "Fruit Platter": "dessert:",
        "Cucumber and Avocado Bites": "bite:",
        "Sparkling Water with Lime": "drink:",
    }
    alternatives = (
        "Roasted Vegetables, Vegetable Crudités with Guacamole, Mushroom and Spinach Risotto, "
        "Stuffed Peppers with Rice and Black Beans, Berries with Dark Chocolate, Fruit Platter, "
        "Cucumber and Avocado Bites, Sparkling Water with Lime"
    )
    seasons = {
        "spring": "Asparagus and Pea Salad",
        "summer": "Tomato and Cucumber Salad",
        "autumn": "Roasted Pumpkin with Beetroot",
        "fall": "Roasted Pumpkin with Beetroot",
        "winter": "Red Cabbage with Apple",
    }
    # What each diet leaves out; the words before the bar are how people name it.
    diets = {
        "vegetarian": "vegetarian|veggie: beef pork meat fish crustaceans",
        "vegan": "vegan|plant: beef pork meat fish crustaceans milk eggs honey",
        "pescatarian": "pescatarian|pescetarian: beef pork meat",
        "gluten-free": "gluten|coeliac|celiac: gluten",
        "dairy-free": "dairy|lactose|milk: milk",
        "nut-free": "nut|peanut|nuts: nuts",
        "egg-free": "egg: eggs",
        "fish-free": "fish: fish",
        "shellfish-free": "shellfish|crustacean: crustaceans",
        "soy-free": "soy|soya: soy",
        "sesame-free": "sesame: sesame",
        "halal": "halal: beef pork meat alcohol",
        "kosher": "kosher: beef pork meat crustaceans",
        "no pork": "pork: pork",
        "no beef": "beef: beef",
        "no alcohol": "alcohol: alcohol",
        "diabetic": "diabet: sugar",
    }
    usual = "vegetarian vegan pescatarian gluten-free dairy-free nut-free halal kosher"

    def forward(
        self,
        occasion_type: str,
        guests: int | None = None,
        dietary: str | list | dict | None = None,
        season: str | None = None,
    ) -> str:
        """Return the menu of the occasion in one line, and its dishes when more is given."""
        occasion = self._occasion(occasion_type)
        line = f"Suggested {occasion} menu: {self.menus[occasion]}" if occasion else self.standard
        if guests is None and not dietary and not season:
            return line
        asked = self._asked(dietary)
        names = self._names(occasion or "standard", asked, str(season or "").casefold())
        rows = [self._row(name, asked) for name in names]
        return chr(10).join([line, *rows, *self._notes(guests, asked)])

    def _occasion(self, text: str) -> str | None:
        """Return the first occasion of the table, singular or plural, that is a word of the text."""
        import re

        if not isinstance(text, str):
            return None
        phrase = re.sub(r"[\W_]+", " ", text.casefold()).replace("super hero", "superhero")
        named = [word for word in self.menus if re.search(rf"\b{word}(e?s)?\b", phrase)]
        return named[0] if named else None

    def _asked(self, dietary: str | list | dict | None) -> list[str]:
        """Return the diets asked for, by the names of the table; an unknown diet keeps its own words."""
        import re

        listed = isinstance(dietary, list | tuple | dict)
        rows = dietary if listed else re.split(r"[,;\n]|\band\b", str(dietary or ""))
        texts = [str(row.get("need") or "") if isinstance(row, dict) else str(row) for row in rows]
        return list(dict.fromkeys([self._diet(text) for text in texts if text.strip()]))

    def _diet(self, text: str) -> str:
        """Return the diet that a phrase names: "2 vegans", "nut allergy", "coeliac"."""
        import re

        said = text.casefold()
        words = {diet: line.partition(":")[0] for diet, line in self.diets.items()}
        known = [diet for diet, choice in words.items() if re.search(rf"\b(?:{choice})", said)]
        return known[0] if known else " ".join(re.sub(r"\d+", " ", said).split())

    def _suits(self, name: str, diet: str) -> bool:
        """Tell whether a dish holds nothing that the diet leaves out; an unknown diet suits none."""
        holds = self.dishes[name].partition(":")[2].split()
        left_out = self.diets.get(diet, "").partition(":")[2].split()
        return diet in self.diets and not set(holds) & set(left_out)

    def _names(self, occasion: str, asked: list[str], season: str) -> list[str]:
        """Return the dishes of the menu, the season's side, and alternatives where a course suits too few."""
        names = self.chosen[occasion].split(", ")
        names += [dish for word, dish in self.seasons.items() if word in season and dish not in names]
        known = [diet for diet in asked if diet in self.diets]
        courses = dict.fromkeys([self._course(name) for name in names])
        return names + [dish for course in courses for dish in self._added(names, course, known)]

    def _course(self, name: str) -> str:
        """Return the course of a dish."""
        return self.dishes[name].partition(":")[0]

    def _added(self, names: list[str], course: str, asked: list[str]) -> list[str]:
        """Return the alternative for a course: the first that suits everybody whom its dishes do not suit."""
        here = [name for name in names if self._course(name) == course]
        unmet = [diet for diet in asked if not [name for name in here if self._suits(name, diet)]]
        pool = [name for name in self.alternatives.split(", ") if self._course(name) == course]
        fitting = [name for name in pool if not [diet for diet in unmet if not self._suits(name, diet)]]
        return fitting[:1] if unmet else []

    def _row(self, name: str, asked: list[str]) -> str:
        """Return the line of a dish: course, name, usual and asked diets it suits, what it may contain."""
        diets = [
            diet for diet in self.diets if (diet in self.usual.split() or diet in asked) and self._suits(name, diet)
        ]
        others = {"beef", "pork", "meat", "alcohol", "sugar", "honey"}
        holds = [group for group in self.dishes[name].partition(":")[2].split() if group not in others]
        notes = [f"suits {', '.join(diets)}"] if diets else []
        notes += [f"may contain {', '.join(holds)}"] if holds else []
        return f"{self._course(name)}: {name} [{'; '.join(notes)}]"

    def _notes(self, guests: int | None, asked: list[str]) -> list[str]:
        """Return the closing lines: portions, diets that the table does not know, and the word of caution."""
        unknown = [diet for diet in asked if diet not in self.diets]
        lines = [f"Portions: {guests} of each course."] if guests is not None else []
        lines += [f"Not in this table, ask guest and caterer: {', '.join(unknown)}."] if unknown else []
        return [*lines, "Confirm every diet and allergen with the guests and the caterer."]
