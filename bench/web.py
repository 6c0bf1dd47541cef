"""`python -m bench.web`: Alfred's web tools beside the stock ones of smolagents, in one run, as a Markdown table.

Every name, address and site is the pretend internet of tests/tools/web_servers.py; no packet leaves the machine.
Each bad server is met in a process of its own, which is stopped after 20 s and may hold a gigabyte. The realistic
pages are sent without a character set in the header, as many are, and name it in their <meta>.

Not covered: the real web and the real search service, whose pages change from day to day.
"""

import multiprocessing
import os
import re
import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme
from smolagents import DuckDuckGoSearchTool
from smolagents import VisitWebpageTool as StockVisitWebpageTool

from tests.tools.web_servers import (
    BAD_SERVERS,
    FACTS,
    HIDING_TRICKS,
    HOSTILE,
    PLANTED,
    PRIVATE_NAMES,
    PUBLIC,
    Engine,
    Network,
    Site,
    page_bytes,
    response,
    results_page,
)
from tools.visit_webpage import VisitWebpageTool
from tools.web_search import WebSearchTool

VISIT = {"stock": StockVisitWebpageTool, "Alfred": VisitWebpageTool}
HOME = "http://party.example"
CAP_SECONDS = 20
CAP_BYTES = 1 << 30
ROW = ("Party caterers", "https://food.example/", "Buffets from 20 guests")
PLAYS = {
    "good": response(results_page([ROW])),
    "empty": response("<html></html>"),
    "throttled": response("", status="202 Accepted"),
    "garbage": response(b"\x00\xff<<<"),
    "reset": "reset",
    "slow": "slow",
}


def visit_tool(name: str) -> object:
    """A fresh page tool, without Alfred's courtesy to hosts, which would be measured as slowness."""
    tool = VISIT[name]()
    if name == "Alfred":
        tool.limits = {**tool.limits, "host_gap_s": 0, "pages_a_minute": 1000}
    return tool


def search_tool(name: str, engine: Engine, verify: str) -> object:
    """A fresh search tool that asks the pretend engine."""
    if name == "stock":
        return DuckDuckGoSearchTool(proxy=engine.proxy, verify=verify)
    tool = WebSearchTool()
    tool.client = {"proxy": engine.proxy, "verify": verify}
    return tool


def hostile_reached(name: str, site: Site) -> int:
    """How many hostile addresses lead the tool to dial an address that is not public."""
    tool, reached = visit_tool(name), 0
    for address in HOSTILE:
        with Network(site.port) as network:
            network.names |= {"party.example": [PUBLIC], **PRIVATE_NAMES}
            attempt(lambda address=address: tool(address))
            reached += bool(network.reached_private())
    return reached


def attempt(call: Callable[[], str]) -> tuple[str, bool]:
    """What a tool answers, and whether it raised instead."""
    try:
        return call(), False
    except Exception as error:
        return str(error), True


def memory(field: str) -> float:
    """A field of this process's memory status in megabytes."""
    return int(re.search(rf"{field}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def meet(name: str, port: int, path: str, report: object) -> None:
    """In a child: read one bad page; report seconds and megabytes beyond those of the idle process."""
    resource.setrlimit(resource.RLIMIT_DATA, (CAP_BYTES, CAP_BYTES))
    tool = visit_tool(name)
    with Network(port) as network:
        network.names["party.example"] = [PUBLIC]
        Path("/proc/self/clear_refs").write_text("5")
        idle, start = memory("VmRSS"), time.monotonic()
        threading.Thread(target=watch, args=(idle, start, report), daemon=True).start()
        _, raised = attempt(lambda: tool(f"{HOME}{path}"))
        report.send((time.monotonic() - start, memory("VmHWM") - idle, "raised" if raised else "answered"))
    os._exit(0)


def watch(idle: float, start: float, report: object) -> None:
    """Report the memory of a call that is not back within the cap, for the parent to stop it."""
    time.sleep(CAP_SECONDS - 1)
    report.send((time.monotonic() - start, memory("VmHWM") - idle, "stopped"))


def bad_server(name: str, site: Site, path: str) -> str:
    """Time and memory of one bad server, as a table cell."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["smolagents", "trustme", "tools.visit_webpage", "tools.web_search"])
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=meet, args=(name, site.port, path, sender))
    child.start()
    sender.close()
    try:
        seconds, megabytes, end = receiver.recv() if receiver.poll(CAP_SECONDS + 10) else (CAP_SECONDS, 0, "stopped")
    except EOFError:
        seconds, megabytes, end = CAP_SECONDS, CAP_BYTES / 1e6, "died"
    child.kill()
    child.join()
    end = "at the cap" if megabytes > 0.9 * CAP_BYTES / 1e6 else end
    return f"{seconds:.1f} s, {max(0, megabytes):.0f} MB" + ("" if end == "answered" else f", {end}")


def hidden_passed_on(name: str, site: Site) -> str:
    """How many of the planted hidden instructions are in the answer."""
    answer = visit_once(name, site, "/hidden")
    found = set(re.findall(rf"{PLANTED} (\d{{3}})", answer))
    return f"{len(found)} of {len(HIDING_TRICKS)}"


def facts_kept(name: str, site: Site) -> str:
    """How many of the useful facts of the realistic pages are in the answers, page by page."""
    kept = []
    for page, facts in FACTS.items():
        site.paths[f"/{page}"] = response(page_bytes(page), "text/html")
        answer = visit_once(name, site, f"/{page}")
        kept.append(f"{page} {len([fact for fact in facts if fact in answer])}/{len(facts)}")
    return ", ".join(kept)


def visit_once(name: str, site: Site, path: str) -> str:
    """The answer of a fresh tool about one page."""
    with Network(site.port) as network:
        network.names["party.example"] = [PUBLIC]
        return attempt(lambda: visit_tool(name)(f"{HOME}{path}"))[0]


def page_lookups(name: str, site: Site) -> str:
    """Requests and time for one page read five times, then by eight threads at once."""
    tool = visit_tool(name)
    site.paths |= {"/again": response("<p>x</p>"), "/many": slow_page}
    with Network(site.port) as network:
        network.names["party.example"] = [PUBLIC]
        return lookups(lambda word: tool(f"{HOME}/{word}"), site.requests)


def slow_page(site: Site) -> Iterator[bytes]:
    """A page that takes 0.2 s, so that calls at the same time do overlap."""
    site.closing.wait(0.2)
    yield response("<p>x</p>")


def search_lookups(name: str, engine: Engine, verify: str) -> str:
    """Requests and time for one query asked five times, then by eight threads at once."""
    tool = search_tool(name, engine, verify)
    engine.script = [PLAYS["good"]]
    return lookups(tool, engine.asked)


def lookups(look_up: Callable[[str], str], log: list) -> str:
    """Requests and seconds of five equal calls in a row and eight at once."""
    results = []
    for word, threads in {"again": 1, "many": 8}.items():
        before, start = len(log), time.monotonic()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda word: attempt(lambda: look_up(word)), [word] * max(5, threads)))
        results.append(f"{len(log) - before} requests in {time.monotonic() - start:.1f} s")
    return "; ".join(results)


def search_outcome(name: str, engine: Engine, verify: str, play: str) -> str:
    """What the agent gets from one kind of search service, and after how long."""
    tool = search_tool(name, engine, verify)
    engine.script, start = [PLAYS[play]], time.monotonic()
    answer, raised = attempt(lambda: tool("party caterers"))
    outcome = "raises" if raised else "results" if ROW[1] in answer else "advice"
    return f"{outcome}, {time.monotonic() - start:.1f} s, asked {len({host for host, _ in engine.asked})} services"


def rows(site: Site, authority: trustme.CA, verify: str) -> list[tuple[str, str, str]]:
    """Every line of the table: what was measured, the stock tools, Alfred's."""
    both = list(VISIT)
    table = [(f"hostile addresses reached, of {len(HOSTILE)}", *[str(hostile_reached(name, site)) for name in both])]
    table += [(f"bad server {path}", *[bad_server(name, site, path) for name in both]) for path in BAD_SERVERS]
    table.append(("hidden instructions passed on", *[hidden_passed_on(name, site) for name in both]))
    table.append(("useful facts kept", *[facts_kept(name, site) for name in both]))
    table.append(("one page 5 times; 8 at once", *[page_lookups(name, site) for name in both]))
    for play in PLAYS:
        outcomes = [on_engine(search_outcome, name, authority, verify, play) for name in both]
        table.append((f"search service: {play}", *outcomes))
    table.append(("one query 5 times; 8 at once", *[on_engine(search_lookups, n, authority, verify) for n in both]))
    return table


def on_engine(measure: Callable[..., str], name: str, authority: trustme.CA, *details: str) -> str:
    """Measure with a search service of its own."""
    engine = Engine(authority)
    try:
        return measure(name, engine, *details)
    finally:
        engine.stop()


def main() -> None:
    """Print the table."""
    site, authority = Site(), trustme.CA()
    site.paths |= BAD_SERVERS
    with TemporaryDirectory() as folder:
        verify = str(Path(folder) / "authority.pem")
        authority.cert_pem.write_to_path(verify)
        table = rows(site, authority, verify)
    site.stop()
    print("| measured | stock smolagents | Alfred |\n| --- | --- | --- |")
    for row in table:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
