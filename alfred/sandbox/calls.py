"""Tool calls: a tool asked for by the jail runs here, in the trusted parent.

The name must be one that was granted, the arguments must fit the tool's inputs, the result must be plain data. Whatever
goes wrong becomes a `failure` message: a type, and a text without this machine's paths and secrets.

Not covered: what a tool does with valid arguments. Tools treat them as they would any input from the web.
"""

import inspect
import os
import re
import sys
from collections.abc import Callable
from typing import Any

from alfred.sandbox.child.plain import CannotCrossError, encode

MAX_TEXT = 4_000
MIN_SECRET = 8
"""Shorter values of secret variables are words like "on", not secrets."""
SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL|AUTH", re.IGNORECASE)
FOLDERS = sorted(
    {sys.prefix, sys.base_prefix, os.getcwd(), os.path.expanduser("~")} - {"/", "~"}, key=len, reverse=True
)
JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list, tuple),
    "object": (dict,),
    "null": (type(None),),
    "any": (object,),
}
"""The types of smolagents' tool inputs and the values that fit them; a truth value is no number."""


def run_tool(tool: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Return what the tool returns; raises TypeError when the arguments do not fit its inputs."""
    return tool(**bind(tool, args, kwargs)) if hasattr(tool, "inputs") else tool(*args, **kwargs)


def bind(tool: Any, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments by name; raises TypeError with the tool's inputs when they do not fit."""
    named = _by_name(tool, args, kwargs)
    for name, value in named.items():
        _check(tool, name, value)
    missing = [name for name in tool.inputs if name not in named and not _may_be_left_out(tool, name)]
    if missing:
        raise _misfit(tool, f"{missing[0]} is missing")
    return named


def _by_name(tool: Any, args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    names = _order(tool)
    if len(args) > len(names):
        raise _misfit(tool, f"takes {len(names)} arguments, not {len(args)}")
    named = dict(zip(names, args, strict=False))
    twice = [name for name in kwargs if name in named]
    if twice:
        raise _misfit(tool, f"{twice[0]} is given twice")
    return named | kwargs


def _order(tool: Any) -> list[str]:
    forward = getattr(tool, "forward", None)
    signature = list(inspect.signature(forward).parameters) if forward else []
    return signature if set(signature) == set(tool.inputs) else list(tool.inputs)


def _check(tool: Any, name: str, value: Any) -> None:
    if name not in tool.inputs:
        raise _misfit(tool, f"there is no input {name[:100]}")
    if value is None and _may_be_left_out(tool, name):
        return
    kinds = _kinds(tool, name)
    allowed = tuple(kind for name in kinds for kind in JSON_TYPES.get(name, ()))
    no_number = isinstance(value, bool) and not {"boolean", "any"} & set(kinds)
    if no_number or not isinstance(value, allowed):
        raise _misfit(tool, f"{name} must be {' or '.join(kinds)}, not {type(value).__name__} ({value!r:.80})")


def _kinds(tool: Any, name: str) -> list[str]:
    kind = tool.inputs[name]["type"]
    return [kind] if isinstance(kind, str) else list(kind)


def _may_be_left_out(tool: Any, name: str) -> bool:
    return bool(tool.inputs[name].get("nullable", False))


def _misfit(tool: Any, what: str) -> TypeError:
    inputs = ", ".join(
        f"{name} ({' or '.join(_kinds(tool, name))}{', may be left out' if _may_be_left_out(tool, name) else ''})"
        for name in tool.inputs
    )
    return TypeError(f"{tool.name}: {what}. Its inputs are: {inputs or 'none'}.")


def result_message(tool: str, value: Any) -> dict[str, Any]:
    """Return the message that carries a result into the jail, or the failure when it cannot cross."""
    try:
        return {"op": "result", "value": encode(value)}
    except CannotCrossError as error:
        return failure_message(CannotCrossError(f"What {tool} returned cannot enter the sandbox: {error}."))


def failure_message(error: Exception) -> dict[str, Any]:
    """Return the message that raises `error` in the jail, by the name of the built-in type next to it."""
    kind = next(base for base in type(error).__mro__ if base.__module__ == "builtins")
    return {"op": "failure", "type": kind.__name__, "text": redact(_text(error))[:MAX_TEXT]}


def _text(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, KeyError) and len(error.args) == 1 else str(error)


def redact(text: str) -> str:
    """Return `text` without the values of secret environment variables and the folders of this machine."""
    for name, value in os.environ.items():
        if SECRET_NAME.search(name) and len(value) >= MIN_SECRET:
            text = text.replace(value, "***")
    for folder in FOLDERS:
        text = text.replace(f"{folder}/", "…/")
    return text
