"""What many tests use: the real saved agent, settings free of this machine's environment, the app as a process."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from alfred.agent import ROOT, SavedAgent
from alfred.conversation import Conversation
from alfred.events import Event
from alfred.planner import EmbeddedPlanner
from alfred.settings import Settings
from alfred.tracing import NO_TRACING
from alfred.turn import run_turn
from tests.stand_ins.ports import free_port

NOW = datetime(2026, 11, 22, 10, 0)
ADDRESS = r"Alfred is at (http://\S+?)/? and answers with (.+)\."


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(field.alias, raising=False)


@pytest.fixture(scope="session")
def saved_agent() -> SavedAgent:
    return SavedAgent.load()


@pytest.fixture
def take_turn(saved_agent: SavedAgent) -> Callable[..., Iterator[Event]]:
    """Run one turn; by default on a new conversation, with the embedded planner."""

    def take(
        request: str, conversation=None, model=None, settings=None, stop=None, tracer=NO_TRACING
    ) -> Iterator[Event]:
        return run_turn(
            conversation or Conversation(),
            request,
            model or EmbeddedPlanner(),
            saved_agent=saved_agent,
            settings=settings or Settings(),
            now=NOW,
            stop=stop,
            tracer=tracer,
        )

    return take


class Printed:
    """What a process prints, read as it comes."""

    def __init__(self, process: subprocess.Popen) -> None:
        self._lines: list[str] = []
        self._ended = False
        self._more = threading.Condition()
        threading.Thread(target=self._read, args=(process.stdout,), daemon=True).start()

    @property
    def text(self) -> str:
        """All that has been printed so far."""
        return "".join(self._lines)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait until this is printed and return it; fail with all that was printed if it does not come."""
        with self._more:
            self._more.wait_for(lambda: re.search(pattern, self.text) or self._ended, timeout=60)
        found = re.search(pattern, self.text)
        assert found, self.text
        return found

    def _read(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._add(line)
        self._add("", ended=True)

    def _add(self, line: str, ended: bool = False) -> None:
        with self._more:
            self._lines.append(line)
            self._ended = ended
            self._more.notify_all()


class Apps:
    """The app as processes, each on a port of its own."""

    def __init__(self) -> None:
        self._processes: dict[str, subprocess.Popen] = {}
        self.printed: dict[str, Printed] = {}

    def start(self, folder: Path = ROOT, program: Sequence[str] = ("app.py",), **variables: str) -> str:
        """Start the app with these variables, on a free port unless they name one, and return its address.

        What it prints, the log included, is kept under its address.
        """
        ours = {field.alias for field in Settings.model_fields.values()}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {"GRADIO_SERVER_PORT": str(free_port()), **variables}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        process = subprocess.Popen([sys.executable, *program], cwd=folder, env=environment, **pipes)
        printed = Printed(process)
        address = printed.wait_for(ADDRESS)[1]
        self._processes[address], self.printed[address] = process, printed
        return address

    def stop(self, address: str) -> int:
        """Stop the app at this address and return its exit code."""
        process = self._processes.pop(address)
        process.terminate()
        return process.wait(10)

    def stop_all(self) -> None:
        """Stop every app, all at once."""
        for process in self._processes.values():
            process.terminate()
        for address in list(self._processes):
            self.stop(address)


@pytest.fixture(scope="session")
def apps() -> Iterator[Apps]:
    running = Apps()
    yield running
    running.stop_all()


@pytest.fixture(scope="session")
def start_app(apps: Apps) -> Callable[..., str]:
    """Start the app with these variables on a free port and return its address."""
    return apps.start


@pytest.fixture(scope="session")
def address(start_app) -> str:
    return start_app()
