"""Traces of turns as they reach a receiver: one a turn, whole, with the right names, tokens, status and visitor."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from smolagents import ChatMessage, LogLevel, MessageRole, Model, TokenUsage, ToolCallingAgent
from smolagents.models import ChatMessageToolCall, ChatMessageToolCallFunction

from alfred import __version__, watch
from alfred.events import Code, StepDone, Thought, ToolStarted
from alfred.models import ModelChoice
from alfred.planner import EmbeddedPlanner
from alfred.settings import Settings
from alfred.stop import Stop
from alfred.watch import watch_tool
from tests.stand_ins.chat_server import Reply, chat_server
from tests.stand_ins.scripted_model import ScriptedModel, code
from tests.stand_ins.traces import root, traces, tree, violations

TWO_TOOLS = code('a = suggest_menu("gala")', 'final_answer(a + superhero_party_theme("classic"))')


@pytest.fixture
def trace(take_turn, tracing, receiver):
    """Take a turn and return its spans and its end."""

    def take(model=None, tracer=None, asked=True, **options):
        *_, end = take_turn("Which menu?", model=model, tracer=tracer or tracing.of("visit", "bruce"), **options)
        receiver.finish(tracing)
        assert violations(receiver.spans, 1, asked) == []
        return receiver.spans, end

    return take


def named(spans, name):
    (only,) = [span for span in spans if span.name == name]
    return only


def test_a_turn_is_one_tree_with_the_tools_by_their_names(trace):
    spans, end = trace(ScriptedModel(TWO_TOOLS))
    assert tree(spans) == [
        "alfred.turn",
        "  alfred.run",
        "    Step 1",
        "      ScriptedModel.generate",
        "      alfred.code",
        "        suggest_menu",
        "        superhero_party_theme",
        "        final_answer",
        "      alfred.check",
    ]
    assert {span.status for span in spans} == {"ok"}
    assert end.trace_id == spans[0].trace


def test_the_root_tells_request_answer_and_figures(trace):
    spans, end = trace(ScriptedModel(TWO_TOOLS))
    told = root(spans).attributes
    assert (told["input.value"], told["output.value"]) == ("Which menu?", end.turn.answer)
    assert (told["alfred.status"], told["alfred.steps"], told["alfred.model"]) == ("done", 1, "scripted")
    assert (told["alfred.input_tokens"], told["alfred.output_tokens"]) == (100, 10)


def test_every_span_says_whose_it_is_in_the_names_of_both_receivers(trace):
    spans, _ = trace(ScriptedModel(TWO_TOOLS))
    for span in spans:
        said = span.attributes
        assert (said["session.id"], said["user.id"]) == ("visit", "bruce")
        assert said["langfuse.trace.tags"] == said["tag.tags"] == ["alfred", "default"]
        assert (said["langfuse.environment"], said["langfuse.release"]) == ("default", __version__)


def test_the_embedded_planner_is_a_model_like_any_other(trace):
    spans, end = trace()
    call = named(spans, "EmbeddedPlanner.generate")
    assert call.kind == "LLM"
    assert call.attributes["llm.model_name"] == "embedded-planner"
    assert call.attributes["llm.token_count.prompt"] == end.input_tokens
    assert "Which menu?" in call.attributes["llm.input_messages.1.message.content"]
    assert "suggest_menu" in call.attributes["llm.output_messages.0.message.content"]


def test_a_served_model_is_one_span_a_call(trace):
    with chat_server(code("print(1)"), code("final_answer(2)")) as server:
        spans, _ = trace(ModelChoice("openai", "tiny", base_url=f"{server.address}/v1").build())
    calls = [span for span in spans if span.kind == "LLM"]
    assert [call.name for call in calls] == ["OpenAIModel.generate"] * 2
    assert [call.attributes["llm.token_count.completion"] for call in calls] == [7, 7]


def test_an_error_that_the_model_mends_fails_its_step_alone(trace):
    spans, _ = trace(ScriptedModel(code("1 / 0"), code("final_answer('mended')")))
    assert [named(spans, f"Step {n}").status for n in (1, 2)] == ["error", "ok"]
    assert (root(spans).status, named(spans, "alfred.run").status) == ("ok", "ok")
    assert "ZeroDivisionError" in next(span for span in spans if span.name == "alfred.code").message


def test_a_model_that_fails_fails_everything_up_to_the_root(trace):
    spans, end = trace(ScriptedModel(ValueError("no model today")))
    assert {span.status for span in spans} == {"error"}
    assert root(spans).message == end.turn.answer
    assert root(spans).attributes["alfred.status"] == "failed"


def test_a_model_that_is_asked_again_is_seen_each_time(trace, monkeypatch):
    monkeypatch.setattr(watch, "RETRY_SECONDS", (0,))
    with chat_server(Reply(status=429), code("final_answer(1)")) as server:
        spans, _ = trace(ModelChoice("openai", "tiny", base_url=f"{server.address}/v1").build())
    assert [span.status for span in sorted(spans, key=lambda s: s.start) if span.kind == "LLM"] == ["error", "ok"]


def test_the_limit_of_steps_is_a_failed_turn_with_all_its_steps(trace):
    settings = Settings(ALFRED_EXECUTOR="local", ALFRED_MAX_STEPS=3)
    spans, end = trace(ScriptedModel(code("print(1)")), settings=settings)
    assert (root(spans).status, root(spans).message) == ("error", end.turn.answer)
    assert [span.name for span in spans if span.name.startswith("Step")] == ["Step 1", "Step 2", "Step 3"]


@pytest.mark.parametrize("phase", [Thought, Code, ToolStarted, StepDone])
def test_a_stop_in_any_phase_leaves_a_whole_trace_that_says_so(take_turn, tracing, receiver, caplog, phase):
    stop = Stop()
    model = ScriptedModel(code("print(suggest_menu('gala'))"))
    for event in take_turn("Which menu?", model=model, stop=stop, tracer=tracing.of("visit")):
        if isinstance(event, phase):
            stop.set()
    finish_turns()
    receiver.finish(tracing)
    assert violations(receiver.spans, 1) == []
    assert root(receiver.spans).attributes["alfred.status"] == "stopped"
    assert root(receiver.spans).status == "error"
    assert caplog.messages == []


def finish_turns():
    """Wait until no agent of a stopped turn is at work any more."""
    for thread in threading.enumerate():
        if thread.name == "turn":
            thread.join(10)


def test_a_stop_while_the_model_is_silent_ends_the_trace_at_once(trace, take_turn, caplog):
    gate, stop = threading.Event(), Stop()
    threading.Timer(0.2, stop.set).start()
    spans, end = trace(ScriptedModel(gate, code("final_answer(1)")), stop=stop)
    gate.set()
    finish_turns()
    call = named(spans, "ScriptedModel.generate")
    assert (call.status, call.message) == ("error", end.turn.answer)
    assert caplog.messages == []


def test_a_stop_before_the_beginning_leaves_a_root(trace):
    stop = Stop()
    stop.set()
    spans, _ = trace(ScriptedModel(code("final_answer(1)")), stop=stop, asked=False)
    assert root(spans).attributes["alfred.status"] == "stopped"


def test_a_reader_who_leaves_ends_the_trace(take_turn, tracing, receiver):
    turn = take_turn("Which menu?", model=ScriptedModel(code("print(1)")), tracer=tracing.of("visit"))
    next(turn)
    turn.close()
    receiver.finish(tracing)
    assert root(receiver.spans).attributes["alfred.status"] == "stopped"


def test_twenty_turns_at_once_never_mix(take_turn, tracing, receiver, caplog):
    def ask(n):
        model = ScriptedModel(
            code(f"print(suggest_menu('dinner'), 'word{n:02}')"), code(f"final_answer('word{n:02} again')")
        )
        list(take_turn(f"Plan word{n:02}", model=model, tracer=tracing.of(f"visit{n:02}")))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(ask, range(20)))
    receiver.finish(tracing, 20)
    assert violations(receiver.spans, 20) == []
    for spans in traces(receiver.spans).values():
        n = root(spans).attributes["session.id"][-2:]
        assert [f"word{other:02}" for other in range(20) if f"word{other:02}" in str(spans)] == [f"word{n}"]
    assert caplog.messages == []


def test_a_piece_of_work_that_a_turn_encloses_is_a_span_below_it(tracing, receiver):
    trace = tracing.of("visit").begin("Plan a dinner", EmbeddedPlanner())

    def work():
        trace.enter()
        with trace.span("alfred.check", check="budget") as span:
            span.note(ok=True)
        with pytest.raises(ValueError, match="too dear"), trace.span("alfred.repair"):
            raise ValueError("too dear")

    run_in_thread(work)
    trace.end("done", "A plan")
    trace.end("stopped", "never")
    receiver.finish(tracing)
    assert tree(receiver.spans) == ["alfred.turn", "  alfred.check", "  alfred.repair"]
    assert named(receiver.spans, "alfred.check").attributes["alfred.ok"] is True
    assert named(receiver.spans, "alfred.repair").status == "error"
    assert root(receiver.spans).attributes["alfred.status"] == "done"


def test_two_tools_at_the_same_time_are_two_spans_of_one_step(saved_agent, tracing, receiver):
    """Code in the jail calls one tool at a time; smolagents' tool-calling agents call theirs at once, in threads."""
    trace = tracing.of("visit").begin("Plan a dinner", EmbeddedPlanner())
    both_run = threading.Barrier(2)
    tools = [watch_tool(saved_agent.tool(name), Stop(), lambda _: both_run.wait(30), *IGNORED) for name in AT_ONCE]

    def work():
        trace.enter()
        ToolCallingAgent(tools, TwoAtOnce(), verbosity_level=LogLevel.OFF, max_steps=1).run("Both, please")

    run_in_thread(work)
    trace.end("done", "A plan")
    receiver.finish(tracing)
    assert violations(receiver.spans, 1, asked=False) == []
    first, second = (named(receiver.spans, name) for name in AT_ONCE)
    assert first.parent == second.parent == named(receiver.spans, "Step 1").id
    assert max(first.start, second.start) < min(first.end, second.end)


AT_ONCE = {"suggest_menu": {"occasion_type": "gala"}, "superhero_party_theme": {"category": "classic"}}
IGNORED = (lambda *_: None, lambda *_: None)


class TwoAtOnce(Model):
    """A model that asks for two tools in one breath."""

    def generate(self, messages, **options):
        calls = [
            ChatMessageToolCall(ChatMessageToolCallFunction(name=name, arguments=arguments), id=name, type="function")
            for name, arguments in AT_ONCE.items()
        ]
        return ChatMessage(MessageRole.ASSISTANT, "Both.", calls, token_usage=TokenUsage(100, 10))


def test_an_agent_that_has_answered_and_is_about_to_end_did_not_fail(tracing, receiver):
    trace = tracing.of("visit").begin("Plan a dinner", EmbeddedPlanner())

    def work():
        trace.enter()
        with trace.span("alfred.run"):
            trace.end("done", "A plan")

    run_in_thread(work)
    receiver.finish(tracing)
    assert [span.status for span in receiver.spans] == ["ok", "ok"]


def test_a_turn_of_very_many_pieces_keeps_the_first_and_no_orphan(tracing, receiver):
    trace = tracing.of("visit").begin("Plan a dinner", EmbeddedPlanner())

    def work():
        trace.enter()
        with trace.span("alfred.outer"):
            for _ in range(600):
                with trace.span("alfred.check"), trace.span("alfred.repair"):
                    pass

    run_in_thread(work)
    trace.end("done", "A plan")
    receiver.finish(tracing)
    assert len(receiver.spans) == 501
    assert violations(receiver.spans, 1, asked=False) == []


def run_in_thread(work):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()
