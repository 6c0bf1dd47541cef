"""A thumb under an answer is a score of its turn's trace."""

from tests.browser.desk import plan, ready, send
from tests.stand_ins.otlp_receiver import otlp_receiver
from tests.stand_ins.traces import root, traces

SCORES = "/api/public/scores"


def test_a_thumb_reaches_the_trace_of_its_turn_as_a_score(start_app, open_page):
    with otlp_receiver(public_key="pk-lf-test", secret_key="sk-lf-test") as receiver:
        keys = {"LANGFUSE_PUBLIC_KEY": "pk-lf-test", "LANGFUSE_SECRET_KEY": "sk-lf-test"}
        page = open_page(start_app(LANGFUSE_BASE_URL=receiver.address, **keys))
        plan(page)
        send(page, "Make it 20 guests")
        receiver.wait_for_turns(2)
        ready(page)
        page.get_by_role("button", name="Like", exact=True).first.click()
        receiver.wait_for(lambda: len(receiver.posted(SCORES)) == 1)
        page.get_by_role("button", name="Dislike", exact=True).last.click()
        receiver.wait_for(lambda: len(receiver.posted(SCORES)) == 2)
    first, second = traces(receiver.spans)
    assert [(score["traceId"], score["value"]) for score in receiver.posted(SCORES)] == [(first, 1), (second, 0)]
    assert "20 guests" in root(traces(receiver.spans)[second]).attributes["input.value"]
