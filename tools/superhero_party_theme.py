"""Superhero party theme: the idea of a party for a category of heroes.

It does not invent themes: a category that is not in the table is refused with the list of those that are.
"""

from smolagents.tools import Tool


class SuperheroPartyThemeTool(Tool):
    """Finds the theme of a category in a table of themes."""

    name = "superhero_party_theme"
    description = (
        "Describes a superhero party theme. Categories: classic, villains, sidekicks, classic heroes, "
        "villain masquerade, futuristic Gotham."
    )
    inputs = {"category": {"type": "string", "description": "One of the categories"}}
    output_type = "string"

    themes = {
        "classic": (
            "Classic Justice League theme with Superman, Batman, and Wonder Woman decorations, "
            "cape-making station, and heroic photo booth."
        ),
        "villains": (
            "Batman's Rogues Gallery theme featuring Joker, Penguin, and Riddler color schemes, "
            "villain costume contest, and Arkham Asylum-themed rooms."
        ),
        "sidekicks": (
            "Sidekick Celebration theme with Robin, Batgirl, and Alfred-inspired refreshments, "
            "butler service, and Batcave lounge area."
        ),
        "classic heroes": (
            "Justice League Gala: Guests come dressed as their favorite DC heroes with themed cocktails "
            "like 'The Kryptonite Punch'."
        ),
        "villain masquerade": (
            "Gotham Rogues' Ball: A mysterious masquerade where guests dress as classic Batman villains."
        ),
        "futuristic Gotham": (
            "Neo-Gotham Night: A cyberpunk-style party inspired by Batman Beyond, with neon decorations "
            "and futuristic gadgets."
        ),
    }

    def forward(self, category: str) -> str:
        """Return the theme of the category; case, blanks and plurals do not matter."""
        themes = {self._key(name): theme for name, theme in self.themes.items()}
        return themes.get(self._key(category), self._refusal())

    def _key(self, category: str) -> str:
        """Return the category in lower case, with single blanks and in the singular."""
        import re

        words = category.casefold().split() if isinstance(category, str) else []
        return " ".join([re.sub(r"(?<=o)es$|(?<!s)s$", "", word) for word in words])

    def _refusal(self) -> str:
        """Return the sentence that names every category."""
        names = list(self.themes)
        return f"Invalid category. Please choose from: {', '.join(names[:-1])}, or {names[-1]}."
