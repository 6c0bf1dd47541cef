"""The card of the Space: the YAML at the top of README.md, which tells the Hub how to build and show it.

The rules are the documentation's (https://huggingface.co/docs/hub/spaces-config-reference); the Hub's own validator
is asked by `alfred.space.online`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder
from alfred.space.requirements import read_pins

README = "README.md"
COLOURS = ("blue", "gray", "green", "indigo", "pink", "purple", "red", "yellow")
SCOPES = (
    "contribute-repos",
    "email",
    "gated-repos",
    "inference-api",
    "jobs",
    "manage-repos",
    "openid",
    "profile",
    "read-billing",
    "read-collections",
    "read-mcp",
    "read-repos",
    "webhooks",
    "write-collections",
    "write-discussions",
    "write-repos",
)
SHORT_DESCRIPTION_CHARACTERS = 60
OAUTH_MINUTES = 43_200
PYTHONS = ("3.11", "3.12", "3.13")

Rule = tuple[Callable[[Any], bool], str]
_TEXT: Rule = (lambda value: isinstance(value, str) and bool(value.strip()), "write a text")
_BOOLEAN: Rule = (lambda value: isinstance(value, bool), "write true or false")
_LIST: Rule = (
    lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "write a list of texts",
)
_COLOUR: Rule = (lambda value: value in COLOURS, f"use one of {', '.join(COLOURS)}")


def _is_emoji(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 8 and any(unicodedata.category(sign) == "So" for sign in value)


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= SHORT_DESCRIPTION_CHARACTERS


RULES: dict[str, Rule] = {
    "title": _TEXT,
    "emoji": (_is_emoji, "use one emoji"),
    "colorFrom": _COLOUR,
    "colorTo": _COLOUR,
    "sdk": (lambda value: value == "gradio", "write gradio"),
    "sdk_version": _TEXT,
    "python_version": (lambda value: value in PYTHONS, f"use one of {', '.join(PYTHONS)}, in quotes"),
    "app_file": _TEXT,
    "pinned": _BOOLEAN,
    "license": _TEXT,
    "short_description": (_is_short, f"write 1 to {SHORT_DESCRIPTION_CHARACTERS} characters"),
    "tags": _LIST,
    "models": _LIST,
    "datasets": _LIST,
    "thumbnail": _TEXT,
    "header": (lambda value: value in ("mini", "default"), "write mini or default"),
    "fullWidth": _BOOLEAN,
    "disable_embedding": _BOOLEAN,
    "suggested_hardware": _TEXT,
    "base_path": _TEXT,
    "startup_duration_timeout": (
        lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d+ ?(s|m|h|min|minutes|hours?)", value)),
        "write a time such as 30m or 1h",
    ),
    "preload_from_hub": _LIST,
    "custom_headers": (lambda value: isinstance(value, dict), "write a table of headers"),
    "hf_oauth": _BOOLEAN,
    "hf_oauth_scopes": (
        lambda value: isinstance(value, list) and set(value) <= set(SCOPES),
        f"list only {', '.join(SCOPES)}",
    ),
    "hf_oauth_expiration_minutes": (
        lambda value: isinstance(value, int) and 1 <= value <= OAUTH_MINUTES,
        f"write 1 to {OAUTH_MINUTES}",
    ),
    "hf_oauth_authorized_org": (lambda value: isinstance(value, (str, list)), "write an organisation or a list"),
}
NEEDED = ("title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "python_version", "app_file", "license")


def check_card(space: SpaceFolder) -> Iterator[Finding]:
    """Look at the card's keys and values, and at what they say about the other files."""
    card = space.card
    if card is None:
        yield Finding(
            README, "has no card that can be read", "begin it with --- on a line, keys in YAML, and --- again"
        )
        return
    for key in NEEDED:
        if key not in card:
            yield Finding(README, f"the card has no {key}", f"add {key}: to it")
    for key, value in card.items():
        yield from _check_value(key, value)
    yield from _check_quotes(space.text(README), card)
    yield from _check_relations(space, card)


def _check_value(key: str, value: Any) -> Iterator[Finding]:
    if key not in RULES:
        yield Finding(
            README, f"the card's key {key} means nothing to a Gradio Space", "correct its name or take it out"
        )
        return
    accepts, remedy = RULES[key]
    if not accepts(value):
        yield Finding(README, f"{key} is {value!r}", remedy)


def _check_quotes(text: str, card: dict[str, Any]) -> Iterator[Finding]:
    """Unquoted, YAML reads 3.10 as 3.1 and 6.31 as a number."""
    for key in ("sdk_version", "python_version"):
        if key in card and not re.search(rf"^{key}:\s*([\"']).+\1\s*$", text, re.MULTILINE):
            yield Finding(README, f"{key} stands without quotes", f'write {key}: "{card[key]}"')


def _check_relations(space: SpaceFolder, card: dict[str, Any]) -> Iterator[Finding]:
    pin = read_pins(space).get("gradio")
    if pin and "sdk_version" in card and str(card["sdk_version"]) != pin:
        fault = f"sdk_version is {card['sdk_version']} and requirements.txt pins gradio {pin}"
        yield Finding(README, fault, "make them the same version")
    if isinstance(card.get("app_file"), str) and card["app_file"] not in space.files:
        yield Finding(README, f"app_file is {card['app_file']}, which is not in the Space", "name the entry point")
    if card.get("hf_oauth_scopes") and not card.get("hf_oauth"):
        yield Finding(README, "hf_oauth_scopes are set and hf_oauth is not", "add hf_oauth: true")
