"""The page's endpoints for programs, by gradio_client; /healthz by plain HTTP."""

import json
import urllib.request

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from alfred import __version__


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False)


def test_chat_returns_the_answer_and_a_conversation_that_goes_on(client):
    _, conversation = client.predict("Plan a dinner for 40 guests for $2000", None, api_name="/chat")
    answer, conversation = client.predict("what does that cost a head?", conversation, api_name="/chat")
    assert "50.00 USD a head" in answer
    assert [turn["status"] for turn in conversation["turns"]] == ["done", "done"]


@pytest.mark.parametrize(
    ("request_text", "conversation", "sentence"),
    [("", None, "The request is empty"), ("dinner", {"turns": 3}, "not a conversation with Alfred")],
)
def test_a_fault_is_a_sentence(client, request_text, conversation, sentence):
    with pytest.raises(AppError, match=sentence):
        client.predict(request_text, conversation, api_name="/chat")


def test_nothing_else_is_public_and_each_endpoint_says_what_it_does(client, address):
    endpoints = client.view_api(return_format="dict", print_info=False)
    assert sorted(endpoints["named_endpoints"]) == ["/chat", "/check_plan", "/export", "/plan_party"]
    assert endpoints["unnamed_endpoints"] == {}
    assert all(endpoint["description"] for endpoint in endpoints["named_endpoints"].values())


def test_a_plan_is_made_checked_and_exported(client):
    request = "Plan a dinner at Wayne Mansion for 40 guests on 12 December 2030 at 7 pm for $2000"
    plan = client.predict(request, api_name="/plan_party")
    assert plan["guests"]["total"] == 40
    broken = client.predict(plan, request.replace("40", "50"), api_name="/check_plan")
    assert "guests" in [violation["rule"] for violation in broken]
    assert client.predict(plan, "ics", api_name="/export").startswith("BEGIN:VCALENDAR")


def test_what_is_no_plan_is_refused_in_a_sentence(client):
    with pytest.raises(AppError, match="not a whole plan"):
        client.predict({"title": "Party"}, "ics", api_name="/export")


def test_a_question_that_asks_for_no_plan_gets_none(client):
    with pytest.raises(AppError, match="No plan came of this request"):
        client.predict("How much ice for 20 guests?", api_name="/plan_party")


def test_healthz_answers_json(address):
    with urllib.request.urlopen(f"{address}/healthz", timeout=10) as response:
        health = json.load(response)
    assert health == {"status": "ok", "model": "embedded-planner", "version": __version__}
