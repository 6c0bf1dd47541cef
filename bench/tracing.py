"""What tracing costs a turn, with receivers that work and receivers that fail: `python -m bench.tracing [TURNS]`.

Prints a table in Markdown: milliseconds of a turn, what tracing adds, how long the process takes to end, and the
lines that it logs. Each row is a process of its own with a real receiver on loopback. The processes take one turn
after the other in rounds, and what tracing adds is the median over rounds of the difference to the untraced turn of
the same round, so that a busy moment of the machine falls on all rows alike. The turn has two steps, one tool and a
scripted model that answers at once; with a real model the same milliseconds are a far smaller part.

Not measured: memory, and turns at the same time.
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

from alfred.agent import SavedAgent
from alfred.conversation import Conversation
from alfred.settings import Settings
from alfred.tracing import Tracer, start_tracing
from alfred.turn import run_turn
from tests.stand_ins.otlp_receiver import KINDS, otlp_receiver
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
        ours = {field.alias for field in Settings.model_fields.values()}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {"OTEL_EXPORTER_OTLP_ENDPOINT": address} if address else {}
        command, pipe = [sys.executable, "-m", "bench.tracing", "turns"], subprocess.PIPE
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )
        self.turns: list[float] = []

    def take_turn(self) -> None:
        """Let it take a turn and keep the milliseconds."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.turns.append(float(self._process.stdout.readline()))

    def end(self) -> None:
        """Let it end; keep the seconds and the lines of its log."""
        begun = time.monotonic()
        self._process.stdin.close()
        self._process.wait()
        self.seconds_to_end = time.monotonic() - begun
        self.lines = len(self._process.stderr.readlines())


def main() -> None:
    """Measure every kind of receiver and print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with ExitStack() as receivers:
        rows = {UNTRACED: Row(None)}
        for kind in ("ok", *KINDS):
            rows[kind] = Row(receivers.enter_context(otlp_receiver(kind)).address)
        for _ in range(WARM_UP + count):
            for row in rows.values():
                row.take_turn()
        for row in rows.values():
            row.end()
    print(f"Medians of {count} turns.\n")
    print("\n".join(_table(rows)))


def _table(rows: dict[str, Row]) -> list[str]:
    lines = ["| receiver | ms a turn | added ms | end of the process, s | log lines |", "|---|---|---|---|---|"]
    for kind, row in rows.items():
        turn = statistics.median(row.turns[WARM_UP:])
        pairs = zip(row.turns[WARM_UP:], rows[UNTRACED].turns[WARM_UP:], strict=True)
        added = statistics.median(traced - untraced for traced, untraced in pairs)
        lines.append(f"| {kind} | {turn:.1f} | {added:+.1f} | {row.seconds_to_end:.1f} | {row.lines} |")
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
