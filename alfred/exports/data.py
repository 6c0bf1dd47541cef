"""Plain data of a tool, when it is the answer, as lines that a person reads."""

from collections.abc import Mapping
from typing import Any


def data_to_text(data: Any) -> str:
    """Return text as it is, and dicts and lists as indented lines, amounts with their units."""
    return "\n".join(_lines(data)) if isinstance(data, (Mapping, list, tuple)) else str(data)


def _lines(data: Any, indent: str = "") -> list[str]:
    if isinstance(data, Mapping):
        return [line for key, value in data.items() for line in _entry(str(key), value, indent)]
    return [line for value in data for line in _item(value, indent)]


def _entry(key: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, (Mapping, list, tuple)):
        return [f"{indent}{key}:", *_lines(value, f"{indent}  ")] if value else []
    return [] if value is None else [f"{indent}{key}: {value}"]


def _item(value: Any, indent: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{indent}- {data_to_text(value)}"]
    if {"item", "amount", "unit"} <= value.keys():
        return [f"{indent}- {value['item']}: {value['amount']:g} {value['unit']}"]
    return [f"{indent}- " + ", ".join(f"{key} {entry}" for key, entry in value.items() if entry not in (None, [], {}))]
