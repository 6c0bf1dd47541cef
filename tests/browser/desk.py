"""What a person does on the page, and where they look."""

import re

from playwright.sync_api import Locator, Page, expect

PLAN = (
    "Plan a superhero-themed dinner party at Wayne Mansion for 50 guests on 12 December 2030 at 7 pm, "
    "6 of them vegetarian, for $6000"
)
FIGURES = re.compile(r"^\d+ steps? · ")


def send(page: Page, text: str) -> None:
    page.locator("#alfred-request textarea").fill(text)
    page.locator("#alfred-request textarea").press("Enter")


def log(page: Page) -> Locator:
    return page.locator("#alfred-chat")


def board(page: Page) -> Locator:
    return page.locator("#alfred-board")


def plan(page: Page, text: str = PLAN) -> None:
    """Ask for a plan and wait until it is there and the page is ready for the next request."""
    send(page, text)
    expect(board(page).locator("h2")).to_be_visible()
    ready(page)


def ready(page: Page) -> None:
    """Wait until no turn runs on the page."""
    expect(page.locator("#alfred-send")).to_be_visible()
    expect(page.locator("#alfred-stop")).to_be_hidden()


def answered(page: Page) -> None:
    """Wait for the answer of the turn that runs."""
    expect(page.get_by_text(FIGURES)).to_be_visible()
    ready(page)


def reload(page: Page) -> None:
    page.reload(wait_until="domcontentloaded")
    page.locator("#alfred-request textarea").wait_for()
