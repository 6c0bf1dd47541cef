"""Receivers that fail, each in its way: turns go on, and the log says it once in a sentence."""

import logging
import time

import pytest

from alfred.settings import Settings
from alfred.tracing import start_tracing
from tests.stand_ins.otlp_receiver import KINDS, otlp_receiver
from tests.stand_ins.scripted_model import ScriptedModel, code

SENTENCES = {
    "down": "cannot be reached: turns go on, traces that cannot be sent are dropped.",
    "silent": "did not answer within 3 seconds: turns go on",
    "401": "refused the keys (status 401): turns go on",
    "429": "takes no more at the moment (status 429): turns go on",
    "500": "answered with status 500: turns go on",
}


def turn(take_turn, tracing):
    *_, end = take_turn("Which menu?", model=ScriptedModel(code("final_answer(7)")), tracer=tracing.of("visit"))
    return end


def told(receiver, caplog):
    """Return what the log says of a receiver."""
    return [line for line in caplog.messages if receiver.address.removeprefix("http://") in line]


def until(met):
    """Wait for something that another thread does."""
    deadline = time.monotonic() + 30
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_failing_receiver_is_told_once_and_turns_go_on(take_turn, trace_to, caplog, kind):
    with otlp_receiver(kind) as receiver:
        tracing = trace_to(receiver)
        assert turn(take_turn, tracing).turn.answer == "7"
        until(lambda: told(receiver, caplog))
        assert turn(take_turn, tracing).turn.answer == "7"
        tracing.close()
    (line,) = told(receiver, caplog)
    assert line.startswith(f"The OpenTelemetry collector at {receiver.address[7:]} {SENTENCES[kind]}")


def test_every_way_to_fail_is_tried_here_but_the_slow_one_that_delivers():
    assert set(SENTENCES) == set(KINDS) - {"slow"}


def test_a_slow_receiver_gets_everything_and_nothing_is_logged(take_turn, trace_to, caplog):
    with otlp_receiver("slow") as receiver:
        tracing = trace_to(receiver)
        turn(take_turn, tracing)
        receiver.finish(tracing)
        assert len([span for span in receiver.spans if span.name == "alfred.turn"]) == 1
    assert told(receiver, caplog) == []


def test_a_receiver_that_comes_back_is_told_too(take_turn, trace_to, receiver, caplog, monkeypatch):
    caplog.set_level(logging.INFO, "alfred.tracing")
    tracing = trace_to(receiver)
    with monkeypatch.context() as broken:
        broken.setattr("requests.adapters.HTTPAdapter.send", refuse)
        turn(take_turn, tracing)
        until(lambda: told(receiver, caplog))
    turn(take_turn, tracing)
    receiver.finish(tracing)
    assert "cannot be reached" in told(receiver, caplog)[0]
    assert told(receiver, caplog)[1].endswith("takes what is sent again.")


def refuse(*arguments, **options):
    raise OSError("no route")


def test_one_receiver_that_is_silent_does_not_hold_the_other_back(take_turn, receiver, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=of-the-collector")
    with otlp_receiver("silent") as silent:
        tracing = start_tracing(
            Settings(
                LANGFUSE_PUBLIC_KEY="pk-lf-public",
                LANGFUSE_SECRET_KEY="sk-lf-secret",
                LANGFUSE_BASE_URL=receiver.address,
                OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=f"{silent.address}/v1/traces",
            )
        )
        turn(take_turn, tracing)
        receiver.wait_for_turns(1)
        tracing.close()


def test_both_receivers_get_everything_each_with_its_own_keys(take_turn, receiver, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-collector-key=of-the-collector")
    with otlp_receiver(public_key="pk-lf-public", secret_key="sk-lf-secret") as langfuse:
        tracing = start_tracing(
            Settings(
                LANGFUSE_PUBLIC_KEY="pk-lf-public",
                LANGFUSE_SECRET_KEY="sk-lf-secret",
                LANGFUSE_HOST=langfuse.address,
                OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address,
            )
        )
        turn(take_turn, tracing)
        receiver.wait_for_turns(1)
        langfuse.finish(tracing)
        ((path, headers, _),) = langfuse.requests
    assert path == "/api/public/otel/v1/traces"
    assert headers["x-langfuse-ingestion-version"] == "4"
    assert "x-collector-key" not in headers
    assert {path for path, _, _ in receiver.requests} == {"/v1/traces", "/v1/metrics"}
    assert all(headers["x-collector-key"] == "of-the-collector" for _, headers, _ in receiver.requests)
    assert not any("Authorization" in headers for _, headers, _ in receiver.requests)
    assert sorted(span.id for span in langfuse.spans) == sorted(span.id for span in receiver.spans)


def test_a_collector_that_takes_no_metrics_is_told_once_and_gets_traces(take_turn, caplog, receiver):
    with otlp_receiver("500") as other:
        addresses = {"TRACES": f"{receiver.address}/v1/traces", "METRICS": f"{other.address}/v1/metrics"}
        variables = {f"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT": address for signal, address in addresses.items()}
        tracing = start_tracing(Settings(**variables))
        turn(take_turn, tracing)
        receiver.finish(tracing)
    (line,) = told(other, caplog)
    assert "metrics that cannot be sent are dropped" in line
    assert len(receiver.spans) > 5


def test_a_collector_that_is_down_is_told_once_for_all_signals(take_turn, caplog):
    with otlp_receiver("down") as receiver:
        tracing = start_tracing(Settings(OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address))
        turn(take_turn, tracing)
        until(lambda: told(receiver, caplog))
        tracing.close()
    assert len(told(receiver, caplog)) == 1


def test_wrong_langfuse_keys_are_named(take_turn, caplog):
    with otlp_receiver(public_key="pk-lf-right", secret_key="sk-lf-right") as langfuse:
        keys = {"LANGFUSE_PUBLIC_KEY": "pk-lf-right", "LANGFUSE_SECRET_KEY": "sk-lf-wrong"}
        tracing = start_tracing(Settings(LANGFUSE_BASE_URL=langfuse.address, **keys))
        turn(take_turn, tracing)
        langfuse.wait_for_turns(1)
        tracing.close()
    (line,) = told(langfuse, caplog)
    assert line.startswith("Langfuse at 127.0.0.1:")
    assert line.endswith("Check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY.")
    assert "sk-lf" not in line
