"""How soon Stop works: `python -m bench.stop [TIMES]` prints a Markdown table.

Milliseconds from the click to "Stopped" in the conversation, in Chromium, with the jail, in each phase of a turn. The
clock is the page's own and looks every few milliseconds. Each stop is followed by the next turn on the same page, so a
place that was not given back would end the measurement.

Not measured: how long the mouse takes. The app, the model and the browser share this machine.
"""

import shutil
import statistics
import sys
import threading
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.desk import send
from tests.conftest import Apps
from tests.stand_ins.chat_server import ChatServer, Reply, chat_server
from tests.stand_ins.scripted_model import code

TIMES = 10
PATIENCE = 30_000
CLICK = """() => new Promise(tell => {
    const chat = document.querySelector("#alfred-chat")
    const stopped = () => chat.innerText.split("Stopped. Nothing").length
    const before = stopped(), begun = performance.now()
    const passed = () => performance.now() - begun
    const look = () => stopped() > before || passed() > 9999 ? tell(passed()) : setTimeout(look, 3)
    document.querySelector("#alfred-stop").click()
    look()
})"""
HELD = threading.Event()
"""Set when the server ends: until then a model that waits for it is silent."""
PHASES: dict[str, tuple[Reply, str]] = {
    "a silent model": (Reply(code("final_answer(1)"), gate=HELD), "Working"),
    "in the middle of a stream": (Reply(code("final_answer(1)", thought="Half a thought."), pause=HELD), "Working"),
    "between tools": (Reply(code("import time", "while True:", "    suggest_menu('x'), time.sleep(0.02)")), "Step 1"),
    "in code": (Reply(code("while True: pass")), "Step 1"),
    "in the line": (Reply(code("final_answer(1)"), gate=HELD), "Waiting for a place"),
}
"""What the model replies, and the words that say that the page is in this phase."""


def main() -> None:
    """Measure every phase and print the table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    print("| stopped | median, ms | worst, ms |\n|---|---|---|")
    apps = Apps()
    try:
        with chat_server("nothing yet") as server, sync_playwright() as playwright:
            variables = {"OPENAI_BASE_URL": f"{server.address}/v1", "ALFRED_MODEL": "openai:tiny"}
            address = apps.start(**variables, ALFRED_CONCURRENCY="1")
            chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for phase in PHASES:
                taken = _stops(phase, server, partial(_open, chromium, address), times)
                print(f"| {phase} | {statistics.median(taken):.0f} | {max(taken):.0f} |", flush=True)
    finally:
        apps.stop_all()


def _open(chromium: Browser, address: str) -> Page:
    page = chromium.new_context().new_page()
    page.goto(address, wait_until="domcontentloaded")
    page.locator("#alfred-send:enabled").wait_for(timeout=PATIENCE)
    return page


def _stops(phase: str, server: ChatServer, open_page: Callable[[], Page], times: int) -> list[float]:
    reply, words = PHASES[phase]
    server.answer_with(reply)
    ahead, page = open_page(), open_page()
    if phase == "in the line":
        send(ahead, "Plan a lunch")
        ahead.get_by_text("Working").first.wait_for(timeout=PATIENCE)
    taken = []
    for _ in range(times):
        send(page, "Plan a dinner")
        page.get_by_text(words).last.wait_for(timeout=PATIENCE)
        page.locator("#alfred-stop:enabled").wait_for(timeout=PATIENCE)
        taken.append(page.evaluate(CLICK))
        page.locator("#alfred-send:enabled").wait_for(timeout=PATIENCE)
    for one in (ahead, page):
        one.context.close()
    return taken


if __name__ == "__main__":
    main()
