"""The last value: only what can come last is changed. The values themselves are in `test_language.py`."""

import ast

import pytest

from alfred.sandbox.child.last_value import keep_last_value


def kept(code):
    tree = ast.parse(code)
    keep_last_value(tree.body)
    return ast.unparse(ast.fix_missing_locations(tree))


def test_nothing_but_the_last_statement_is_changed():
    assert kept("a\nb\nc") == "a\nb\n__value__ = c"


def test_a_loop_that_is_not_last_runs_as_it_is():
    assert kept("for i in x:\n    i\n5") == "for i in x:\n    i\n__value__ = 5"


def test_what_comes_before_a_jump_counts():
    assert "__value__ = i\n        break" in kept("for i in x:\n    if i:\n        i\n        break\n    j")


def test_a_target_with_a_call_is_not_evaluated_twice():
    assert kept("d[f()] += 1") == "d[f()] += 1\n__value__ = None"


@pytest.mark.parametrize("code", ["def f():\n    5", "class A:\n    5", "import math", "del x"])
def test_a_statement_without_value_has_none(code):
    assert kept(code) == f"{code}\n__value__ = None"
