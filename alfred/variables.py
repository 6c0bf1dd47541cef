"""Variables: what the code of one turn leaves for the next, as plain data that a conversation can hold.

What comes back may have been changed by anybody, as all of a conversation: it becomes values again by `plain`, which
looks nothing up and calls nothing, and whatever is no variable of this kind is left out.
"""

import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from alfred.sandbox.child.plain import CannotCrossError, decode, encode
from alfred.sandbox.step import UNREADABLE

MAX_CHARACTERS = 12_000
MAX_NAME = 60
OF_EVERY_TURN = {"brief", "plan"}
"""Each turn is given its own of these, from the conversation."""

log = logging.getLogger(__name__)


def keep(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables that fit into a conversation as data for JSON; where not all do, the smallest."""
    texts = {name: _encoded(value) for name, value in values.items() if _is_name(name) and name not in OF_EVERY_TURN}
    fitting, room = set(), MAX_CHARACTERS
    for name in sorted((name for name in texts if texts[name]), key=lambda name: len(texts[name])):
        room -= len(name) + len(texts[name])
        if room >= 0:
            fitting.add(name)
    return {name: json.loads(texts[name]) for name in texts if name in fitting}


def recall(data: Mapping[str, Any], tools: Collection[str] = ()) -> dict[str, Any]:
    """Return the values of variables that were kept, without those that nobody would have kept.

    Args:
        data: what a conversation holds.
        tools: names that are taken.
    """
    if len(json.dumps(data)) > 2 * MAX_CHARACTERS:
        return {}
    taken = {*OF_EVERY_TURN, *tools}
    values = {name: _decoded(value) for name, value in data.items() if _is_name(name) and name not in taken}
    return {name: value for name, value in values.items() if value is not _NOTHING}


_NOTHING = object()


def _is_name(name: str) -> bool:
    return name.isidentifier() and not name.startswith("_") and len(name) <= MAX_NAME


def _encoded(value: Any) -> str:
    try:
        return json.dumps(encode(value))
    except CannotCrossError:
        return ""


def _decoded(data: Any) -> Any:
    try:
        return decode(data)
    except UNREADABLE:
        log.warning("a variable that a conversation brought is no plain data and is left out")
        return _NOTHING
