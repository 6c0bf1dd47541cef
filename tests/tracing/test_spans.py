"""What leaves the process: no secret, no other turn's words, nothing too long, and on request no words at all."""

import pytest

from alfred.settings import Settings
from alfred.tracing.spans import ATTRIBUTE_CHARACTERS, SPAN_CHARACTERS
from tests.stand_ins.scripted_model import ScriptedModel, code
from tests.stand_ins.traces import root, violations

TOKEN = "hf_PlantedPlantedPlanted1"
PLANTED = [TOKEN, "moonlight-sonata", "alfred@manor.example", "+44 20 7946 0958"]


def plant(take_turn, tracing, receiver):
    """Take a turn with secrets in its request, code, prints, answer, error and tool arguments."""
    words = " ".join(PLANTED)
    model = ScriptedModel(
        code(f"print({words!r})", f"raise ValueError({words!r})", thought=words),
        code(f"suggest_menu({words!r})", f"final_answer({words!r})"),
    )
    list(take_turn(f"Plan a dinner, {words}", model=model, tracer=tracing.of("visit")))
    list(take_turn("Plan a dinner", model=ScriptedModel(ValueError(words)), tracer=tracing.of("visit")))
    receiver.finish(tracing, 2)


def test_planted_secrets_are_nowhere_in_the_payload(take_turn, trace_to, receiver, monkeypatch):
    monkeypatch.setenv("PLANTED_API_KEY", "moonlight-sonata")
    plant(take_turn, trace_to(receiver), receiver)
    assert violations(receiver.spans, 2) == []
    assert [secret for secret in PLANTED if secret.encode() in receiver.payload] == []


def test_without_redaction_all_of_them_would_be_there(take_turn, trace_to, receiver, monkeypatch):
    monkeypatch.setattr("alfred.tracing.provider.Redactor", lambda *arguments: str)
    plant(take_turn, trace_to(receiver), receiver)
    assert [secret for secret in PLANTED if secret.encode() in receiver.payload] == PLANTED


def test_contacts_are_sent_where_they_are_wanted(take_turn, trace_to, receiver):
    plant(take_turn, trace_to(receiver, ALFRED_TRACE_CONTACTS="on"), receiver)
    assert b"alfred@manor.example" in receiver.payload
    assert TOKEN.encode() not in receiver.payload


def test_without_content_structure_times_and_counts_remain(take_turn, trace_to, receiver):
    tracing = trace_to(receiver, ALFRED_TRACE_CONTENT="off")
    model = ScriptedModel(code("raise ValueError('kryptonite')"), code("final_answer(suggest_menu('kryptonite'))"))
    list(take_turn("Plan a kryptonite dinner", model=model, tracer=tracing.of("visit")))
    receiver.finish(tracing)
    assert violations(receiver.spans, 1) == []
    assert b"kryptonite" not in receiver.payload
    assert b"dinner" not in receiver.payload
    assert root(receiver.spans).attributes["alfred.steps"] == 2
    assert {"suggest_menu", "Step 1", "alfred.code"} <= {span.name for span in receiver.spans}


def test_a_prompt_of_earlier_turns_stays_with_its_visitor(take_turn, tracing, receiver):
    list(take_turn("Plan a dinner at Castle Alder", tracer=tracing.of("first")))
    list(take_turn("Plan a dinner at Castle Birch", tracer=tracing.of("second")))
    receiver.finish(tracing, 2)
    seconds = [span for span in receiver.spans if span.attributes["session.id"] == "second"]
    assert "Birch" in str(seconds)
    assert "Alder" not in str(seconds)
    assert b"smolagents.task" not in receiver.payload


@pytest.mark.parametrize("place", ["answer", "prints"])
def test_long_texts_are_cut_and_no_secret_is_seen_half(take_turn, tracing, receiver, place):
    padding = ATTRIBUTE_CHARACTERS - 10
    said = {"answer": "final_answer({})", "prints": "print({}); final_answer(1)"}[place]
    text = f"'x' * {padding} + ' {TOKEN} ' + 'y' * 100000"
    list(take_turn("Plan", model=ScriptedModel(code(said.format(text))), tracer=tracing.of("visit")))
    receiver.finish(tracing)
    assert violations(receiver.spans, 1) == []
    assert b"x" * (padding - 100) in receiver.payload
    assert TOKEN[:10].encode() not in receiver.payload
    assert max(map(size, receiver.spans)) <= SPAN_CHARACTERS + 2_000


def size(span):
    return sum(len(value) for value in span.attributes.values() if isinstance(value, str))


def test_many_long_messages_do_not_make_a_span_too_long(take_turn, tracing, receiver):
    lines = [code(f"print('{n}' * 30000)") for n in range(8)]
    settings = Settings(ALFRED_EXECUTOR="local", ALFRED_MAX_STEPS=10)
    model = ScriptedModel(*lines, code("final_answer(1)"))
    list(take_turn("Plan", model=model, settings=settings, tracer=tracing.of("visit")))
    receiver.finish(tracing)
    assert violations(receiver.spans, 1) == []
    assert max(map(size, receiver.spans)) <= SPAN_CHARACTERS + 2_000
    assert len([span for span in receiver.spans if span.kind == "LLM"]) == 9
