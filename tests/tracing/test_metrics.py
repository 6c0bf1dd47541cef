"""Metrics: by OTLP to a collector, in Prometheus's form, and the same figures as the traces."""

import re

import pytest

from alfred.sandbox import ChildLostError, JailExecutor
from alfred.settings import Settings
from alfred.tracing import start_tracing
from alfred.tracing.metrics import _COUNTERS, _HISTOGRAMS
from tests.stand_ins.scripted_model import ScriptedModel, code


@pytest.fixture
def metrics(take_turn):
    """Take turns with Prometheus's metrics on and return them."""
    tracing = start_tracing(Settings(ALFRED_METRICS=True))

    def take(*models, **options):
        for model in models:
            list(take_turn("Which menu?", model=model, tracer=tracing.of("visit"), **options))
        return read(tracing.prometheus())

    yield take
    tracing.close()


def read(text):
    """Return the samples of Prometheus's text, without buckets."""
    pairs = re.findall(r"^(\w+(?:\{.*\})?) (\S+)$", text.decode(), re.MULTILINE)
    return {name.replace('"', ""): float(value) for name, value in pairs if "_bucket" not in name}


def test_a_good_turn_in_figures(metrics):
    told = metrics(ScriptedModel(code("print(suggest_menu('gala'))"), code("final_answer(1)")))
    assert told["alfred_turns_total{outcome=done}"] == 1
    assert told["alfred_step_duration_seconds_count{error=false}"] == 2
    assert told["alfred_tool_duration_seconds_count{outcome=done,tool=suggest_menu}"] == 1
    assert told["alfred_code_duration_seconds_count{outcome=done}"] == 2
    assert told["gen_ai_client_token_usage_sum{gen_ai_request_model=scripted,gen_ai_token_type=input}"] == 200
    assert told["gen_ai_client_operation_duration_seconds_count{gen_ai_request_model=scripted,outcome=done}"] == 2
    assert told["alfred_turns_running"] == told["alfred_queue_length"] == 0
    assert told["process_memory_usage_bytes"] > 1e7


def test_a_bad_turn_in_figures(metrics):
    in_process = Settings(ALFRED_EXECUTOR="local")
    told = metrics(ScriptedModel(code("1 / 0"), code("suggest_menu()"), ValueError("no model")), settings=in_process)
    assert told["alfred_turns_total{outcome=failed}"] == 1
    assert told["alfred_step_errors_total{error_type=AgentExecutionError}"] == 2
    assert told["alfred_tool_duration_seconds_count{outcome=failed,tool=suggest_menu}"] == 1
    assert told["gen_ai_client_operation_duration_seconds_count{gen_ai_request_model=scripted,outcome=failed}"] == 1


def test_a_killed_child_is_counted(metrics, monkeypatch):
    def lose(*arguments):
        raise ChildLostError("killed")

    monkeypatch.setattr(JailExecutor, "__call__", lose)
    told = metrics(ScriptedModel(code("final_answer(1)")))
    assert told["alfred_code_kills_total"] == 10


def test_an_answer_from_a_tools_cache_is_counted(metrics, saved_agent, monkeypatch):
    rows = [{"title": "Hall", "address": "https://hall.example/", "snippet": "A hall"}]
    kept = {"until": float("inf"), "engine": "duckduckgo", "rows": rows, "words": "hall"}
    monkeypatch.setitem(saved_agent.tool("web_search").known, "hall", kept)
    told = metrics(ScriptedModel(code("print(web_search('hall'))", "final_answer(1)")))
    assert told["alfred_cache_hits_total{tool=web_search}"] == 1


def test_the_length_of_the_queue_is_the_pages(metrics, take_turn):
    tracing = start_tracing(Settings(ALFRED_METRICS=True))
    tracing.watch_queue(lambda: 3)
    assert read(tracing.prometheus())["alfred_queue_length"] == 3
    tracing.close()


def test_a_collector_gets_every_metric(take_turn, receiver):
    tracing = start_tracing(Settings(OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address))
    list(
        take_turn(
            "Which menu?",
            model=ScriptedModel(code("1 / 0"), code("final_answer(suggest_menu('gala'))")),
            tracer=tracing.of("visit"),
        )
    )
    receiver.finish(tracing)
    gauges = {"alfred.turns.running", "alfred.queue.length", "process.memory.usage"}
    assert receiver.metrics == {*_HISTOGRAMS, *_COUNTERS, *gauges} - {"alfred.code.kills", "alfred.cache.hits"}


def test_langfuse_gets_no_metrics(take_turn, receiver):
    keys = {"LANGFUSE_PUBLIC_KEY": "pk-lf-public", "LANGFUSE_SECRET_KEY": "sk-lf-secret"}
    tracing = start_tracing(Settings(LANGFUSE_BASE_URL=receiver.address, **keys))
    list(take_turn("Which menu?", tracer=tracing.of("visit")))
    receiver.finish(tracing)
    assert {path for path, _, _ in receiver.requests} == {"/api/public/otel/v1/traces"}
