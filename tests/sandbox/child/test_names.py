"""The names: equal to what smolagents promises, and loaded where the jail needs them."""

import pytest
from smolagents.local_python_executor import BASE_PYTHON_TOOLS
from smolagents.utils import BASE_BUILTIN_MODULES

from alfred.sandbox.child.names import BASE_TOOLS, DEFAULT_IMPORTS, SMOLAGENTS_IMPORTS, is_granted


def test_the_imports_are_those_of_smolagents_and_more():
    assert sorted(SMOLAGENTS_IMPORTS) == sorted(BASE_BUILTIN_MODULES)


def test_the_functions_are_those_of_smolagents():
    assert set(BASE_PYTHON_TOOLS) == BASE_TOOLS


def test_every_granted_module_can_be_imported(run):
    assert run("\n".join(f"import {module}" for module in DEFAULT_IMPORTS if module != "__future__")) is None


def test_every_function_is_there(run):
    assert run(f"[callable(f) for f in ({', '.join(sorted(BASE_TOOLS))})]") == [True] * len(BASE_TOOLS)


@pytest.mark.parametrize(
    ("module", "granted", "answer"),
    [
        ("os", ("math",), False),
        ("math", ("math",), True),
        ("a.b", ("a",), True),
        ("a.b", ("a.*",), True),
        ("ab", ("a",), False),
        ("os", ("*",), True),
        ("a", ("a.b",), False),
    ],
)
def test_a_module_is_granted_by_itself_its_package_or_a_star(module, granted, answer):
    assert is_granted(module, granted) is answer
