"""Stop, Retry, Undo, Edit, and conversations that outlive the page and the server."""

import json
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.desk import answered, board, log, plan, ready, reload, send
from tests.stand_ins.chat_server import Reply
from tests.stand_ins.scripted_model import code

STOPPED = "Stopped. Nothing further was done"
KEPT = "localStorage.getItem('alfred-v1')"


def heard(server):
    """Return the text of the last request to the model."""
    return json.dumps(server.requests[-1]["messages"])


def stop_and_go_on(page, server):
    """Stop the turn, see it stopped, and take another turn, in which nothing of the first is left."""
    page.locator("#alfred-stop").click()
    expect(log(page)).to_contain_text(STOPPED)
    ready(page)
    server.answer_with(code("final_answer('second answer')"))
    send(page, "Plan a lunch")
    expect(log(page)).to_contain_text("second answer")
    expect(log(page)).not_to_contain_text("too late")
    assert len(server.requests) == 1


def test_stop_while_the_model_is_silent(hosted, open_page):
    address, server = hosted(Reply(code("final_answer('too late')"), gate=threading.Event()))
    page = open_page(address)
    send(page, "Plan a dinner")
    assert server.asked.wait(30)
    stop_and_go_on(page, server)


def test_stop_in_the_middle_of_a_stream(hosted, open_page):
    address, server = hosted(
        Reply(code("final_answer('too late')", thought="Half a thought."), pause=threading.Event())
    )
    page = open_page(address)
    send(page, "Plan a dinner")
    assert server.asked.wait(30)
    expect(page.get_by_text("Working")).to_be_visible()
    stop_and_go_on(page, server)


@pytest.mark.parametrize(
    ("line", "sign"),
    [("web_search('caterers in Gotham')", "web_search is running"), ("while True: pass", "while True: pass")],
    ids=["tool", "code"],
)
def test_stop_in_a_tool_that_waits_and_in_code_that_never_ends(line, sign, hosted, open_page):
    address, server = hosted(Reply(code(line, "final_answer('too late')")))
    page = open_page(address)
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text(sign)
    stop_and_go_on(page, server)


def test_stop_in_the_line(hosted, open_page):
    gate = threading.Event()
    address, server = hosted(Reply(code("final_answer('served')"), gate=gate))
    running = [open_page(address) for _ in range(3)]
    for page in running:
        send(page, "Plan a dinner")
        expect(page.get_by_text("Working")).to_be_visible()
    waiting = open_page(address)
    send(waiting, "Plan a lunch")
    expect(waiting.get_by_text("Waiting for a place: 0 before you.")).to_be_visible()
    waiting.locator("#alfred-stop").click()
    expect(log(waiting)).to_contain_text("Stopped")
    gate.set()
    for page in running:
        expect(log(page)).to_contain_text("served")
    assert len(server.requests) == 3


def test_a_closed_tab_stops_its_turn_and_frees_its_place(hosted, open_page):
    address, server = hosted(Reply(code("print(1)"), gate=threading.Event()))
    pages = [open_page(address) for _ in range(3)]
    for page in pages:
        send(page, "Plan a dinner")
        expect(page.get_by_text("Working")).to_be_visible()
    for page in pages:
        page.close()
    server.answer_with(code("final_answer('served')"))
    page = open_page(address)
    send(page, "Plan a lunch")
    expect(log(page)).to_contain_text("served")


def test_retry_undo_and_edit_change_what_the_model_remembers(hosted, open_page):
    address, server = hosted(code("final_answer('first answer')"))
    page = open_page(address)
    send(page, "Plan a dinner")
    answered(page)
    server.answer_with(code("final_answer('second answer')"))
    page.get_by_role("button", name="Retry").last.click()
    expect(log(page)).to_contain_text("second answer")
    ready(page)
    assert "first answer" not in heard(server)
    page.get_by_role("button", name="Edit").first.click()
    page.locator("#alfred-chat textarea").fill("Plan a soiree & tea")
    server.answer_with(code("final_answer('third answer')"))
    page.get_by_role("button", name="Submit").click()
    expect(log(page)).to_contain_text("third answer")
    ready(page)
    assert "soiree & tea" in heard(server)
    assert "second answer" not in heard(server)
    page.get_by_role("button", name="Undo").last.click()
    expect(log(page)).not_to_contain_text("third answer")
    expect(page.locator("#alfred-request textarea")).to_have_value("Plan a soiree & tea")
    send(page, "Plan a supper")
    expect(log(page)).to_contain_text("third answer")
    assert "soiree" not in heard(server)


def test_a_new_conversation_knows_nothing_of_the_old_one_which_stays_in_the_list(address, open_page):
    page = open_page(address)
    plan(page)
    page.locator("#alfred-new").click()
    expect(board(page)).to_contain_text("The plan will stand here")
    send(page, "what does that cost a head?")
    expect(log(page)).to_contain_text("Tell me the number of guests")
    ready(page)
    page.locator("#alfred-conversations button").first.click()
    page.get_by_role("radio", name="Plan a superhero").check()
    expect(board(page).locator("h2")).to_contain_text("Wayne Mansion")
    page.locator("#alfred-delete").click()
    expect(board(page)).to_contain_text("The plan will stand here")
    expect(page.get_by_role("radio")).to_have_count(1)


def test_a_conversation_outlives_a_reload_and_the_server(apps, open_page):
    address = apps.start()
    page = open_page(address)
    plan(page)
    reload(page)
    expect(board(page).locator("h2")).to_contain_text("Wayne Mansion")
    apps.stop(address)
    apps.start(GRADIO_SERVER_PORT=address.rpartition(":")[2])
    reload(page)
    expect(board(page).locator("h2")).to_contain_text("Wayne Mansion")
    send(page, "what does that cost a head?")
    expect(log(page)).to_contain_text("120.00 USD a head")


def test_a_turn_that_a_reload_cut_off_is_shown_and_can_be_tried_again(hosted, open_page):
    address, server = hosted(Reply(code("final_answer('too late')"), gate=threading.Event()))
    page = open_page(address)
    before = page.evaluate(KEPT)
    send(page, "Plan a dinner")
    assert server.asked.wait(30)
    page.wait_for_function(f"before => {KEPT} !== before", arg=before)
    reload(page)
    expect(log(page)).to_contain_text("This request was cut off")
    server.answer_with(code("final_answer('second answer')"))
    page.locator("#alfred-retry").click()
    expect(log(page)).to_contain_text("second answer")
    expect(log(page)).not_to_contain_text("cut off")
    expect(page.locator("#alfred-retry")).to_be_hidden()


def open_file(page, content):
    """Open a file with this content as a conversation."""
    page.locator("#alfred-conversations button").first.click()
    with page.expect_file_chooser() as chooser:
        page.locator("#alfred-open").click()
    chooser.value.set_files({"name": "party.json", "mimeType": "application/json", "buffer": content})


def test_a_conversation_goes_into_a_file_and_comes_back(address, open_page, tmp_path):
    page = open_page(address)
    plan(page)
    page.locator("#alfred-conversations button").first.click()
    with page.expect_download() as download:
        page.locator("#alfred-save").click()
    other = open_page(address)
    open_file(other, download.value.path().read_bytes())
    expect(board(other).locator("h2")).to_contain_text("Wayne Mansion")


def test_a_file_that_is_no_conversation_is_refused_in_a_sentence(address, open_page):
    page = open_page(address)
    open_file(page, b'{"turns": [{"request": "<b>"}]}')
    expect(page.locator("#alfred-notice")).to_contain_text("This is not a conversation with Alfred")
