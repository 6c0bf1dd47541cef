"""The page for everyone: keyboard, screen reader, phone, dark, another language."""

import pytest
from playwright.sync_api import Page, expect

from alfred.agent import ROOT
from tests.browser.desk import PLAN, board, log, plan, send

AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"


def findings(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(scheme, address, open_page):
    page = open_page(address, color_scheme=scheme)
    assert findings(page) == []
    plan(page)
    send(page, "make it 60 guests")
    expect(board(page)).to_contain_text("was 50")
    page.locator("#alfred-conversations button").first.click()
    assert findings(page) == []


def test_axe_finds_nothing_serious_on_a_phone(address, open_page):
    page = open_page(address, viewport={"width": 390, "height": 844})
    plan_on_a_phone(page)
    assert findings(page) == []


def plan_on_a_phone(page):
    send(page, PLAN)
    expect(page.locator("#alfred-tab-plan[data-news]")).to_be_visible()
    page.get_by_role("tab", name="Plan").click()
    expect(board(page).locator("h2")).to_be_visible()


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_no_page_scrolls_sideways(width, address, open_page):
    page = open_page(address, viewport={"width": width, "height": 700})
    scrolled = "document.documentElement.scrollWidth"
    assert page.evaluate(scrolled) <= width
    send(page, PLAN)
    expect(board(page).locator("h2")).to_be_attached()
    assert page.evaluate(scrolled) <= width
    if width < 820:
        page.get_by_role("tab", name="Plan").click()
        assert page.evaluate(scrolled) <= width
        assert page.evaluate("document.querySelector('#alfred-board').scrollWidth") <= width


def test_from_the_empty_page_to_a_calendar_by_keyboard_alone(address, open_page):
    page = open_page(address)
    reach(page, "#alfred-request textarea")
    page.keyboard.type(PLAN)
    page.keyboard.press("Enter")
    expect(board(page).locator("h2")).to_be_visible()
    reach(page, "#alfred-board a[download$='.ics']")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached by Tab")


def test_the_tabs_of_a_phone_follow_the_arrow_keys(address, open_page):
    page = open_page(address, viewport={"width": 390, "height": 844})
    page.get_by_role("tab", name="Conversation").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Plan")).to_be_focused()
    expect(board(page)).to_be_visible()
    expect(page.locator("#alfred-talk")).to_be_hidden()


def test_a_notice_is_an_alert_and_the_conversation_a_log(address, open_page):
    page = open_page(address)
    send(page, " ")
    expect(page.get_by_role("alert").filter(has_text="The request is empty")).to_be_visible()
    plan(page)
    expect(page.get_by_role("log")).to_be_visible()
    expect(page.get_by_label("Your request")).to_be_visible()


def test_a_german_browser_gets_a_german_page(address, open_page):
    page = open_page(address, locale="de-DE")
    expect(page.get_by_role("button", name="Senden")).to_be_visible()
    expect(log(page)).to_contain_text("Was feiern wir?")
    send(page, PLAN)
    for word in ("Einkaufsliste", "Gäste", "Alle 5 Prüfungen bestanden"):
        expect(board(page)).to_contain_text(word)
    expect(log(page)).to_contain_text("1 Schritt ·")
