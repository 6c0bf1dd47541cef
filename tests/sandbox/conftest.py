"""What the tests of the jail share: executors that are cleaned up, and attacks run with and without the jail."""

import contextlib
import gc
import os
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from alfred.sandbox import JailExecutor, StepError
from tests.stand_ins.unjailed import Unjailed

LOOT = "loot-7f3a1c"
LOADED = ["*", "http.client", "importlib.machinery", "tempfile"]
"""Everything an attack imports is loaded, so that it fails by the wall and not for want of a module."""


class Attack(Unjailed):
    """Runs attacking code, which leaves what it got in `got`: first without the jail, then in it."""

    def __init__(self, folder: Path) -> None:
        self.loot = LOOT
        self.planted = folder / "planted.txt"
        self.planted.write_text(LOOT)
        super().__init__({"LOOT": LOOT, "PLANTED": str(self.planted)}, {"PLANTED_SECRET": LOOT})

    def __call__(self, code: str, tools: dict | None = None, **limits) -> str:
        """Return what the jailed code got, or its error, having shown that without the jail it gets the loot."""
        assert (self.in_process(code, tools) if tools else self.free(code)) == LOOT
        got = self.jailed(code, tools, **limits)
        assert LOOT not in got
        return got

    def jailed(self, code: str, tools: dict | None = None, **limits) -> str:
        """Return what the jailed code got, or its error."""
        with JailExecutor(LOADED, **{"timeout_seconds": 5, **limits}) as executor:
            executor.send_tools(tools or {})
            executor.send_variables(self.names if not tools else {})
            try:
                return str(executor(f"{textwrap.dedent(code)}\ngot").output)
            except StepError as error:
                return str(error)


@pytest.fixture
def attack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Attack:
    monkeypatch.setenv("PLANTED_SECRET", LOOT)
    return Attack(tmp_path)


@pytest.fixture
def executor() -> Iterator[JailExecutor]:
    with JailExecutor() as one:
        yield one


@pytest.fixture
def impatient() -> Iterator[JailExecutor]:
    """An executor whose steps may take a third of a second."""
    with JailExecutor(["*"], timeout_seconds=0.3) as one:
        yield one


@pytest.fixture
def run(executor: JailExecutor):
    """Run code and return its value."""
    return lambda code: executor(textwrap.dedent(code)).output


@pytest.fixture
def fails(executor: JailExecutor):
    """Run code that fails and return the error's text."""

    def failing(code: str) -> str:
        with pytest.raises(StepError) as caught:
            executor(textwrap.dedent(code))
        return str(caught.value)

    return failing


@pytest.fixture
def eventually():
    """Wait, half a minute at most, until something is so, and return whether it is."""

    def waiting(is_so) -> bool:
        end = time.monotonic() + 30
        while not is_so() and time.monotonic() < end:
            time.sleep(0.02)
        return is_so()

    return waiting


@pytest.fixture
def descriptors():
    """Return how many descriptors this process has open."""

    def count() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    return count


@pytest.fixture
def children_of():
    """Return the live children of a process."""

    def children(pid: int) -> list[int]:
        with contextlib.suppress(FileNotFoundError):
            return [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    return children


@pytest.fixture
def is_alive():
    """Say whether a process runs; a zombie does not."""

    def alive(pid: int) -> bool:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        return False

    return alive
