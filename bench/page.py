"""The page beside smolagents' stock GradioUI, in one run: `python -m bench.page` prints three Markdown tables.

Both serve the same saved agent with the same scripted model, which takes three steps, and both are asked by the
protocol that their own page speaks in a browser. An answer is wrong when it does not name its visitor or names another
one. The visitors run on the same machine as the servers. It takes a few minutes and is bounded by time limits.

Not measured: drawing in the browser.
"""

import contextlib
import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from smolagents import ChatMessage, ChatMessageStreamDelta, GradioUI, LocalPythonExecutor, Model, TokenUsage
from smolagents.models import agglomerate_stream_deltas

from alfred.agent import ROOT, SavedAgent
from alfred.models import ModelChoice
from alfred.settings import Settings
from bench.processes import megabytes
from tests.stand_ins.ports import free_port

LATENCY = 0.2
STEPS = 3
VISITORS = (1, 5, 20)
TOKENS = (1000, 4000)
TOKENS_A_SECOND = 1000
PATIENCE = 120
MARK = re.compile(r"visitor-\d\d")
LENGTH = re.compile(r"think (\d+) words")


class ThreeSteps(Model):
    """Takes two steps that print and a third that answers with its visitor's mark; thinks as long as it is told."""

    def __init__(self, latency: float) -> None:
        super().__init__(model_id="three-steps")
        self._latency = latency

    def generate_stream(self, messages: list[ChatMessage], **options: Any) -> Iterator[ChatMessageStreamDelta]:
        """Say the next step, after the latency."""
        time.sleep(self._latency)
        text = str([message.content for message in messages])
        mark = MARK.findall(text)[-1]
        done = text.rpartition("New task")[2].count("Execution logs")
        for _ in range(int(LENGTH.findall(text)[-1]) if LENGTH.search(text) else 0):
            time.sleep(1 / TOKENS_A_SECOND)
            yield ChatMessageStreamDelta(content="word ")
        code = f"print('step {done}')" if done < STEPS - 1 else f"final_answer('for {mark}')"
        yield ChatMessageStreamDelta(content=f"Thought: on.\n<code>\n{code}\n</code>")
        yield ChatMessageStreamDelta(content="", token_usage=TokenUsage(100, 10))

    def generate(self, messages: list[ChatMessage], **options: Any) -> ChatMessage:
        """Say the same at once."""
        return agglomerate_stream_deltas(list(self.generate_stream(messages, **options)))


@dataclass(frozen=True)
class Scripted(ModelChoice):
    """The choice of the scripted model."""

    latency: float = 0.0

    def build(self) -> Model:
        """Return the model."""
        return ThreeSteps(self.latency)


def serve_alfred(port: int, latency: float) -> None:
    """Serve Alfred's page."""
    from alfred.ui import AlfredUI

    settings = Settings(ALFRED_EXECUTOR="local", GRADIO_SERVER_PORT=port)
    AlfredUI(SavedAgent.load(), Scripted("openai", "three-steps", latency=latency), settings).launch()


def serve_stock(port: int, latency: float, streams: bool = False) -> None:
    """Serve smolagents' page with the same agent, which by default shows a thought only when it is whole."""
    saved = SavedAgent.load()
    executor = LocalPythonExecutor(saved.authorized_imports)
    agent = saved.build(ThreeSteps(latency), saved.tools, executor, max_steps=10)
    agent.stream_outputs = streams
    GradioUI(agent).launch(share=False, server_port=port, quiet=True)


def serve_stock_streaming(port: int, latency: float) -> None:
    """Serve smolagents' page with its agent set to show a thought as it comes."""
    serve_stock(port, latency, streams=True)


SERVERS: dict[str, Callable[[int, float], None]] = {
    "alfred": serve_alfred,
    "stock": serve_stock,
    "stock streaming": serve_stock_streaming,
}


@dataclass(frozen=True)
class Server:
    """A page that is served by a process of its own."""

    name: str
    address: str
    process: subprocess.Popen
    seconds: float

    @property
    def cpu_seconds(self) -> float:
        """The processor time that it has used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        """The memory that it holds."""
        return megabytes(self.process.pid)


@contextlib.contextmanager
def served(name: str, latency: float) -> Iterator[Server]:
    """Serve a page until the block ends; it begins when the first page has been read."""
    port = free_port()
    begun = time.monotonic()
    command = [sys.executable, "-m", "bench.page", name, str(port), str(latency)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield Server(name, address, process, time.monotonic() - begun)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address, timeout=PATIENCE).raise_for_status()
            return
        time.sleep(0.05)
    raise RuntimeError(f"{address} did not serve a page within {PATIENCE} seconds.")


def function_of(server: Server) -> tuple[int, Callable[[str], list]]:
    """Return the number of the function that answers a request, and its inputs for a text."""
    functions = httpx.get(f"{server.address}/config", timeout=PATIENCE).json()["dependencies"]
    if server.name == "alfred":
        found = next(one for one in functions if one["targets"] and one["targets"][0][1] == "submit")
        return found["id"], lambda text: [text, None, "2026-11-22T10:00"]
    found = next(one for one in functions if one["api_name"] == "_stream_response")
    return found["id"], lambda text: [text, []]


def ask(server: Server, number: int, inputs: list) -> tuple[float, str]:
    """Send a request as the page does; return the seconds and all that came."""
    session = secrets.token_hex(6)
    job = {"data": inputs, "fn_index": number, "session_hash": session, "trigger_id": None}
    begun, heard = time.monotonic(), []
    with httpx.Client(base_url=f"{server.address}/gradio_api/queue", timeout=PATIENCE) as client:
        client.post("/join", json=job).raise_for_status()
        with client.stream("GET", "/data", params={"session_hash": session}) as stream:
            for line in stream.iter_lines():
                heard.append(line)
                if line.startswith("data:") and json.loads(line[5:])["msg"] == "process_completed":
                    break
    return time.monotonic() - begun, "".join(heard)


def right(visitor: str, heard: str) -> bool:
    """Tell whether a visitor heard an answer of their own and nothing of others."""
    return f"for {visitor}" in heard and set(MARK.findall(heard)) == {visitor}


def crowd(server: Server, visitors: int) -> tuple[float, float, int]:
    """Return wall and median seconds of so many visitors at once, and how many answers were wrong."""
    number, inputs = function_of(server)
    names = [f"visitor-{n:02d}" for n in range(visitors)]
    begun = time.monotonic()
    with ThreadPoolExecutor(visitors) as pool:
        asked = list(pool.map(lambda name: ask(server, number, inputs(f"Plan a party for {name}")), names))
    wall = time.monotonic() - begun
    wrong = sum(not right(name, heard) for name, (_, heard) in zip(names, asked, strict=True))
    return wall, statistics.median(seconds for seconds, _ in asked), wrong


def stream_cost(server: Server, tokens: int) -> tuple[float, float, int]:
    """Return processor seconds, kilobytes and updates of a turn whose every step thinks so many tokens."""
    number, inputs = function_of(server)
    before = server.cpu_seconds
    _, heard = ask(server, number, inputs(f"Plan a party for visitor-00 and think {tokens} words"))
    return server.cpu_seconds - before, len(heard) / 1000, heard.count("process_generating")


def compare_streams() -> None:
    """Print what a long stream costs, and how many times as much four times its length costs."""
    print(f"\nA turn of {STEPS} steps that think at {TOKENS_A_SECOND} tokens a second:\n")
    print("| page | tokens a step | CPU, s | sent, kB | updates |\n|---|---|---|---|---|")
    for name in ("alfred", "stock streaming"):
        with served(name, 0) as server:
            stream_cost(server, 10)
            costs = [stream_cost(server, tokens) for tokens in TOKENS]
        for tokens, (seconds, size, updates) in zip(TOKENS, costs, strict=True):
            print(f"| {name} | {tokens} | {seconds:.2f} | {size:.0f} | {updates} |")
        ratios = " | ".join(f"× {long / short:.1f}" for short, long in zip(*costs, strict=True))
        print(f"| {name} | × {TOKENS[1] / TOKENS[0]:.1f} | {ratios} |", flush=True)


def compare() -> None:
    """Print the tables."""
    print(f"A turn of {STEPS} steps at {LATENCY} s of latency each:\n")
    print("| page | visitors | wall, s | median, s | wrong answers |\n|---|---|---|---|---|")
    rest = []
    for name in ("alfred", "stock"):
        with served(name, LATENCY) as server:
            started = f"{server.seconds:.1f} | {server.cpu_seconds:.1f} | {server.megabytes:.0f}"
            for visitors in VISITORS:
                wall, median, wrong = crowd(server, visitors)
                print(f"| {name} | {visitors} | {wall:.2f} | {median:.2f} | {wrong} |", flush=True)
        rest.append(f"| {name} | {started} | {step_milliseconds(name):.0f} |")
    print("\n| page | start to first page, s | CPU, s | memory, MB | a step at no latency, ms |\n|---|---|---|---|---|")
    print("\n".join(rest))
    compare_streams()


def step_milliseconds(name: str) -> float:
    """Return the milliseconds of one step when the model takes no time: the median of ten turns."""
    with served(name, 0) as server:
        number, inputs = function_of(server)
        turns = [ask(server, number, inputs("Plan a party for visitor-00"))[0] for _ in range(10)]
    return statistics.median(turns) / STEPS * 1000


if __name__ == "__main__":
    if len(sys.argv) > 1:
        SERVERS[sys.argv[1]](int(sys.argv[2]), float(sys.argv[3]))
    else:
        compare()
