"""The names that code finds in the jail: modules it may import and functions that smolagents promises.

Nothing here guards anything. The wall is the kernel's (see `lockdown`); these tables only say what is at hand.
"""

import math

SMOLAGENTS_IMPORTS = (
    "collections", "datetime", "itertools", "math", "queue", "random", "re", "stat", "statistics", "time",
    "unicodedata",
)  # fmt: skip
"""The imports that every smolagents executor grants (BASE_BUILTIN_MODULES; a test holds the two equal)."""

FURTHER_IMPORTS = (
    "__future__", "abc", "bisect", "calendar", "cmath", "contextlib", "copy", "dataclasses", "decimal", "difflib",
    "enum", "fractions", "functools", "heapq", "json", "numbers", "operator", "pprint", "string", "textwrap",
    "types", "typing", "zoneinfo",
)  # fmt: skip
"""What the jail grants besides: modules that compute and touch nothing outside."""

DEFAULT_IMPORTS = tuple(sorted({*SMOLAGENTS_IMPORTS, *FURTHER_IMPORTS}))

HIDDEN_IMPORTS = (
    "_strptime", "array", "base64", "binascii", "collections.abc", "csv", "ctypes", "gc", "hashlib", "html",
    "inspect", "io", "linecache", "locale", "mmap", "os", "pathlib", "pickle", "secrets", "signal", "socket",
    "struct", "subprocess", "sys", "threading", "traceback", "urllib.parse", "uuid", "warnings", "weakref",
    "encodings.ascii", "encodings.cp1252", "encodings.hex_codec", "encodings.idna", "encodings.latin_1",
    "encodings.punycode", "encodings.raw_unicode_escape", "encodings.rot_13", "encodings.unicode_escape",
    "encodings.utf_16", "encodings.utf_16_be", "encodings.utf_16_le", "encodings.utf_32", "encodings.utf_8_sig",
)  # fmt: skip
"""Loaded before the lockdown because the granted modules load them late, and a locked child opens no file."""

MATHEMATICS = {
    name: getattr(math, name)
    for name in (
        "ceil", "floor", "log", "exp", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "degrees", "radians",
        "sqrt",
    )
}  # fmt: skip

BASE_TOOLS = frozenset({
    "print", "isinstance", "range", "float", "int", "bool", "str", "set", "list", "dict", "tuple", "round", "pow",
    "len", "sum", "max", "min", "abs", "enumerate", "zip", "reversed", "sorted", "all", "any", "map", "filter",
    "ord", "chr", "next", "iter", "divmod", "callable", "getattr", "hasattr", "setattr", "issubclass", "type",
    "complex",
    *MATHEMATICS,
})  # fmt: skip
"""The functions that smolagents defines everywhere (BASE_PYTHON_TOOLS; a test holds the two equal)."""


def is_granted(module: str, granted: tuple[str, ...]) -> bool:
    """Say whether `module` may be imported: by its name, by its package's, or by "*"."""
    return any(name == "*" or module == name or module.startswith(f"{name.removesuffix('.*')}.") for name in granted)
