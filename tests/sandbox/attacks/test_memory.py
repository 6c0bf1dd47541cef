"""Attacks on memory and on the parent through it: big values, deep values, floods.

Covered: what the child may take, with a control that the same code succeeds without the jail; and what the parent takes
from the child, which are bounds and have no control. Not covered: the memory of a tool asked for something big.
"""

import pytest

from alfred.sandbox import ChildLostError, StepError

SMALL = {"memory_mb": 64}
BIG = {
    "bytes": "got = bytearray(200 << 20) and LOOT",
    "text": "got = 'x' * (200 << 20) and LOOT",
    "a list": "got = [0] * (30 << 20) and LOOT",
    "a list that grows": "many = []\nfor n in range(300): many.append(bytearray(1 << 20))\ngot = LOOT",
    "a number": "got = (1 << (1 << 31)) and LOOT",
    "a mapping": "import mmap\nmmap.mmap(-1, 200 << 20)\ngot = LOOT",
}


@pytest.mark.parametrize("name", BIG)
def test_memory_is_bounded(attack, name):
    assert "MemoryError" in (answer := attack(BIG[name], **SMALL)) or "OSError" in answer


def test_variables_survive_a_memory_error(attack, executor):
    executor("kept = 5")
    with pytest.raises(StepError, match="work on less at once"):
        executor("many = []\nwhile True: many.append(bytearray(1 << 20))")
    assert executor("del many\nkept").output == 5


def test_endless_recursion_is_an_error(fails):
    assert "RecursionError" in fails("def f(): return f()\nf()")


def test_a_stack_overflow_costs_the_child_alone(impatient):
    code = "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self): return repr(self)\nrepr(A())"
    with pytest.raises(ChildLostError):
        impatient(code)
    assert impatient("1 + 1").output == 2


@pytest.mark.parametrize("code", ["'(' * 5_000 + ')' * 5_000", "'-' * 100_000 + '1'", "'+'.join(['1'] * 50_000)"])
def test_deep_syntax_does_not_reach_the_parent(impatient, code):
    with pytest.raises(StepError):
        impatient(eval(code))
    assert impatient("1 + 1").output == 2


def test_a_flood_of_prints_is_thinned(executor):
    logs = executor("print('first')\nfor _ in range(200_000): print('x' * 50)\nprint('last')").logs
    assert len(logs) < 51_000
    assert (logs[:5], logs[-5:]) == ("first", "last\n")
    assert "truncated to stay below 50000" in logs


def test_one_huge_print_is_thinned(executor):
    assert len(executor("print('x' * 50_000_000)").logs) < 51_000


@pytest.mark.parametrize(
    "value",
    ["'x' * 10**8", "list(range(10**6))", "[[0] * 100] * 10**5", "set(range(5_000))", "10**20_000", "b'x' * 10**7"],
)
def test_a_huge_value_is_described(executor, value):
    assert len(str(executor(value).output)) < 5_000


def test_a_value_that_holds_itself_is_described(executor):
    assert executor("loop = []\nloop.append(loop)\nlen(str(loop)), loop").output[0] == 7


def test_an_error_of_any_length_is_cut(fails):
    assert len(fails("raise ValueError('x' * 10**7)")) < 5_000


def test_a_huge_argument_does_not_reach_a_tool(executor):
    seen = []
    executor.send_tools({"peek": seen.append})
    with pytest.raises(StepError, match="more than 500,000 characters"):
        executor("peek('x' * 10**7)")
    assert seen == []


def test_a_huge_result_does_not_reach_the_code(executor):
    executor.send_tools({"pour": lambda: "x" * 10**7})
    with pytest.raises(StepError, match="What pour returned cannot enter the sandbox"):
        executor("pour()")


def test_a_huge_step_is_refused(executor):
    with pytest.raises(ChildLostError, match="over the limit"):
        executor("x = '" + "y" * 5_000_000 + "'")
    assert executor("1 + 1").output == 2


def test_the_snapshot_is_bounded(executor):
    executor("big = 'x' * 100_000\nsmall = 1\nmany = list(range(50_000))")
    assert executor.snapshot() == {"small": 1}
