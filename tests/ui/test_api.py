"""The page's address for programs: /chat by gradio_client, /healthz by plain HTTP."""

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
    answer, conversation = client.predict("Plan a dinner for 40 guests for $2000", None, api_name="/chat")
    assert "40 guests" in answer
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


def test_chat_is_the_only_public_endpoint(client):
    endpoints = client.view_api(return_format="dict", print_info=False)
    assert list(endpoints["named_endpoints"]) == ["/chat"]
    assert endpoints["unnamed_endpoints"] == {}


def test_healthz_answers_json(address):
    with urllib.request.urlopen(f"{address}/healthz", timeout=10) as response:
        health = json.load(response)
    assert health == {"status": "ok", "model": "embedded-planner", "version": __version__}
