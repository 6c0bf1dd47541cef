"""Scores for Langfuse, and whether the keys are right."""

import base64

import pytest

from alfred.settings import Settings
from alfred.tracing.backend import ask, send_score
from alfred.tracing.targets import find_targets
from tests.stand_ins.otlp_receiver import otlp_receiver

TRACE = "0123456789abcdef0123456789abcdef"


def langfuse(receiver, secret="sk-lf-right"):
    keys = {"LANGFUSE_PUBLIC_KEY": "pk-lf-right", "LANGFUSE_SECRET_KEY": secret}
    (target,) = find_targets(Settings(LANGFUSE_BASE_URL=receiver.address, **keys))
    return target


def collector(receiver, signal="TRACES"):
    (target,) = find_targets(Settings(**{f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT": f"{receiver.address}/v1/x"}))
    return target


@pytest.fixture
def server():
    with otlp_receiver(public_key="pk-lf-right", secret_key="sk-lf-right") as receiving:
        yield receiving


@pytest.mark.parametrize("liked", [True, False])
def test_a_thumb_is_a_score_of_its_trace(server, liked):
    send_score(langfuse(server), TRACE, liked)
    (score,) = server.posted("/api/public/scores")
    assert (score["traceId"], score["value"], score["dataType"]) == (TRACE, int(liked), "BOOLEAN")
    ((_, headers, _),) = server.requests
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")) == b"pk-lf-right:sk-lf-right"


@pytest.mark.parametrize("trace_id", ["", "0" * 31, "g" * 32, f"{TRACE}/../x"])
def test_what_is_no_trace_gets_no_score(server, trace_id):
    send_score(langfuse(server), trace_id, True)
    assert server.requests == []


@pytest.mark.parametrize("kind", ["down", "500"])
def test_a_thumb_that_does_not_arrive_is_one_warning(kind, caplog):
    with otlp_receiver(kind) as failing:
        send_score(langfuse(failing), TRACE, True)
    (line,) = caplog.messages
    assert line.startswith("A thumb did not reach Langfuse at 127.0.0.1:")


def test_right_keys_name_the_project(server):
    right, sentence = ask(langfuse(server))
    assert right
    assert sentence.endswith("takes what is sent into the project 'manor'.")


def test_wrong_keys_are_told(server):
    right, sentence = ask(langfuse(server, "sk-lf-wrong"))
    assert not right
    assert sentence.endswith("refused the keys (status 401): check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY.")


@pytest.mark.parametrize("signal", ["TRACES", "METRICS"])
def test_a_collector_is_asked_in_its_own_way(receiver, signal):
    assert ask(collector(receiver, signal)) == (
        True,
        f"The OpenTelemetry collector at {receiver.address[7:]} takes what is sent.",
    )
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("down", "cannot be reached: check the address"),
        ("silent", "did not answer within 3 seconds"),
        ("401", "check OTEL_"),
    ],
)
def test_a_receiver_that_fails_is_told(kind, words):
    with otlp_receiver(kind) as failing:
        right, sentence = ask(collector(failing))
    assert not right
    assert words in sentence
