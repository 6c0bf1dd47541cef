"""Whatever goes wrong is one sentence, with a way to try again, and the box works."""

import re
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.desk import answered, log, ready, send
from tests.stand_ins.chat_server import Reply, chat_server
from tests.stand_ins.folders import edit, whole_space
from tests.stand_ins.ports import free_port
from tests.stand_ins.scripted_model import code

GOOD = code("final_answer('good evening')")


@pytest.mark.parametrize(
    ("replies", "sentence"),
    [
        ([Reply(status=401)], "The model tiny refused the token"),
        ([Reply(status=402)], "the account has no credit left"),
        ([Reply(status=429, error="insufficient_quota")], "the account has no credit left"),
        ([Reply(status=429)] * 4, "gets too many requests"),
        ([Reply(status=503)], "failed with status 503"),
        ([Reply(status=504)], "did not answer in time"),
        ([Reply(GOOD, breaks_off=True)], "The model tiny"),
        ([Reply(code("print(1)"))] * 3, "took all of his 3 steps"),
    ],
    ids=["401", "402", "quota", "429", "503", "504", "broken off", "step limit"],
)
def test_a_failure_is_one_sentence_and_retry_brings_the_answer(replies, sentence, hosted, open_page):
    address, _ = hosted(*replies, Reply(GOOD))
    page = open_page(address)
    fail(page, sentence)
    retry_succeeds(page, sentence)


def fail(page, sentence, request="Plan a dinner"):
    """Send a request and see it fail with this sentence and nothing of the machinery."""
    send(page, request)
    expect(log(page)).to_contain_text(sentence)
    ready(page)
    expect(page.get_by_text("Traceback")).to_have_count(0)


def retry_succeeds(page, sentence):
    """Try again and see the answer in the place of the sentence."""
    page.locator("#alfred-retry").click()
    expect(log(page)).to_contain_text("good evening")
    expect(log(page)).not_to_contain_text(sentence)
    expect(page.locator("#alfred-retry")).to_be_hidden()


def test_after_a_failure_another_request_can_be_sent(hosted, open_page):
    address, _ = hosted(Reply(status=401), Reply(GOOD))
    page = open_page(address)
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text("refused the token")
    ready(page)
    send(page, "Plan a lunch")
    expect(log(page)).to_contain_text("good evening")


def test_a_request_that_is_too_long_stays_in_the_box_to_be_shortened(address, open_page):
    page = open_page(address)
    send(page, "x" * 5000)
    expect(page.locator("#alfred-notice")).to_contain_text("5,000 characters")
    expect(page.locator("#alfred-request textarea")).to_have_value("x" * 5000)


@pytest.fixture(scope="module")
def impatient(start_app) -> tuple[str, int]:
    """The app that waits a second for its model and takes two requests an hour, and the port where it asks."""
    port = free_port()
    variables = {"OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1", "ALFRED_MODEL": "openai:tiny"}
    limits = {"ALFRED_MODEL_SECONDS": "1", "ALFRED_TURNS_AN_HOUR": "2"}
    return start_app(**variables, **limits, ALFRED_EXECUTOR="local"), port


def from_(visitor: str) -> dict:
    """Return what makes a context come from an address of its own, as a Space's proxy tells it."""
    return {"extra_http_headers": {"X-Forwarded-For": visitor}}


def test_a_model_that_stays_silent_is_given_up(impatient, open_page):
    address, port = impatient
    gate = threading.Event()
    with chat_server(Reply(GOOD, gate=gate), Reply(GOOD), port=port):
        page = open_page(address, **from_("203.0.113.1"))
        fail(page, "The model tiny did not answer in time")
        retry_succeeds(page, "did not answer in time")
        gate.set()


def test_a_model_that_cannot_be_reached_is_asked_again_by_retry(impatient, open_page):
    address, port = impatient
    page = open_page(address, **from_("203.0.113.2"))
    fail(page, "The model tiny cannot be reached")
    with chat_server(GOOD, port=port):
        retry_succeeds(page, "cannot be reached")


def test_who_asks_too_much_in_an_hour_is_told_and_keeps_the_words(impatient, open_page):
    address, port = impatient
    with chat_server(GOOD, port=port):
        page = open_page(address, **from_("203.0.113.3"))
        for request in ("Plan a dinner", "Plan a brunch"):
            send(page, request)
            expect(log(page)).to_contain_text(request)
            answered(page)
        send(page, "Plan a lunch")
        expect(page.get_by_role("alert")).to_contain_text("2 requests within an hour")
        expect(page.locator("#alfred-request textarea")).to_have_value("Plan a lunch")
        ready(page)
        other = open_page(address, **from_("203.0.113.4"))
        send(other, "Plan a lunch")
        expect(log(other)).to_contain_text("good evening")


def test_where_the_jail_does_not_hold_no_code_runs_and_the_page_says_what_to_set(start_app, open_page):
    address = start_app(program=("-m", "tests.stand_ins.unlockable", "app.py"))
    sentence = "Set ALFRED_EXECUTOR to docker, e2b, modal or blaxel"
    page = open_page(address)
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    fail(page, sentence)
    page.locator("#alfred-retry").click()
    ready(page)
    expect(log(page)).to_contain_text(sentence)
    expect(page.locator("#alfred-retry")).to_be_visible()


BUGS = {
    "soiree": ("alfred/task.py", "    opening = f", "Something went wrong inside Alfred"),
    "masquerade": ("alfred/turn.py", "    brief = read_brief(", "Something went wrong on this page"),
}


@pytest.fixture(scope="module")
def broken(apps, tmp_path_factory) -> str:
    """The address of an app with a bug that fails for each of two words, in the turn's thread and before it."""
    folder = whole_space(tmp_path_factory.mktemp("broken"))
    for word, (file, line, _) in BUGS.items():
        edit(folder / file, line, f"    1 / ({word!r} not in request)\n{line}")
    return apps.start(folder=folder, ALFRED_EXECUTOR="local")


@pytest.mark.parametrize("word", BUGS)
def test_a_bug_is_one_sentence_with_a_reference_under_which_the_log_has_the_traceback(word, broken, apps, open_page):
    file, _, sentence = BUGS[word]
    page = open_page(broken)
    fail(page, sentence, request=f"Plan a {word} for 9 guests")
    reference = re.search(r"\(reference (\w{8})\)", log(page).inner_text())[1]
    expect(page.get_by_text("ZeroDivisionError")).to_have_count(0)
    apps.printed[broken].wait_for(rf"ERROR .*{reference}[^\0]*{file}[^\0]*ZeroDivisionError")
    page.locator("#alfred-retry").click()
    expect(log(page)).not_to_contain_text(reference)
    expect(log(page)).to_contain_text(sentence)
    ready(page)
    send(page, "Plan a dinner for 9 guests")
    expect(log(page)).to_contain_text("9 guests")
    answered(page)
