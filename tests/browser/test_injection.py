"""Hostile text from the model, a tool and a visitor: it is read and does nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import answered, board, log, ready, send
from tests.stand_ins.chat_server import Reply
from tests.stand_ins.scripted_model import code

HOSTILE = """<script>window.hacked = 1</script> <img src=https://evil.example/a.png onerror=window.hacked=2>
![pixel](https://evil.example/b.png) ![ref][p]

[p]: https://evil.example/c.png

<iframe src=https://evil.example/d></iframe> <form action=https://evil.example/e><input type=password></form>
<div style="position:fixed;inset:0">Your session has ended</div> <style>body{display:none}</style>
[link](javascript:window.hacked=3) <a href="javascript:window.hacked=4">again</a> <svg onload=window.hacked=5>
`<img src=https://evil.example/f.png>` $500 for food, $300 for drinks"""


@pytest.fixture
def watched(open_page):
    """Open a page and note every other host that it asks."""
    asked = []

    def open_(address: str) -> Page:
        page = open_page(address)
        page.on("request", lambda request: asked.append(request.url))
        return page

    yield open_
    assert [url for url in asked if "evil" in url] == []


def harmless(page: Page) -> None:
    """Check that nothing of the hostile text acts; the dollars read as they were typed."""
    expect(log(page)).to_contain_text("$500 for food, $300 for drinks")
    assert page.evaluate("window.hacked") is None
    for element in ("img[src*=evil]", "iframe", "form", "input[type=password]", "script", "style", ".katex"):
        expect(page.locator(f"#alfred-chat .message-content {element}, #alfred-board {element}")).to_have_count(0)
    expect(page.locator("[href^='javascript']")).to_have_count(0)
    expect(page.locator("body")).to_be_visible()


def test_a_visitors_text_does_nothing(address, watched):
    page = watched(address)
    page.locator("#alfred-request textarea").fill(f"Plan a dinner for 10 guests {HOSTILE}")
    page.locator("#alfred-send").click()
    ready(page)
    answered(page)
    harmless(page)
    page.reload(wait_until="domcontentloaded")
    expect(log(page)).to_contain_text("Plan a dinner for 10 guests")
    harmless(page)


def test_a_models_answer_does_nothing(hosted, watched):
    address, _ = hosted(Reply(code(f"final_answer({HOSTILE!r})", thought=HOSTILE)))
    page = watched(address)
    send(page, "Plan a dinner")
    answered(page)
    harmless(page)


def test_what_code_prints_does_nothing(hosted, watched):
    printed = code(f"print({('``` ' + HOSTILE)!r})")
    address, _ = hosted(Reply(printed), Reply(code("final_answer('$500 for food, $300 for drinks')")))
    page = watched(address)
    send(page, "Plan a dinner")
    answered(page)
    page.get_by_text("2 steps ·").click()
    page.get_by_text("Step 1", exact=True).click()
    expect(log(page)).to_contain_text("window.hacked = 1")
    harmless(page)


def test_what_a_tool_returns_does_nothing(hosted, watched):
    theme = {"name": HOSTILE, "description": HOSTILE}
    address, _ = hosted(Reply(code(f"final_answer(party_plan(brief, theme={theme!r}, music=[{HOSTILE!r}]))")))
    page = watched(address)
    send(page, "Plan a dinner for 10 guests on 12 December 2030 at 7 pm")
    expect(board(page).locator("h2")).to_be_visible()
    answered(page)
    expect(board(page)).to_contain_text("window.hacked = 1")
    harmless(page)


def test_what_a_changed_browser_had_kept_does_nothing(address, watched):
    page = watched(address)
    for kept in ("<img src=https://evil.example/g.png>", '{"kept": 3}'):
        page.evaluate("kept => localStorage.setItem('alfred-v1', kept)", kept)
        page.reload(wait_until="domcontentloaded")
        expect(page.locator("#alfred-send")).to_be_enabled()
        send(page, "Plan a dinner for 10 guests, $500 for food, $300 for drinks")
        answered(page)
        harmless(page)


def test_a_huge_answer_is_cut_with_a_download_of_the_whole(hosted, open_page):
    address, _ = hosted(Reply(code("final_answer('\\n'.join(f'line {n} ' + 'x' * 60 for n in range(6000)))")))
    page = open_page(address)
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text("more characters")
    ready(page)
    with page.expect_download() as download:
        page.locator("#alfred-whole").get_by_role("link").click()
    assert "line 5999 " in download.value.path().read_text()
    assert page.evaluate("document.querySelectorAll('#alfred-chat *').length") < 2500
    assert page.evaluate("JSON.stringify(localStorage).length") < 2_000_000
