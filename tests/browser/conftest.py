"""A real Chromium, and the app on the embedded planner or on a local OpenAI-compatible server."""

import shutil
import socket
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.stand_ins.chat_server import ChatServer, chat_server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser) -> Iterator[Callable[..., Page]]:
    """Open an address as a new visitor, with a context of their own; no page may log an error of its own."""
    contexts, errors = [], []

    def open_(address: str, **options: object) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(PATIENCE)
        page.goto(address, wait_until="domcontentloaded")
        page.locator("#alfred-request textarea").wait_for()
        expect(page.locator("#alfred-send")).to_be_enabled()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def _hosted(start_app) -> Iterator[tuple[str, ChatServer]]:
    """The app with a model server of ours; its web search waits for a proxy that never answers."""
    with chat_server("nothing yet") as server, socket.create_server(("127.0.0.1", 0)) as silent:
        variables = {"OPENAI_BASE_URL": f"{server.address}/v1", "ALFRED_MODEL": "openai:tiny"}
        search = {"DDGS_PROXY": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        address = start_app(**variables, **search, ALFRED_MAX_STEPS="3", ALFRED_CONCURRENCY="3")
        yield address, server


@pytest.fixture
def hosted(_hosted) -> Iterator[Callable[..., tuple[str, ChatServer]]]:
    """Let the app's model server reply with these; gates that a test leaves closed are opened after it."""
    address, server = _hosted
    gates = []

    def reply(*replies):
        gates.extend(gate for one in replies for gate in (getattr(one, "gate", None), getattr(one, "pause", None)))
        server.answer_with(*replies)
        return address, server

    yield reply
    for gate in filter(None, gates):
        gate.set()
