"""Snapshots: the plain-data variables of a step, as bounded JSON text that another child can take up.

Functions, classes, modules and other objects are left out, and so is what does not fit; their names are told.
"""

from json import dumps, loads
from typing import Any

from .plain import CannotCrossError, Encoder, decode_each

MAX_SNAPSHOT = 64 * 1024
"""Characters of a snapshot: a conversation carries it from turn to turn."""
MAX_VARIABLE_ITEMS = 10_000
MAX_NAMES = 50


def take(variables: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the snapshot of `variables` and the names that are not in it; names with two underscores do not count."""
    parts: list[str] = []
    left_out: list[str] = []
    room = MAX_SNAPSHOT - 2
    for name, value in list(variables.items()):
        if not isinstance(name, str) or name.startswith("__"):
            continue
        part = _part(name, value, room)
        if part is None:
            left_out.append(name[:100])
        else:
            parts.append(part)
            room -= len(part) + 1
    return "{" + ",".join(parts) + "}", left_out[:MAX_NAMES]


def restore(snapshot: str) -> dict[str, Any]:
    """Return the variables of a snapshot; raises what Decoder raises, for a snapshot that `take` did not make."""
    if len(snapshot) > MAX_SNAPSHOT:
        raise ValueError("a snapshot is too long")
    return decode_each(loads(snapshot))


def _part(name: str, value: Any, room: int) -> str | None:
    if isinstance(value, str | bytes) and len(value) > room:
        return None
    try:
        part = _json(name) + ":" + _json(Encoder(max_items=MAX_VARIABLE_ITEMS).encode(value))
    except (CannotCrossError, MemoryError, RuntimeError):
        return None
    return part if len(part) < room else None


def _json(data: Any) -> str:
    return dumps(data, separators=(",", ":"), ensure_ascii=False)
