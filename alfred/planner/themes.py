"""Which of the superhero themes a host means."""

_WORDS = (
    ("futuristic Gotham", ("futur", "neo", "cyber", "beyond")),
    ("villain masquerade", ("masquerade", "masked", "ball")),
    ("villains", ("villain", "rogue", "joker", "penguin", "riddler", "bad guys")),
    ("sidekicks", ("sidekick", "robin", "batgirl")),
    ("classic heroes", ("classic hero",)),
    (
        "classic",
        ("hero", "batman", "superman", "wonder woman", "justice league", "comic", "classic", "gotham"),
    ),
)
OFFERED = ("classic heroes", "villain masquerade", "futuristic Gotham")


def theme_category(theme: str | None) -> str | None:
    """Return the category of `superhero_party_theme` that a theme belongs to, None if it is of another kind."""
    text = (theme or "").casefold()
    return next((category for category, words in _WORDS if any(word in text for word in words)), None)
