"""Whatever goes wrong is one sentence, with a way to try again, and the box works."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import log, ready, send
from tests.stand_ins.chat_server import Reply
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
    send(page, "Plan a dinner")
    expect(log(page)).to_contain_text(sentence)
    ready(page)
    page.locator("#alfred-retry").click()
    expect(log(page)).to_contain_text("good evening")
    expect(log(page)).not_to_contain_text(sentence)
    expect(page.locator("#alfred-retry")).to_be_hidden()
    expect(page.get_by_text("Traceback")).to_have_count(0)


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
