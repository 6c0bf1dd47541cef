"""What tracing costs, with receivers that work and receivers that fail: `python -m bench.tracing [TURNS]`.

Prints a table in Markdown: milliseconds of a turn, what tracing adds, the memory after the first turns and after the
last, how long the process takes to end, how long the whole page takes after SIGTERM, and the warnings of a log. Each
row is a process of its own with a real receiver on loopback. The processes take one turn after the other in rounds, and
what tracing adds is the median over rounds of the difference to the untraced turn of the same round, so that a busy
moment of the machine falls on all rows alike. The turn has two steps, one tool and a scripted model that answers at
once; with a real model the same milliseconds are a far smaller part.

Not measured: turns at the same time.
"""

import logging
import os
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from gradio_client import Client

from alfred.agent import SavedAgent
from alfred.conversation import Conversation
from alfred.settings import Settings
from alfred.tracing import Tracer, start_tracing
from alfred.turn import run_turn
from bench.processes import megabytes
from tests.stand_ins.otlp_receiver import KINDS, otlp_receiver
from tests.stand_ins.ports import free_port
from tests.stand_ins.scripted_model import ScriptedModel, code

ROOT = Path(__file__).resolve().parent.parent
WARM_UP = 5
UNTRACED = "no tracing"


class Row:
    """A process that takes a turn whenever it is told to.

    Args:
        address: where it sends its traces and metrics; None traces nothing.
    """

    def __init__(self, address: str | None) -> None:
        self._process = _started(["-m", "bench.tracing", "turns"], address)
        self.turns: list[float] = []
        self.megabytes: list[float] = []

    def take_turn(self) -> None:
        """Let it take a turn and keep the milliseconds, and the memory afterwards."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.turns.append(float(self._process.stdout.readline()))
        self.megabytes.append(megabytes(self._process.pid))

    def end(self) -> None:
        """Let it end; keep the seconds and the lines of its log."""
        begun = time.monotonic()
        self._process.stdin.close()
        self._process.wait()
        self.seconds_to_end = time.monotonic() - begun
        self.lines = len(self._process.stderr.readlines())


def _started(arguments: list[str], address: str | None, **variables: str) -> subprocess.Popen:
    ours = {field.alias for field in Settings.model_fields.values()}
    environment = {name: value for name, value in os.environ.items() if name not in ours} | variables
    environment |= {"OTEL_EXPORTER_OTLP_ENDPOINT": address} if address else {}
    pipe = subprocess.PIPE
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def _page_ends_in(address: str | None) -> tuple[float, int]:
    """Return the seconds from SIGTERM to the end of a page that has answered, and the warnings of its log."""
    process = _started(["app.py"], address, GRADIO_SERVER_PORT=str(free_port()))
    page = process.stdout.readline().split()[3].rstrip("/")
    Client(page, verbose=False).predict("Which menu for a gala?", None, api_name="/chat")
    begun = time.monotonic()
    process.terminate()
    _, log = process.communicate()
    return time.monotonic() - begun, log.count("WARNING")


def main() -> None:
    """Measure every kind of receiver and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with ExitStack() as receivers:
        addresses = {kind: receivers.enter_context(otlp_receiver(kind)).address for kind in ("ok", *KINDS)}
        rows = {kind: Row(address) for kind, address in ({UNTRACED: None} | addresses).items()}
        for _ in range(WARM_UP + count):
            for row in rows.values():
                row.take_turn()
        for row in rows.values():
            row.end()
        pages = {kind: _page_ends_in(addresses.get(kind)) for kind in rows}
    print(f"Medians of {count} turns.\n")
    print("\n".join(_table(rows, pages)))


def _table(rows: dict[str, Row], pages: dict[str, tuple[float, int]]) -> list[str]:
    lines = [
        "| receiver | ms a turn | added ms | MB | process ends, s | log lines | page ends, s | warnings |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for kind, row in rows.items():
        turn = statistics.median(row.turns[WARM_UP:])
        pairs = zip(row.turns[WARM_UP:], rows[UNTRACED].turns[WARM_UP:], strict=True)
        added = statistics.median(traced - untraced for traced, untraced in pairs)
        memory = f"{row.megabytes[WARM_UP]:.0f} → {row.megabytes[-1]:.0f}"
        seconds, warnings = pages[kind]
        ends = f"{row.seconds_to_end:.1f} | {row.lines} | {seconds:.1f} | {warnings}"
        lines.append(f"| {kind} | {turn:.1f} | {added:+.1f} | {memory} | {ends} |")
    return lines


def take_turns() -> None:
    """Take a turn for each line of standard input and print its milliseconds."""
    logging.basicConfig(level=logging.WARNING)
    settings = Settings(ALFRED_EXECUTOR="local")
    saved_agent, tracer = SavedAgent.load(), start_tracing(settings).of("bench")
    for _ in sys.stdin:
        print(_milliseconds(saved_agent, settings, tracer), flush=True)


def _milliseconds(saved_agent: SavedAgent, settings: Settings, tracer: Tracer) -> float:
    model = ScriptedModel(code("print(suggest_menu('gala'))"), code("final_answer('A gala.')"))
    options = {"saved_agent": saved_agent, "settings": settings, "now": datetime.now(), "tracer": tracer}
    begun = time.perf_counter()
    for _ in run_turn(Conversation(), "Plan a gala for 40 guests", model, **options):
        pass
    return 1000 * (time.perf_counter() - begun)


if __name__ == "__main__":
    take_turns() if sys.argv[1:2] == ["turns"] else main()
