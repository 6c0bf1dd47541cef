"""Superhero party theme: the idea of a party for a category of heroes.

It does not invent themes: a category that is not in the table is refused with the list of those that are.
"""

from smolagents.tools import Tool


class SuperheroPartyThemeTool(Tool):
    """Finds the theme of a category in a table of themes."""

    name = "superhero_party_theme"
    description = (
        "Superhero theme. Categories: classic, villains, sidekicks, classic heroes, villain masquerade, "
        "futuristic Gotham."
    )
    inputs = {"category": {"type": "string", "description": "category"}}
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

    # Decoration; dress code; music; activities.
    details = {
        "classic": (
            "comic panels, city skyline, red, blue and gold; capes over smart dress; orchestral film "
            "scores; cape making, hero photo booth, trivia of secret identities"
        ),
        "villains": (
            "playing cards, umbrellas, question marks, purple and green; a villain's colours; dark cabaret and "
            "film noir jazz; costume contest, riddle hunt, Arkham escape room"
        ),
        "sidekicks": (
            "bat silhouettes, trays with calling cards, yellow and green; domino mask or butler's waistcoat; "
            "big-band swing; tray race, gadget workshop, lounge quiz in the Batcave"
        ),
        "classic heroes": (
            "marble columns, Art Deco gold, hero emblems; a favourite hero in evening dress; orchestral film "
            "scores and swing; hero auction, emblem cocktails, first dance"
        ),
        "villain masquerade": (
            "candelabra, black velvet, torn playing cards; evening dress and a villain's mask; waltzes, dark "
            "cabaret and strings; grand unmasking, mask making, murder mystery"
        ),
        "futuristic Gotham": (
            "neon tubes, holographic foil, rain-wet black; black with one neon accent; synthwave and "
            "electronic music; laser maze, gadget hunt, neon face painting"
        ),
    }

    def forward(self, category: str) -> str:
        """Return the theme of the category with its details; case, blanks and plurals do not matter."""
        names = {self._key(name): name for name in self.themes}
        name = names.get(self._key(category))
        return self._theme(name) if name else self._refusal()

    def _theme(self, name: str) -> str:
        """Return the sentence of a theme, then a line for each detail."""
        details = self.details[name].split("; ")
        headings = ["Decoration", "Dress code", "Music", "Activities"]
        lines = [f"{heading}: {detail}." for heading, detail in zip(headings, details, strict=True)]
        return chr(10).join([self.themes[name], *lines])

    def _key(self, category: str) -> str:
        """Return the category in lower case, with single blanks and in the singular."""
        import re

        words = category.casefold().split() if isinstance(category, str) else []
        return " ".join([re.sub(r"(?<=o)es$|(?<!s)s$", "", word) for word in words])

    def _refusal(self) -> str:
        """Return the sentence that names every category."""
        names = list(self.themes)
        return f"Invalid category. Please choose from: {', '.join(names[:-1])}, or {names[-1]}."
