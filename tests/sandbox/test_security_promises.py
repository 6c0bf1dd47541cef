"""SECURITY.md names tests that exist, and each attack is shown to work where there is no jail."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text())


def test_promises_are_made():
    assert len(NAMED) > 20


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_the_test_of_a_promise_exists(file, name):
    functions = [node.name for node in ast.parse((ROOT / file).read_text()).body if isinstance(node, ast.FunctionDef)]
    assert name in functions


CONTROLS = {
    *("attack", "holds", "free", "printed", "ending", "outlasts", "in_process", "stock", "exec", "loads", "hash"),
    *("believed", "breaks_the_believer", "holds_the_believer"),
}
"""What runs an attack without the jail: see `attacks/` and `stand_ins/unjailed.py`."""
ATTACKS = [
    pytest.param(node, id=f"{path.stem}::{node.name}")
    for path in sorted((Path(__file__).parent / "attacks").glob("test_*.py"))
    for node in ast.parse(path.read_text()).body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
]


@pytest.mark.parametrize("test", ATTACKS)
def test_every_attack_is_run_without_the_jail_too(test):
    called = [node.func for node in ast.walk(test) if isinstance(node, ast.Call)]
    assert CONTROLS & {getattr(function, "attr", getattr(function, "id", "")) for function in called}
