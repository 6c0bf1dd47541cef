"""Models: which one answers, and each failure of a hosted one told apart, against servers of the real protocols."""

import threading

import pytest
from pydantic import SecretStr
from smolagents import ChatMessage, MessageRole

from alfred.errors import (
    ModelError,
    ModelNotFoundError,
    ModelTimeoutError,
    ModelUnreachableError,
    QuotaError,
    RateLimitError,
    SettingError,
    TokenError,
)
from alfred.models import ModelChoice, choose_model, explain, is_rate_limit
from alfred.planner import EmbeddedPlanner
from alfred.settings import Settings
from tests.stand_ins.chat_server import Reply, chat_server
from tests.stand_ins.router import router

QWEN = "Qwen/Qwen2.5-Coder-32B-Instruct"
HELLO = [ChatMessage(MessageRole.USER, [{"type": "text", "text": "Hello"}])]


def choose(**settings):
    return choose_model(Settings(**settings), QWEN)


def test_without_a_token_the_embedded_planner_answers():
    assert isinstance(choose().build(), EmbeddedPlanner)


def test_with_a_token_the_model_of_agent_json_answers():
    assert choose(HF_TOKEN="hf_x").model_id == QWEN


def test_embedded_is_chosen_even_with_a_token():
    assert choose(ALFRED_MODEL="embedded", HF_TOKEN="hf_x").kind == "embedded"


def test_a_hugging_face_model_may_name_its_provider():
    choice = choose(ALFRED_MODEL="hf:meta/Llama@together", HF_TOKEN="hf_x")
    assert (choice.model_id, choice.provider) == ("meta/Llama", "together")


def test_an_openai_model_takes_its_server_and_key():
    choice = choose(ALFRED_MODEL="openai:qwen2.5:7b", OPENAI_BASE_URL="http://x/v1", OPENAI_API_KEY="k")
    assert (choice.model_id, choice.base_url) == ("qwen2.5:7b", "http://x/v1")


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"ALFRED_MODEL": "gpt"}, "write embedded, hf:"),
        ({"ALFRED_MODEL": "hf:a/b"}, "set HF_TOKEN"),
        ({"ALFRED_MODEL": "openai:a"}, "set OPENAI_BASE_URL"),
    ],
)
def test_a_wrong_choice_says_what_to_set(settings, missing):
    with pytest.raises(SettingError, match=missing):
        choose(**settings)


def test_a_choice_never_shows_its_token():
    assert "hf_secret" not in repr(choose(HF_TOKEN="hf_secret"))


def openai_choice(address, seconds=5.0):
    return ModelChoice("openai", "tiny", token=SecretStr("k"), base_url=f"{address}/v1", seconds=seconds)


def failure_of(choice):
    """Ask the model as a turn does and return what its failure is explained as."""
    with pytest.raises(Exception) as caught:  # noqa: PT011
        list(choice.build().generate_stream(HELLO))
    return caught.value, explain(caught.value, choice.model_id)


def test_an_openai_server_streams_its_answer_and_its_tokens():
    with chat_server("Thought: hello there") as server:
        deltas = list(openai_choice(server.address).build().generate_stream(HELLO))
    assert "".join(delta.content or "" for delta in deltas) == "Thought: hello there"
    assert [delta.token_usage.input_tokens for delta in deltas if delta.token_usage] == [11]


STATUSES = [
    (401, "refused", TokenError),
    (402, "refused", QuotaError),
    (403, "refused", TokenError),
    (404, "refused", ModelNotFoundError),
    (429, "refused", RateLimitError),
    (429, "insufficient_quota", QuotaError),
    (500, "refused", ModelError),
    (504, "refused", ModelTimeoutError),
]


@pytest.mark.parametrize(("status", "error", "kind"), STATUSES)
def test_statuses_of_an_openai_server_are_told_apart(status, error, kind):
    with chat_server(Reply(status=status, error=error)) as server:
        raised, explained = failure_of(openai_choice(server.address))
    assert type(explained) is kind
    assert is_rate_limit(raised) == (kind is RateLimitError)
    assert str(explained).startswith("The model tiny ")


def test_a_client_asks_once_so_that_the_turn_decides_on_retries():
    with chat_server(Reply(status=429)) as server:
        failure_of(openai_choice(server.address))
    assert len(server.requests) == 1


def test_silence_is_a_time_out():
    gate = threading.Event()
    with chat_server(Reply("late", gate=gate)) as server:
        _, explained = failure_of(openai_choice(server.address, seconds=0.2))
        gate.set()
    assert type(explained) is ModelTimeoutError


def test_a_closed_port_is_unreachable():
    with chat_server("x") as server:
        address = server.address
    _, explained = failure_of(openai_choice(address))
    assert type(explained) is ModelUnreachableError


def test_a_stream_that_breaks_off_is_a_failure_of_the_model():
    with chat_server(Reply("a long answer that never ends", breaks_off=True)) as server:
        raised, explained = failure_of(openai_choice(server.address))
    assert isinstance(explained, ModelError), raised


@pytest.fixture
def routed(tmp_path, monkeypatch):
    """Return a function that asks the default model through a stand-in of the inference router."""

    def ask(*replies, token="hf_token", seconds=5.0, provider=None):
        choice = ModelChoice("hf", QWEN, provider=provider, token=SecretStr(token), seconds=seconds)
        with chat_server(*replies) as server, router(tmp_path, monkeypatch, server.address):
            try:
                deltas = list(choice.build().generate_stream(HELLO))
                return "".join(delta.content or "" for delta in deltas), server
            except Exception as error:
                return explain(error, QWEN), server

    return ask


def test_the_router_streams_the_default_models_answer(routed):
    answer, server = routed("Thought: good evening")
    assert answer == "Thought: good evening"
    assert (server.requests[0]["path"], server.requests[0]["model"]) == ("/v1/chat/completions", QWEN)
    assert server.headers[0]["authorization"] == "Bearer hf_token"


@pytest.mark.parametrize(("status", "error", "kind"), STATUSES)
def test_statuses_of_the_router_are_told_apart(routed, status, error, kind):
    assert type(routed(Reply(status=status, error=error))[0]) is kind


def test_a_token_of_another_house_is_told(routed):
    explained, server = routed("x", token="sk-other")
    assert type(explained) is TokenError
    assert server.requests == []


def test_silence_of_the_router_is_a_time_out(routed):
    assert type(routed(Reply("late", gate=threading.Event()), seconds=0.2)[0]) is ModelTimeoutError


def test_no_failure_shows_the_token(routed):
    assert "hf_token" not in str(routed(Reply(status=401))[0])
