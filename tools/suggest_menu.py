"""Suggest menu: the dishes that suit an occasion.

It does not look at guests, diets or the season, and it prices nothing.
"""

from smolagents.tools import Tool


class SuggestMenuTool(Tool):
    """Finds the menu of an occasion in a table of menus."""

    name = "suggest_menu"
    description = (
        "Suggests a menu for a dinner, reception, gala, or a casual, formal or superhero party; "
        "for any other occasion a standard menu. Returns one line of text."
    )
    inputs = {"occasion_type": {"type": "string", "description": "Occasion, in one word or a short phrase"}}
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

    def forward(self, occasion_type: str) -> str:
        """Return the menu of the occasion, or the standard menu when no known word names it."""
        occasion = self._occasion(occasion_type)
        return f"Suggested {occasion} menu: {self.menus[occasion]}" if occasion else self.standard

    def _occasion(self, text: str) -> str | None:
        """Return the first occasion of the table, singular or plural, that is a word of the text."""
        import re

        if not isinstance(text, str):
            return None
        phrase = re.sub(r"[\W_]+", " ", text.casefold()).replace("super hero", "superhero")
        named = [word for word in self.menus if re.search(rf"\b{word}(e?s)?\b", phrase)]
        return named[0] if named else None
