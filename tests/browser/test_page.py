"""The page in a real browser: a request, its steps, its answer, a follow-up, a stop, a failure."""

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from alfred.ui import texts
from tests.stand_ins.chat_server import Reply, chat_server
from tests.stand_ins.scripted_model import code

PLAN = "Plan a superhero-themed dinner party at Wayne Mansion for 50 guests"


def send(page: Page, text: str) -> None:
    page.locator("#alfred-request textarea").fill(text)
    page.keyboard.press("Enter")


def log(page: Page):
    return page.locator("#alfred-chat [role=log]")


def wait_for_answer(page: Page, count: int = 1) -> None:
    expect(page.get_by_text(re.compile(r"^\d+ steps? · "))).to_have_count(count)


def test_a_request_is_answered_with_its_steps_folded(address, open_page):
    page = open_page(address)
    send(page, PLAN)
    wait_for_answer(page)
    expect(log(page)).to_contain_text("superhero_party_theme, suggest_menu, catering_service_tool")
    expect(log(page)).to_contain_text("Beef Wellington")
    expect(log(page)).to_contain_text("Wayne Mansion")
    expect(page.get_by_text("superhero_party_theme('classic')")).to_have_count(0)


def test_the_page_says_who_answers_and_offers_four_examples(address, open_page):
    page = open_page(address)
    expect(page.locator("#alfred-title")).to_contain_text("the embedded planner (rules, not a language model)")
    for name in texts.EXAMPLES:
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_an_example_runs_on_a_click(address, open_page):
    page = open_page(address)
    page.get_by_role("button", name="Getting ready").click()
    wait_for_answer(page)
    expect(log(page)).to_contain_text("180 minutes")


def test_a_follow_up_knows_the_conversation_and_a_new_one_does_not(address, open_page):
    page = open_page(address)
    send(page, "Plan a dinner for 40 guests for $2000")
    wait_for_answer(page)
    send(page, "what does that cost a head?")
    expect(log(page)).to_contain_text("40 guests is 50.00 USD a head")
    page.get_by_role("button", name=texts.NEW).click()
    expect(log(page)).not_to_contain_text("40 guests")
    send(page, "what does that cost a head?")
    expect(log(page)).to_contain_text("Tell me the number of guests")


def test_two_visitors_do_not_see_each_other(address, open_page):
    first, second = open_page(address), open_page(address)
    send(first, "Plan a dinner at Castle One for 11 guests")
    send(second, "Plan a dinner at Castle Two for 22 guests")
    wait_for_answer(first)
    wait_for_answer(second)
    expect(log(first)).not_to_contain_text("Castle Two")
    expect(log(second)).not_to_contain_text("Castle One")


def test_money_reads_as_typed_and_tags_stay_text(address, open_page):
    page = open_page(address)
    send(
        page,
        "Plan a dinner for 10 guests, $500 for food, $300 for drinks <img src=x onerror=alert(1)> <b>bold</b>",
    )
    wait_for_answer(page)
    expect(log(page)).to_contain_text("$500 for food, $300 for drinks <img src=x onerror=alert(1)>")
    expect(page.locator("#alfred-chat img[src=x], #alfred-chat .katex")).to_have_count(0)


def test_no_other_host_is_asked_for_anything(address, open_page, browser):
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="domcontentloaded")
    page.locator("#alfred-request textarea").wait_for()
    send(page, PLAN)
    wait_for_answer(page)
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_a_narrow_page_does_not_scroll_sideways(address, open_page):
    page = open_page(address, viewport={"width": 360, "height": 700})
    send(page, PLAN)
    wait_for_answer(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_now_is_the_visitors_time_and_not_the_servers(address, open_page):
    page = open_page(address, timezone_id="Asia/Tokyo")
    page.clock.set_fixed_time("2031-05-01T12:34:00Z")
    send(page, "Drinks take 30 minutes. If we start right now, when is the party ready?")
    expect(log(page)).to_contain_text("start at 21:34")


@pytest.fixture
def hosted(start_app):
    """Start the app on an OpenAI-compatible server with these replies."""
    contexts = []

    def start(*replies):
        context = chat_server(*replies)
        server = context.__enter__()
        contexts.append(context)
        address = start_app(ALFRED_MODEL="openai:tiny", OPENAI_BASE_URL=f"{server.address}/v1")
        return address, server

    yield start
    for context in contexts:
        context.__exit__(None, None, None)


def test_stop_ends_a_turn_whose_model_is_silent_and_the_box_works_again(hosted, open_page):
    gate = threading.Event()
    address, server = hosted(
        Reply(code("final_answer('too late')"), gate=gate), Reply(code("final_answer('second answer')"))
    )
    page = open_page(address)
    send(page, "Plan a dinner")
    assert server.asked.wait(30)
    page.locator("#alfred-stop").click()
    expect(log(page)).to_contain_text("Stopped. Nothing further was done")
    expect(page.locator("#alfred-stop")).to_be_disabled()
    gate.set()
    send(page, "Plan a lunch")
    expect(log(page)).to_contain_text("second answer")
    expect(log(page)).not_to_contain_text("too late")


def test_a_failure_is_one_sentence_and_the_box_works_again(hosted, open_page):
    address, _ = hosted(Reply(status=401), Reply(code("final_answer('good evening')")))
    page = open_page(address)
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text("The model tiny refused the token")
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text("good evening")


def test_steps_stream_while_the_model_still_works(hosted, open_page):
    gate = threading.Event()
    address, _ = hosted(
        Reply(code("print(suggest_menu('dinner'))", thought="First the menu.")),
        Reply(code("final_answer('served')"), gate=gate),
    )
    page = open_page(address)
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text("Step 1: suggest_menu")
    expect(log(page)).not_to_contain_text("served")
    gate.set()
    expect(log(page)).to_contain_text("served")


def test_an_empty_request_is_told_in_a_sentence(address, open_page):
    page = open_page(address)
    send(page, "   ")
    expect(log(page)).to_contain_text("The request is empty")
    send(page, PLAN)
    wait_for_answer(page)
