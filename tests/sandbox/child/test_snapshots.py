"""Snapshots: plain variables come back, the others are named."""

import math

import pytest

from alfred.sandbox.child.snapshots import MAX_SNAPSHOT, restore, take


def test_plain_variables_come_back_and_others_are_named():
    text, left_out = take({"a": (1, {2}), "f": len, "math": math, "__name__": "x"})
    assert (restore(text), left_out) == ({"a": (1, {2})}, ["f", "math"])


def test_what_does_not_fit_is_left_out_and_the_rest_is_kept():
    text, left_out = take({"big": "x" * MAX_SNAPSHOT, "half": "x" * (MAX_SNAPSHOT // 2), "other": "x" * MAX_SNAPSHOT})
    assert (list(restore(text)), left_out) == (["half"], ["big", "other"])
    assert len(text) <= MAX_SNAPSHOT


def test_a_snapshot_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="too long"):
        restore(" " * (MAX_SNAPSHOT + 1))
