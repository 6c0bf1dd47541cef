"""Plain data: bounds and refusals. That values come back as themselves is tested in `test_executor.py`."""

from collections import Counter, OrderedDict, namedtuple
from datetime import datetime, timedelta, timezone
from enum import IntEnum

import pytest

from alfred.sandbox.child.plain import MAX_DEPTH, CannotCrossError, decode, encode, encode_or_describe


def nested(depth):
    return [] if depth == 0 else [nested(depth - 1)]


@pytest.mark.parametrize(
    "value",
    [nested(MAX_DEPTH + 2), 1 << 20_000, "x" * 600_000, list(range(200_000)), set(range(2_000)), object(), len],
    ids=["deep", "long number", "long text", "many items", "many hashes", "object", "function"],
)
def test_what_is_too_much_or_no_data_does_not_cross(value):
    with pytest.raises(CannotCrossError):
        encode(value)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Counter("aab"), {"a": 2, "b": 1}),
        (OrderedDict(a=1), {"a": 1}),
        (namedtuple("Pair", "a b")(1, 2), (1, 2)),
        (IntEnum("Course", "SOUP ROAST").ROAST, 2),
    ],
)
def test_a_subclass_arrives_as_its_plain_base(value, plain):
    assert decode(encode(value)) == plain
    assert type(decode(encode(value))) is type(plain)


def test_what_is_no_data_is_described_where_that_is_enough():
    assert encode_or_describe([1, int]) == [1, "<class 'int'>"]


def test_an_odd_offset_comes_back():
    when = datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    assert decode(encode(when)).utcoffset() == when.utcoffset()


def test_half_a_character_is_replaced():
    assert decode("a\ud800") == "a?"


def test_decoding_is_bounded_as_encoding_is():
    with pytest.raises(ValueError, match="too many values"):
        decode([[0]] * 300_000)
