"""Arize Phoenix, a receiver of traces that others wrote, in an environment of its own (`make .venv/phoenix`)."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alfred.agent import ROOT
from tests.stand_ins.otlp_receiver import Got
from tests.stand_ins.ports import free_ports

PYTHON = ROOT / ".venv" / "phoenix" / "bin" / "python"
SECONDS_TO_START = 180


@dataclass(frozen=True)
class Phoenix:
    """A running Phoenix and its address."""

    address: str

    def read(self, what: str) -> list[dict[str, Any]]:
        """Return the `spans`, `traces` or `sessions` that it holds."""
        with urllib.request.urlopen(f"{self.address}/v1/projects/default/{what}?limit=1000", timeout=30) as answer:
            return json.load(answer)["data"]

    def spans(self, count: int) -> list[Got]:
        """Return its spans as soon as it has stored so many."""
        deadline = time.monotonic() + 60
        while len(rows := self.read("spans")) < count:
            assert time.monotonic() < deadline, f"Phoenix has stored {len(rows)} of {count} spans"
            time.sleep(0.2)
        return [_got(row) for row in rows]


def _got(row: dict[str, Any]) -> Got:
    return Got(
        row["name"],
        row["context"]["trace_id"],
        row["context"]["span_id"],
        row["parent_id"] or "",
        _nanoseconds(row["start_time"]),
        _nanoseconds(row["end_time"]),
        row["status_code"].lower(),
        row["status_message"],
        {**row["attributes"], "openinference.span.kind": row["span_kind"]},
        [(event["name"], event) for event in row["events"]],
    )


def _nanoseconds(time_text: str) -> int:
    return int(datetime.fromisoformat(time_text).timestamp() * 1_000_000) * 1000


@contextmanager
def phoenix(folder: Path) -> Iterator[Phoenix]:
    """Run Phoenix on a free port, with its database in this folder."""
    port, grpc = free_ports(2)
    environment = {
        **os.environ,
        "PHOENIX_WORKING_DIR": str(folder),
        "PHOENIX_HOST": "127.0.0.1",
        "PHOENIX_PORT": str(port),
        "PHOENIX_GRPC_PORT": str(grpc),
        "PHOENIX_TELEMETRY_ENABLED": "false",
    }
    command, log = [PYTHON, "-m", "phoenix.server.main", "serve"], (folder / "log").open("w")
    with log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process:
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/healthz", process)
            yield Phoenix(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _wait_until_up(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"Phoenix did not start within {SECONDS_TO_START} seconds (exit status {process.poll()}).")
