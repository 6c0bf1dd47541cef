"""Failures: a sentence whatever was raised. The sentences are in `test_language.py`."""

import pytest

from alfred.sandbox.child.failures import MAX_TEXT, explain, remedy


class Mute(Exception):  # noqa: N818
    def __str__(self):
        raise ValueError("no words")


def test_an_error_that_cannot_describe_itself_is_named():
    assert explain(Mute(), "<step 1>", []) == "Code execution failed due to: Mute"


def test_a_long_error_is_cut():
    assert len(explain(ValueError("x" * 10_000), "<step 1>", [])) == MAX_TEXT


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NameError("x", name="menus"), "Did you mean 'menu'?"),
        (NameError("x", name="zzz"), ""),
        (MemoryError(), "The memory of this code is limited: work on less at once."),
        (RecursionError("deep"), "Use a loop in place of the recursion."),
        (ValueError("x"), ""),
    ],
)
def test_a_remedy_fits_its_error(error, text):
    assert remedy(error, ["menu", "plan"]) == text
