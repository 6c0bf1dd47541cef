"""The page in a real browser: a request, its steps, its answer, its plan, a follow-up."""

import re
import threading

from playwright.sync_api import expect

from alfred import __version__
from alfred.ui.texts import EXAMPLES, words_for
from tests.browser.desk import PLAN, answered, board, log, plan, ready, send
from tests.stand_ins.chat_server import Reply
from tests.stand_ins.scripted_model import code

WORDS = words_for("en")


def test_a_request_is_answered_with_its_steps_folded_and_its_plan_beside(address, open_page):
    page = open_page(address)
    plan(page)
    expect(page.get_by_text(re.compile(r"^1 step · "))).to_be_visible()
    expect(log(page)).to_contain_text("Beef Wellington")
    expect(board(page).locator("h2")).to_contain_text("Wayne Mansion")
    for part in ("Thu 12 Dec 2030", "50", "vegetarian (6)", "Shopping list", "limit USD 6,000.00"):
        expect(board(page)).to_contain_text(part)
    expect(page.get_by_text("superhero_party_theme('")).to_have_count(0)


def test_the_steps_unfold_to_thought_code_and_tools(address, open_page):
    page = open_page(address)
    plan(page)
    page.get_by_text(re.compile(r"^1 step · ")).click()
    page.get_by_text(re.compile("^Step 1: ")).click()
    expect(log(page)).to_contain_text("superhero_party_theme, 0.")
    expect(log(page)).not_to_contain_text("<code>")


def test_the_empty_page_says_its_version_and_who_answers_and_offers_four_examples(address, open_page):
    page = open_page(address)
    expect(page.locator("#alfred-who")).to_contain_text("the embedded planner (rules, not a language model)")
    expect(page.locator("#alfred-name")).to_contain_text(f"Alfred {__version__}")
    expect(board(page)).to_contain_text("The plan will stand here")
    for name in EXAMPLES:
        expect(page.get_by_role("button", name=WORDS(f"example_{name}"))).to_be_visible()


def test_an_example_runs_on_a_click(address, open_page):
    page = open_page(address)
    page.get_by_role("button", name="Getting ready").click()
    answered(page)
    expect(log(page)).to_contain_text("180 minutes")


def test_a_follow_up_knows_the_conversation_and_marks_what_it_changed(address, open_page):
    page = open_page(address)
    plan(page)
    send(page, "make it 60 guests")
    expect(board(page).locator("mark", has_text=re.compile("^60$"))).to_be_visible()
    expect(board(page)).to_contain_text("was 50")


def test_downloads_hold_the_plan(address, open_page):
    page = open_page(address)
    plan(page)
    for name, beginning in (
        ("Calendar", "BEGIN:VCALENDAR"),
        ("Document", "# "),
        ("Data", "{"),
        ("Budget sheet", "\ufeffitem"),
    ):
        with page.expect_download() as download:
            board(page).get_by_role("link", name=name).click()
        assert download.value.path().read_text(encoding="utf-8").startswith(beginning)


def test_ticks_of_the_shopping_list_stay_after_a_reload(address, open_page):
    page = open_page(address)
    plan(page)
    box = board(page).get_by_role("checkbox").first
    box.check()
    page.reload(wait_until="domcontentloaded")
    expect(board(page).get_by_role("checkbox").first).to_be_checked()
    expect(board(page).get_by_role("checkbox").nth(1)).not_to_be_checked()


def test_the_plan_prints_on_two_pages_without_the_conversation(address, open_page):
    page = open_page(address)
    plan(page)
    page.emulate_media(media="print")
    expect(page.locator("#alfred-talk")).to_be_hidden()
    expect(board(page).locator("h2")).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 2


def test_no_other_host_is_asked_for_anything(address, open_page, browser):
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="domcontentloaded")
    page.locator("#alfred-request textarea").wait_for()
    plan(page)
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


def test_now_is_the_visitors_time_and_not_the_servers(address, open_page):
    page = open_page(address, timezone_id="Asia/Tokyo")
    page.clock.set_fixed_time("2031-05-01T12:34:00Z")
    send(page, "Drinks take 30 minutes. If we start right now, when is the party ready?")
    expect(log(page)).to_contain_text("21:34")


def test_steps_stream_while_the_model_still_works(hosted, open_page):
    gate = threading.Event()
    address, _ = hosted(
        Reply(code("print(suggest_menu('dinner'))", thought="First the menu.")),
        Reply(code("final_answer('served')"), gate=gate),
    )
    page = open_page(address)
    send(page, "Plan a dinner")
    expect(page.get_by_text("Step 1: suggest_menu")).to_be_visible()
    expect(page.get_by_text("Working")).to_be_visible()
    expect(log(page)).not_to_contain_text("served")
    gate.set()
    expect(log(page)).to_contain_text("served")


def test_an_empty_request_is_told_in_a_sentence(address, open_page):
    page = open_page(address)
    send(page, "   ")
    expect(page.locator("#alfred-notice")).to_contain_text("The request is empty")
    send(page, PLAN)
    answered(page)
    expect(page.locator("#alfred-notice")).not_to_contain_text("empty")


def test_what_is_typed_while_a_turn_runs_stays_in_the_box(hosted, open_page):
    gate = threading.Event()
    address, server = hosted(Reply(code("final_answer('served')"), gate=gate))
    page = open_page(address)
    send(page, "Plan a dinner")
    assert server.asked.wait(30)
    page.locator("#alfred-request textarea").fill("and a lunch")
    gate.set()
    expect(log(page)).to_contain_text("served")
    ready(page)
    expect(page.locator("#alfred-request textarea")).to_have_value("and a lunch")


def test_nothing_can_be_sent_before_the_kept_conversations_are_shown(address, open_page):
    page, held = open_page(address), []
    asked = "**/gradio_api/queue/join*"
    page.route(asked, lambda route: held.append(route))
    with page.expect_request(asked):
        page.reload(wait_until="domcontentloaded")
    expect(page.locator("#alfred-request textarea")).to_be_disabled()
    expect(page.locator("#alfred-send")).to_be_disabled()
    for route in held:
        route.continue_()
    page.unroute(asked)
    plan(page)
