"""The rules: what they change in the code, and what they leave alone. For what it then does see `test_language.py`."""

import ast

import pytest

from alfred.sandbox.child.rules import ProtectedNameError, prepare

TOOLS = frozenset({"peek"})


def prepared(code):
    return ast.unparse(prepare(code, ("math",), TOOLS))


@pytest.mark.parametrize("code", ["import math", "from math import sqrt", "def f():\n    import math"])
def test_a_granted_import_is_left_alone(code):
    assert prepared(code).startswith(code)


@pytest.mark.parametrize(
    "code", ["import peek", "from peek import peek", "from anywhere import peek", "from peek import *"]
)
def test_the_import_of_a_tool_becomes_nothing(code):
    assert prepared(code).startswith("pass")


def test_a_refusal_takes_the_place_of_the_import():
    assert 'def f():\n    __refuse_import__("Import of os is not allowed.' in prepared("def f():\n    import os")
    assert "Import from . is not allowed." in prepared("from . import x")


def test_each_name_of_an_import_is_judged_alone():
    assert 'import math\n__refuse_import__("Import of os' in prepared("import math, os, peek")


@pytest.mark.parametrize(
    "code", ["def f(peek): pass", "lambda peek: 1", "[peek for peek in ()]", "class A:\n    peek = 1"]
)
def test_a_name_in_a_scope_of_its_own_is_free(code):
    assert prepared(code)


def test_the_line_of_a_rebinding_is_told():
    with pytest.raises(ProtectedNameError) as caught:
        prepared("x = 1\nif x:\n    peek = 2")
    assert caught.value.line == 3
