"""The provider: our own, and a process that ends in time with what can be sent sent."""

import os
import subprocess
import sys

import pytest
from opentelemetry import trace
from smolagents import CodeAgent

from alfred import __version__
from alfred.agent import ROOT
from alfred.settings import Settings
from tests.stand_ins.otlp_receiver import otlp_receiver
from tests.stand_ins.scripted_model import ScriptedModel, code
from tests.stand_ins.traces import violations


def test_the_global_provider_stays_untouched(take_turn, tracing):
    before = trace.get_tracer_provider()
    list(take_turn("Which menu?", model=ScriptedModel(code("final_answer(1)")), tracer=tracing.of("visit")))
    assert trace.get_tracer_provider() is before
    assert type(before).__name__ == "ProxyTracerProvider"


def test_an_agent_outside_a_turn_is_nobodys_and_not_sent(saved_agent, tracing, receiver):
    CodeAgent(tools=[], model=ScriptedModel(code("final_answer(1)")), verbosity_level=0).run("Not a turn")
    tracing.close()
    assert receiver.requests == []


def test_smolagents_is_as_it_was_after_the_end(tracing):
    during = CodeAgent.run
    tracing.close()
    assert during is not CodeAgent.run
    assert not hasattr(CodeAgent.run, "__wrapped__")


def plan(receiver):
    """Start a process that takes one turn in the terminal, traced."""
    ours = {field.alias for field in Settings.model_fields.values()}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.address
    command = [sys.executable, "-m", "alfred", "plan", "Which menu for a gala?"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_process_sends_its_trace_before_it_ends(receiver):
    with plan(receiver) as process:
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert violations(receiver.spans, 1) == []
    assert "alfred.turns" in receiver.metrics
    assert (receiver.resource["service.name"], receiver.resource["service.version"]) == ("alfred", __version__)


# OpenTelemetry alone would wait for 11 to 30 seconds here. The bound leaves room for a busy machine.
@pytest.mark.parametrize("kind", ["down", "silent", "429"])
def test_a_process_ends_soon_whatever_the_receiver_does(kind):
    with otlp_receiver(kind) as receiver, plan(receiver) as process:
        assert "menu" in process.stdout.readline()
        process.stdout.read()
        assert process.wait(6) == 0
