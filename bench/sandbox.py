"""The jail beside smolagents' LocalPythonExecutor, in one run: `python -m bench.sandbox` prints a Markdown table.

Each figure is a median with the worst behind it. Plain CPython, `exec` without anything around it, is the floor. The
memory of an idle child is its private memory, which only root may read of a process that is not dumpable.

Not measured: steps of many executors computing at once.
"""

import contextlib
import itertools
import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from smolagents.local_python_executor import ExecutionTimeoutError, InterpreterError, LocalPythonExecutor

from alfred.sandbox import JailExecutor, StepError, self_test
from alfred.sandbox.launcher import launcher

FIB = "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(18)"
LOOP = "total = 0\nfor i in range(200_000):\n    total += i * 2"
CALLS = "for i in range(100):\n    echo(i)"
IDLE = 20
MICRO, MILLI = 1e6, 1e3
TOOLS = {"echo": lambda value: value}
Figures = list[float]


def times(action: Callable[[], object], runs: int, unit: float = MILLI, each: int = 1) -> Figures:
    """Return how long each of `runs` actions took, divided by `each`."""
    figures = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        figures.append((time.perf_counter() - started) * unit / each)
    return figures


def step(executor: Any, code: str) -> Callable[[], object]:
    """Return the action of running `code` as a step with one tool; the child is forked beforehand."""
    executor.send_tools(TOOLS)
    executor("1")
    return lambda: executor(code)


def plain(code: str) -> Callable[[], object]:
    """Return the action of running `code` with plain `exec`."""
    return lambda: exec(code, dict(TOOLS))


def new(make: Callable[[], Any]) -> Callable[[], object]:
    """Return the action of making an executor, running one step and cleaning up."""

    def action() -> None:
        executor = make()
        executor.send_tools({})
        executor("1")
        getattr(executor, "cleanup", lambda: None)()

    return action


def endless(executor: Any) -> Callable[[], object]:
    """Return the action of running an endless loop, never the same twice, until the executor's time limit ends it."""
    numbers = itertools.count()

    def action() -> None:
        with contextlib.suppress(StepError, ExecutionTimeoutError, InterpreterError):
            executor(f"while True:\n    {next(numbers)}")

    return action


def jail() -> JailExecutor:
    """Return an executor with a limit of one second."""
    return JailExecutor(timeout_seconds=1)


def stock() -> LocalPythonExecutor:
    """Return smolagents' executor with the same limit."""
    executor = LocalPythonExecutor([], timeout_seconds=1)
    executor.send_tools({})
    return executor


def children() -> list[int]:
    """Return the children of the fork server."""
    server = launcher.pid()
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def private_megabytes(pid: int) -> float:
    """Return the memory that a process shares with no other."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def idle_memory() -> Figures:
    """Return the private memory of each of some idle children; empty for anyone but root."""
    executors = [jail() for _ in range(IDLE)]
    for executor in executors:
        executor("x = 1")
    figures = [private_megabytes(pid) for pid in children()] if os.geteuid() == 0 else []
    for executor in executors:
        executor.cleanup()
    return figures


def cell(figures: Figures) -> str:
    """Return median and worst, or a dash."""
    return f"{statistics.median(figures):,.2f} (worst {max(figures):,.2f})" if figures else "–"


def rows() -> dict[str, tuple[Figures, Figures, Figures]]:
    """Return what was measured: jail, stock, plain CPython."""
    long = JailExecutor()
    slow = LocalPythonExecutor([])
    return {
        "new executor and its first step, ms": (times(new(jail), 50), times(new(stock), 50), []),
        "one trivial step, ms": (times(step(long, "1 + 1"), 200), times(step(slow, "1 + 1"), 200), []),
        "one tool call, µs": (
            times(step(long, CALLS), 30, MICRO, 100), times(step(slow, CALLS), 30, MICRO, 100), [],
        ),
        "fib(18), ms": (times(step(long, FIB), 20), times(step(slow, FIB), 5), times(plain(FIB), 20)),
        "loop of 200,000, ms": (times(step(long, LOOP), 20), times(step(slow, LOOP), 3), times(plain(LOOP), 20)),
        "`while True: pass` with a limit of 1 s, s": (
            times(endless(jail()), 3, 1), times(endless(stock()), 1, 1), [],
        ),
        "memory of an idle executor, MB": (idle_memory(), [], []),
    }  # fmt: skip


def main() -> None:
    """Print the table."""
    verdict = self_test()
    print(f"{verdict.machine}, CPython {platform.python_version()}, {os.cpu_count()} cores. {verdict.reason}\n")
    print("| median (worst) | jail | stock LocalPythonExecutor | plain CPython |\n|---|---|---|---|")
    for name, figures in rows().items():
        print(f"| {name} | {' | '.join(cell(each) for each in figures)} |", flush=True)


if __name__ == "__main__":
    main()
