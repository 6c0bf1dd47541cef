"""Attacks on memory and on the parent through it: big values, deep values, floods.

Covered: what the child may take, and what the parent takes from the child. The control is a free process that gets the
memory, or an executor without bounds, plain `exec` or smolagents' own, which takes the whole. Not covered: the memory
of a tool asked for something big.
"""

import io
import json
import signal
from contextlib import redirect_stdout

import pytest
from smolagents.local_python_executor import InterpreterError

from alfred.sandbox import ChildLostError, JailExecutor, StepError
from tests.stand_ins.unjailed import stock

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


def test_variables_survive_a_memory_error(attack):
    greedy = BIG["a list that grows"]
    assert attack.free(greedy) == attack.loot
    with JailExecutor(**SMALL) as executor:
        executor("kept = 5")
        with pytest.raises(StepError, match="work on less at once"):
            executor(greedy)
        assert executor("del many\nkept").output == 5


def test_a_stack_overflow_costs_the_child_alone(attack, impatient):
    code = "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self): return repr(self)\nrepr(A())"
    assert attack.ending(code) == -signal.SIGSEGV
    with pytest.raises(ChildLostError):
        impatient(code)
    assert impatient("1 + 1").output == 2


@pytest.mark.parametrize("code", ["-" * 100_000 + "1", "+".join(["1"] * 50_000)], ids=["minus", "plus"])
def test_deep_syntax_does_not_reach_the_parent(impatient, code):
    with pytest.raises((MemoryError, RecursionError)):
        stock(code)
    with pytest.raises(StepError):
        impatient(code)
    assert impatient("1 + 1").output == 2


def test_a_flood_of_prints_is_thinned(executor):
    flood = "print('first')\nfor _ in range(200_000): print('x' * 50)\nprint('last')"
    assert len(printed(flood)) > 10_000_000
    logs = executor(flood).logs
    assert len(logs) < 51_000
    assert (logs[:5], logs[-5:]) == ("first", "last\n")
    assert "truncated to stay below 50000" in logs


def test_one_huge_print_is_thinned(executor):
    assert len(printed("print('x' * 50_000_000)")) > 50_000_000
    assert len(executor("print('x' * 50_000_000)").logs) < 51_000


def printed(code):
    with redirect_stdout(io.StringIO()) as out:
        exec(code)
    return out.getvalue()


@pytest.mark.parametrize(
    "value",
    ["'x' * 10**8", "list(range(10**6))", "[[0] * 100] * 10**5", "set(range(5_000))", "10**20_000", "b'x' * 10**7"],
)
def test_a_huge_value_is_described(executor, value):
    assert stock(value).output == eval(value)
    assert len(str(executor(value).output)) < 5_000


def test_a_value_that_holds_itself_is_described(executor):
    code = "loop = []\nloop.append(loop)\nloop"
    with pytest.raises(ValueError, match="Circular reference"):
        json.dumps(stock(code).output)
    assert len(json.dumps(executor(code).output)) < 5_000


def test_an_error_of_any_length_is_cut(fails):
    code = "raise ValueError('x' * 10**7)"
    with pytest.raises(InterpreterError) as caught:
        stock(code)
    assert len(str(caught.value)) > 10**7
    assert len(fails(code)) < 5_000


def test_a_huge_argument_does_not_reach_a_tool(executor):
    code, seen = "peek('x' * 10**7)", []
    stock(code, {"peek": seen.append})
    assert len(seen.pop()) == 10**7
    executor.send_tools({"peek": seen.append})
    with pytest.raises(StepError, match="more than 500,000 characters"):
        executor(code)
    assert seen == []


def test_a_huge_result_does_not_reach_the_code(executor):
    tools = {"pour": lambda: "x" * 10**7}
    assert len(stock("pour()", tools).output) == 10**7
    executor.send_tools(tools)
    with pytest.raises(StepError, match="What pour returned cannot enter the sandbox"):
        executor("pour()")


def test_a_huge_step_is_refused(executor):
    code = "x = '" + "y" * 5_000_000 + "'"
    assert len(stock(code).output) == 5_000_000
    with pytest.raises(ChildLostError, match="over the limit"):
        executor(code)
    assert executor("1 + 1").output == 2


def test_the_snapshot_is_bounded(executor):
    code, unbounded = "big = 'x' * 100_000\nsmall = 1\nmany = list(range(50_000))", {}
    exec(code, {}, unbounded)
    assert len(json.dumps(unbounded)) > 300_000
    executor(code)
    assert executor.snapshot() == {"small": 1}
