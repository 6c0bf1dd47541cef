"""The language inside the jail: CPython, with smolagents' rules on imports, tool names and the value of a step.

Covered: the idioms that models write. Not covered: the rest of the standard library; see `child/names.py` for what is
loaded.
"""

import pytest

IDIOMS = {
    "a class": ("class A:\n    def __init__(self): self.x = 1\nA().x", 1),
    "inheritance and super": (
        "class A:\n  f = lambda s: 1\nclass B(A):\n  f = lambda s: super(B, s).f() + 1\nB().f()",
        2,
    ),
    "a property": ("class A:\n    @property\n    def x(self): return 3\nA().x", 3),
    "a generator": ("def f():\n    yield 1\n    yield from (2, 3)\nlist(f())", [1, 2, 3]),
    "match": ("match {'a': [1, 2]}:\n    case {'a': [x, *_]}: y = x\ny", 1),
    "a decorator": ("def twice(f): return lambda x: f(f(x))\n@twice\ndef g(x): return x + 1\ng(0)", 2),
    "comprehensions": ("[x for x in range(3)], {x: x for x in 'ab'}, {1}", ([0, 1, 2], {"a": "a", "b": "b"}, {1})),
    "an f-string": ("price = 12.5\nf'{price:>8.2f} {price!r} {price=}'", "   12.50 12.5 price=12.5"),
    "try, else, finally": (
        "try:\n    x = 1\nexcept ValueError:\n    x = 2\nelse:\n    x = 3\nfinally:\n    y = x\nx + y",
        6,
    ),
    "a custom exception": ("class E(Exception): pass\ntry:\n    raise E('a')\nexcept E as e:\n    s = str(e)\ns", "a"),
    "with": ("from contextlib import suppress\nwith suppress(KeyError):\n    {}['a']\n'on'", "on"),
    "a dataclass": ("from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int = 2\nP().x", 2),
    "a dataclass with text annotations": (
        "from __future__ import annotations\nfrom dataclasses import dataclass, asdict\n"
        "@dataclass\nclass P:\n    x: int = 2\nasdict(P())",
        {"x": 2},
    ),
    "an enum": ("from enum import Enum\nclass C(Enum):\n    RED = 1\nC.RED.name", "RED"),
    "a named tuple": ("from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\nP(4).x", 4),
    "walrus": ("if (n := 5) > 3: m = n\nm", 5),
    "global and nonlocal": ("x = 1\ndef f():\n    global x\n    x = 2\nf()\nx", 2),
    "star arguments": ("def f(*a, k=1, **b): return a, k, b\nf(1, 2, z=3)", ((1, 2), 1, {"z": 3})),
    "lambda and sorted": ("sorted([3, 1], key=lambda v: -v)", [3, 1]),
    "del": ("x = {'a': 1, 'b': 2}\ndel x['a']\nx", {"b": 2}),
    "slices": ("list(range(9))[::-2]", [8, 6, 4, 2, 0]),
    "eval and exec": ("exec('q = 7')\neval('q')", 7),
    "async": ("async def f(): return 5\ntry:\n    f().send(None)\nexcept StopIteration as e:\n    v = e.value\nv", 5),
    "strftime": ("import datetime\ndatetime.date(2030, 6, 12).strftime('%A %d %B %Y')", "Wednesday 12 June 2030"),
    "strptime": ("from datetime import datetime\ndatetime.strptime('12 Jun 2030', '%d %b %Y').month", 6),
    "time.strptime": ("import time\ntime.strptime('2030', '%Y').tm_year", 2030),
    "zoneinfo": (
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n"
        "datetime(2030, 1, 1, tzinfo=ZoneInfo('Asia/Tokyo')).utcoffset().total_seconds()",
        32_400,
    ),
    "re": ("import re\nre.sub(r'(\\d+)x', r'<\\1>', '12x')", "<12>"),
    "json": ("import json\njson.loads(json.dumps({'a': [1, None]}, indent=2))", {"a": [1, None]}),
    "math": ("import math\nmath.ceil(2.1) + sqrt(4) + ceil(0.5)", 6),
    "statistics": ("import statistics\nstatistics.median([1, 2, 9])", 2),
    "itertools": ("from itertools import chain\nlist(chain([1], [2]))", [1, 2]),
    "collections": ("from collections import Counter, defaultdict\nCounter('aab').most_common(1)", [("a", 2)]),
    "collections.abc": ("from collections.abc import Mapping\nisinstance({}, Mapping)", True),
    "random": ("import random\nrandom.seed(1)\n0 <= random.random() < 1", True),
    "decimal": ("from decimal import Decimal\nstr(Decimal('0.1') + Decimal('0.2'))", "0.3"),
    "fractions": ("from fractions import Fraction\nstr(Fraction(1, 3) * 2)", "2/3"),
    "functools": ("from functools import reduce, lru_cache\nreduce(lambda a, b: a * b, [1, 2, 3])", 6),
    "typing": ("from typing import Optional\ndef f(x: Optional[int] = None) -> list[int]: return [x or 1]\nf()", [1]),
    "encodings": ("'é'.encode('cp1252'), 'é'.encode('utf-16-le')", (b"\xe9", b"\xe9\x00")),
    "unicodedata": ("import unicodedata\nunicodedata.normalize('NFD', 'é')", "e\u0301"),
}


@pytest.mark.parametrize("name", IDIOMS)
def test_it_runs(run, name):
    code, value = IDIOMS[name]
    assert run(code) == value


VALUES = {
    "an expression": ("1\n2", 2),
    "an assignment": ("x = y = 3", 3),
    "an annotated assignment": ("x: int = 4", 4),
    "an augmented assignment": ("x = 1\nx += 4", 5),
    "an assignment to a key": ("d = {}\nd['k'] = 6", 6),
    "unpacking": ("a, b = 1, 2", (1, 2)),
    "if": ("if True:\n    7\nelse:\n    8", 7),
    "else": ("if False:\n    7\nelse:\n    8", 8),
    "elif": ("if 0:\n    7\nelif 1:\n    9", 9),
    "an if that is not taken": ("5\nif False:\n    7", None),
    "for": ("for i in range(3):\n    i * 10", 20),
    "for with break": ("for i in range(9):\n    if i == 2:\n        'found'\n        break\n    i", "found"),
    "for with continue": ("for i in range(3):\n    if i == 2:\n        'two'\n        continue\n    i", "two"),
    "while": ("n = 3\nwhile n:\n    n -= 1", 0),
    "with": ("from contextlib import nullcontext\nwith nullcontext(5) as x:\n    x + 1", 6),
    "try": ("try:\n    11\nexcept ValueError:\n    12", 11),
    "except": ("try:\n    1 / 0\nexcept ZeroDivisionError:\n    12", 12),
    "match": ("match 3:\n    case 3:\n        'three'", "three"),
    "a definition": ("5\ndef f(): return 1", None),
    "an import": ("5\nimport math", None),
    "nothing": ("", None),
    "a function is described": ("len", "<built-in function len>"),
}


@pytest.mark.parametrize("name", VALUES)
def test_the_value_of_a_step_is_that_of_its_last_statement(run, name):
    code, value = VALUES[name]
    assert run(code) == value


def test_a_refused_import_is_told_in_the_words_of_smolagents(fails):
    assert "InterpreterError: Import of os is not allowed. Authorized imports are: ['__future__', " in fails(
        "import os"
    )
    assert "Import from os.path is not allowed. Authorized imports are: " in fails("from os.path import join")


def test_a_refused_import_counts_when_it_is_reached(executor, fails):
    assert "at line 'import os'" in fails("print('before')\nimport os")
    assert executor.state["_print_outputs"] == "before\n"
    assert executor("def later():\n    import os\n'not yet'").output == "not yet"


def test_a_refused_import_can_be_caught(run):
    assert run("try:\n    import numpy\nexcept ImportError:\n    numpy = None\nnumpy is None")


@pytest.mark.parametrize(
    "code",
    [
        "import peek",
        "from peek import peek",
        "from tools import peek",
        "import peek as look\nlook is peek",
        "import math, peek",
    ],
)
def test_importing_a_tool_does_nothing_and_succeeds(executor, code):
    executor.send_tools({"peek": lambda: "seen"})
    assert executor(f"{code}\npeek()").output == "seen"


REBINDINGS = """
peek = 3
del peek
peek += 1
for peek in []: pass
import math as peek
def peek(): pass
class peek: pass
(peek := 3)
[peek := 3 for _ in 'a']
a, (b, *peek) = 1, (2, 3)
print = 3
sum = 0
""".strip().splitlines()


@pytest.mark.parametrize(
    "code",
    [*REBINDINGS, "with open('x') as peek: pass", "try: pass\nexcept ValueError as peek: pass",
     "match 1:\n    case peek: pass", "def f():\n    global peek\n    peek = 1"],
)  # fmt: skip
def test_a_tool_cannot_be_rebound(executor, fails, code):
    executor.send_tools({"peek": lambda: "seen"})
    assert "this would erase the existing tool! Choose another name." in fails(code)
    assert executor("peek()").output == "seen"


def test_a_name_inside_a_function_is_its_own(run):
    assert run("def f(sum):\n    max = sum + 1\n    return max\nf(1), [len for len in 'a'], sum([1])") == (2, ["a"], 1)


def test_functions_of_mathematics_may_be_imported_by_name(run):
    assert run("from math import sqrt, ceil, log\nsqrt(9)") == 3


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("x = 1\ny = x / 0", "Code execution failed at line 'y = x / 0' due to: ZeroDivisionError: division by zero"),
        ("def f(a):\n    return a['b']\nf({})", "at line 'return a['b']' due to: KeyError: 'b'"),
        ("guests = 3\nprint(gests)", "NameError: name 'gests' is not defined. Did you mean 'guests'?"),
        ("x = (1,\n", "Code parsing failed on line 1 due to: SyntaxError: '(' was never closed\nx = (1,\n    ^"),
        ("return 5", "SyntaxError: 'return' outside function"),
        ("open('plan.txt')", "This code runs without files, network, processes and threads"),
        ("input('How many?')", "Nobody can type here"),
        ("assert 1 > 2, 'no'", "AssertionError: no"),
        ("exit()", "SystemExit"),
        ("raise ValueError('a' + chr(10) + 'b')", "ValueError: a\nb"),
    ],
)
def test_an_error_names_the_line_the_exception_and_the_remedy(fails, code, text):
    assert text in fails(code)


def test_an_error_in_a_function_of_an_earlier_step_names_its_line(executor, fails):
    executor("def share(cost, guests):\n    return cost / guests")
    assert "at line 'return cost / guests' due to: ZeroDivisionError" in fails("share(100, 0)")
