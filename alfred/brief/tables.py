"""Tables of words written as text, and as patterns that match any of them."""

import re


def words(table: str) -> tuple[str, ...]:
    """Return the words of a text, which stand between white space."""
    return tuple(table.split())


def either(table: str) -> str:
    """Return a pattern that matches any of the phrases of a text, which stand between commas."""
    phrases = (" ".join(phrase.split()) for phrase in table.split(","))
    return "|".join(phrase for phrase in phrases if phrase)


def any_of(patterns: str, flags: int = 0) -> re.Pattern[str]:
    """Return the compiled pattern for whole words or phrases of a comma-separated text."""
    return re.compile(rf"\b(?:{either(patterns)})\b", flags)
