"""Traces read back from Arize Phoenix, which none of us wrote: the tree, tokens, status and sessions that it shows."""

import pytest

from tests.stand_ins.phoenix import phoenix
from tests.stand_ins.scripted_model import ScriptedModel, code
from tests.stand_ins.traces import root, traces, tree

MODELS = {
    "good": ScriptedModel(
        code('menu = suggest_menu("gala")', 'print(menu, superhero_party_theme("classic"))'),
        code("final_answer('A gala.')"),
    ),
    "mended": ScriptedModel(code("1 / 0"), code("final_answer('Mended.')")),
    "failed": ScriptedModel(ValueError("no model today")),
}

SPANS = 11 + 9 + 4


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with phoenix(tmp_path_factory.mktemp("phoenix")) as running:
        yield running


@pytest.fixture
def shown(server, trace_to, take_turn):
    """Take one turn with each model and return what Phoenix shows, by session."""
    tracing = trace_to(server)
    ends = {}
    for session, model in MODELS.items():
        *_, ends[session] = take_turn("Which menu?", model=model, tracer=tracing.of(session, "bruce"))
    tracing.close()
    spans = server.spans(SPANS)
    return ends, {root(trace).attributes["session.id"]: trace for trace in traces(spans).values()}


def line(span):
    return f"{span.name} {span.kind} {span.status}"


def test_phoenix_shows_each_turn_as_it_was(shown, server):
    ends, by_session = shown
    print(*tree(by_session["good"], line), sep="\n")
    assert tree(by_session["good"], line) == [
        "alfred.turn AGENT ok",
        "  alfred.run AGENT ok",
        "    Step 1 CHAIN ok",
        "      ScriptedModel.generate LLM ok",
        "      alfred.code CHAIN ok",
        "        suggest_menu TOOL ok",
        "        superhero_party_theme TOOL ok",
        "    Step 2 CHAIN ok",
        "      ScriptedModel.generate LLM ok",
        "      alfred.code CHAIN ok",
        "        final_answer TOOL ok",
        "      alfred.check CHAIN ok",
    ]
    assert [row for row in tree(by_session["mended"], line) if "error" in row] == [
        "    Step 1 CHAIN error",
        "      alfred.code CHAIN error",
    ]
    assert {span.status for span in by_session["failed"]} == {"error"}
    tokens = {
        row["trace_id"]: (row["token_count_prompt"], row["token_count_completion"]) for row in server.read("traces")
    }
    assert tokens == {end.trace_id: (end.input_tokens, end.output_tokens) for end in ends.values()}
    sessions = {row["session_id"]: [trace["trace_id"] for trace in row["traces"]] for row in server.read("sessions")}
    assert sessions == {session: [end.trace_id] for session, end in ends.items()}
