"""Plain data: the values that may cross the wall of the jail, as JSON with tags.

A list, a dict with text keys, text, a number, a truth value and None are themselves in JSON. The others are
`{"$": tag, "v": payload}`, one line each in ENCODERS and DECODERS below. Decoding builds values of these types only:
it looks up no class, imports nothing and calls nothing that the sender names. Both ways are bounded.

Not covered: subclasses arrive as their plain base (a Counter as a dict, a named tuple as a tuple), and two
references to one object arrive as two objects.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import islice
from reprlib import Repr
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

TAG = "$"
MAX_DEPTH = 40
MAX_ITEMS = 100_000
MAX_CHARACTERS = 500_000
MAX_HASHED = 1_000
"""Set elements and dict keys that are not text: 20,000 colliding integers would hold the parent for seconds."""
MAX_INTEGER_BITS = 14_000
"""Just under 4,300 digits, the longest integer that CPython turns into text."""
MAX_EXPONENT = 10_000
MAX_OPAQUE = 1_000
PLAIN_TYPES = "None, bool, int, float, complex, str, bytes, list, tuple, set, dict, Decimal, Fraction, date, time"


SHORT = Repr()
SHORT.maxstring = SHORT.maxother = SHORT.maxlong = MAX_OPAQUE
SHORT.maxlist = SHORT.maxtuple = SHORT.maxdict = SHORT.maxset = SHORT.maxfrozenset = 20


class CannotCrossError(TypeError):
    """A value is no plain data, or more of it than may cross."""


class Encoder:
    """Turns one value into tagged JSON data.

    With `opaque` true, what cannot cross becomes its representation as text; else CannotCrossError is raised.
    """

    def __init__(self, opaque: bool = False, max_items: int = MAX_ITEMS) -> None:
        self.opaque = opaque
        self.items = max_items
        self.hashed = MAX_HASHED
        self.characters = MAX_CHARACTERS

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return `value` as data for `json.dumps`."""
        if value is None or type(value) in (bool, float):
            return value
        try:
            return self._encode(value, depth)
        except CannotCrossError:
            if not self.opaque:
                raise
            return describe(value)

    def _encode(self, value: Any, depth: int) -> Any:
        encode = next((ENCODERS[base] for base in type(value).__mro__ if base in ENCODERS), None)
        if encode is None:
            raise CannotCrossError(f"a {type(value).__name__} is not plain data")
        if depth > MAX_DEPTH:
            raise CannotCrossError(f"a {type(value).__name__} is nested deeper than {MAX_DEPTH} levels")
        return encode(self, value, depth)

    def many(self, values: Iterable[Any], depth: int) -> list[Any]:
        """Return the encoded items of a container, counting them."""
        return [self._item(value, depth) for value in values]

    def _item(self, value: Any, depth: int) -> Any:
        self.items -= 1
        if self.items < 0:
            raise CannotCrossError(f"it holds more than {MAX_ITEMS:,} items")
        return self.encode(value, depth + 1)

    def text(self, value: str) -> str:
        """Return text as itself, counting its characters."""
        self.characters -= len(value)
        if self.characters < 0:
            raise CannotCrossError(f"it holds more than {MAX_CHARACTERS:,} characters of text")
        return value

    def keys(self, values: Iterable[Any], depth: int) -> list[Any]:
        """Return the encoded elements of a set or keys of a dict, counting those that are not text."""
        taken = list(islice(values, self.items + 1))
        self.hashed -= sum(type(value) is not str for value in taken)
        if self.hashed < 0:
            raise CannotCrossError(f"it holds more than {MAX_HASHED:,} set elements or keys that are not text")
        return self.many(taken, depth)


class Decoder:
    """Builds one value from tagged JSON data; raises ValueError, TypeError or ArithmeticError for other data."""

    def __init__(self) -> None:
        self.items = MAX_ITEMS * 2
        self.hashed = MAX_HASHED

    def decode(self, data: Any, depth: int = 0) -> Any:
        """Return the value of `data`."""
        if type(data) is str:
            return data if data.isascii() else data.encode(errors="replace").decode()
        if type(data) is int:
            return _short(data)
        if type(data) is list:
            return self.many(data, depth)
        if type(data) is dict:
            return self._tagged(data, depth) if TAG in data else self._object(data, depth)
        return data

    def many(self, data: list[Any], depth: int) -> list[Any]:
        """Return the values of a JSON list, counting them."""
        self._count(len(data), depth)
        return [self.decode(item, depth + 1) for item in data]

    def keys(self, data: list[Any], depth: int) -> list[Hashable]:
        """Return values to be hashed, counting those that are not text."""
        values = self.many(data, depth)
        self.hashed -= sum(type(value) is not str for value in values)
        if self.hashed < 0:
            raise ValueError("too many values to hash")
        return values

    def _object(self, data: dict[str, Any], depth: int) -> dict[str, Any]:
        return dict(zip(self.many(list(data), depth), self.many(list(data.values()), depth), strict=True))

    def _tagged(self, data: dict[str, Any], depth: int) -> Any:
        if data.keys() != {TAG, "v"}:
            raise ValueError("a tagged value has exactly a tag and a payload")
        return DECODERS[data[TAG]](self, data["v"], depth)

    def _count(self, size: int, depth: int) -> None:
        self.items -= size
        if self.items < 0 or depth > MAX_DEPTH * 2:
            raise ValueError("too many values, or too deep")


def describe(value: Any) -> str:
    """Return the representation of a value that cannot cross, shortened to about MAX_OPAQUE characters."""
    try:
        return SHORT.repr(value)[:MAX_OPAQUE]
    except Exception:
        return f"<{type(value).__name__}>"


def _short(value: int) -> int:
    if value.bit_length() > MAX_INTEGER_BITS:
        raise CannotCrossError(f"an integer of {value.bit_length():,} bits is too long")
    return value


def _encode_dict(encoder: Encoder, value: dict[Any, Any], depth: int) -> Any:
    if all(type(key) is str for key in islice(value, MAX_ITEMS)) and TAG not in value:
        values = encoder.many(dict.values(value), depth)
        return dict(zip(map(encoder.text, value), values, strict=True))
    keys = encoder.keys(value, depth)
    return {TAG: "dict", "v": [keys, encoder.many(dict.values(value), depth)]}


def _decode_dict(decoder: Decoder, payload: Any, depth: int) -> dict[Hashable, Any]:
    keys, values = payload
    return dict(zip(decoder.keys(keys, depth), decoder.many(values, depth), strict=True))


def _zone(value: datetime | time) -> str | float | None:
    if isinstance(value.tzinfo, ZoneInfo):
        return value.tzinfo.key
    offset = value.utcoffset()
    return None if offset is None else offset.total_seconds()


@cache
def known_zones() -> frozenset[str]:
    """Return the names of the time zones; to be called once before the lockdown, since it reads files."""
    return frozenset(available_timezones())


def _tzinfo(zone: str | float | None) -> tzinfo | None:
    if isinstance(zone, str):
        if zone not in known_zones():
            raise ValueError("unknown time zone")
        return ZoneInfo(zone)
    return None if zone is None else timezone(timedelta(seconds=zone))


def _encode_clock(value: datetime | time) -> list[Any]:
    return [value.replace(tzinfo=None).isoformat(), _zone(value), value.fold]


def _decode_clock(kind: type[datetime] | type[time], payload: Any) -> datetime | time:
    text, zone, fold = payload
    return kind.fromisoformat(text).replace(tzinfo=_tzinfo(zone), fold=fold)


def _bounded_decimal(text: str) -> Decimal:
    if type(text) is not str or len(text) > MAX_OPAQUE:
        raise CannotCrossError("a Decimal is too long")
    value = Decimal(text)
    if (value.is_finite() and abs(value.adjusted()) > MAX_EXPONENT) or value.is_snan():
        raise CannotCrossError("a Decimal is too large")
    return value


def _decode_fraction(payload: Any) -> Fraction:
    numerator, denominator = payload
    return Fraction(_short(numerator), _short(denominator))


def _fraction_parts(value: Fraction) -> list[int]:
    return [_short(value.numerator), _short(value.denominator)]


def _tagger(tag: str, payload: Callable[[Encoder, Any, int], Any]) -> Callable[[Encoder, Any, int], Any]:
    return lambda encoder, value, depth: {TAG: tag, "v": payload(encoder, value, depth)}


ENCODERS: dict[type, Callable[[Encoder, Any, int], Any]] = {
    str: lambda encoder, value, _: encoder.text(str.__str__(value)),
    int: lambda _, value, __: _short(int.__int__(value)),
    float: lambda _, value, __: float.__float__(value),
    list: lambda encoder, value, depth: encoder.many(list.__iter__(value), depth),
    dict: _encode_dict,
    tuple: _tagger("tuple", lambda encoder, value, depth: encoder.many(value, depth)),
    set: _tagger("set", lambda encoder, value, depth: encoder.keys(value, depth)),
    frozenset: _tagger("frozenset", lambda encoder, value, depth: encoder.keys(value, depth)),
    bytes: _tagger("bytes", lambda encoder, value, _: encoder.text(b64encode(value).decode())),
    complex: _tagger("complex", lambda _, value, __: [value.real, value.imag]),
    Decimal: _tagger("decimal", lambda _, value, __: str(_bounded_decimal(str(value)))),
    Fraction: _tagger("fraction", lambda _, value, __: _fraction_parts(value)),
    date: _tagger("date", lambda _, value, __: value.isoformat()),
    time: _tagger("time", lambda _, value, __: _encode_clock(value)),
    datetime: _tagger("datetime", lambda _, value, __: _encode_clock(value)),
    timedelta: _tagger("timedelta", lambda _, value, __: [value.days, value.seconds, value.microseconds]),
}

DECODERS: dict[str, Callable[[Decoder, Any, int], Any]] = {
    "dict": _decode_dict,
    "tuple": lambda decoder, payload, depth: tuple(decoder.many(payload, depth)),
    "set": lambda decoder, payload, depth: set(decoder.keys(payload, depth)),
    "frozenset": lambda decoder, payload, depth: frozenset(decoder.keys(payload, depth)),
    "bytes": lambda _, payload, __: b64decode(payload, validate=True),
    "complex": lambda _, payload, __: complex(*payload),
    "decimal": lambda _, payload, __: _bounded_decimal(payload),
    "fraction": lambda _, payload, __: _decode_fraction(payload),
    "date": lambda _, payload, __: date.fromisoformat(payload),
    "time": lambda _, payload, __: _decode_clock(time, payload),
    "datetime": lambda _, payload, __: _decode_clock(datetime, payload),
    "timedelta": lambda _, payload, __: timedelta(*payload),
}


def encode(value: Any) -> Any:
    """Return `value` as tagged JSON data; raises CannotCrossError when it is not plain data."""
    return Encoder().encode(value)


def encode_or_describe(value: Any) -> Any:
    """Return `value` as tagged JSON data, with the representation of whatever is not plain data in its place."""
    return Encoder(opaque=True).encode(value)


def decode(data: Any) -> Any:
    """Return the value of tagged JSON data; see Decoder for what it raises."""
    return Decoder().decode(data)


def decode_each(data: dict[str, Any]) -> dict[str, Any]:
    """Return the values of named data, each within bounds of its own."""
    return {name: decode(value) for name, value in data.items()}
