"""A turn: its events, its limits, its stop, and that no turn sees another."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr
from smolagents import LocalPythonExecutor

from alfred import agent, turn, watch
from alfred.conversation import Conversation
from alfred.errors import RequestError
from alfred.events import (
    Answer,
    Code,
    Failure,
    Observation,
    StepDone,
    Thought,
    ToolFinished,
    ToolStarted,
    TurnEnded,
)
from alfred.models import ModelChoice
from alfred.sandbox import SelfTest
from alfred.settings import Settings
from alfred.stop import Stop
from tests.stand_ins.chat_server import Reply, chat_server
from tests.stand_ins.router import router
from tests.stand_ins.scripted_model import ScriptedModel, code


def kinds(events):
    return list(dict.fromkeys(type(event).__name__ for event in events))


def wait_for_turns():
    """Wait until the agents of stopped turns have let go."""
    for thread in threading.enumerate():
        if thread.name == "turn":
            thread.join(10)


def test_a_turn_tells_its_step_from_thought_to_answer(take_turn):
    model = ScriptedModel(code('final_answer(suggest_menu("dinner"))'))
    events = list(take_turn("Which menu?", model=model))
    assert kinds(events) == [
        "Thought",
        "Code",
        "ToolStarted",
        "ToolFinished",
        "StepDone",
        "Answer",
        "TurnEnded",
    ]
    assert "".join(event.text for event in events if isinstance(event, Thought)).strip() == "I think."


def test_tools_are_told_by_their_real_names_and_in_pairs(take_turn):
    model = ScriptedModel(code('suggest_menu("gala")', 'final_answer(superhero_party_theme("classic"))'))
    events = list(take_turn("Menu and theme", model=model))
    started = [(event.call, event.name) for event in events if isinstance(event, ToolStarted)]
    finished = [(event.call, event.name) for event in events if isinstance(event, ToolFinished)]
    assert started == finished == [(1, "suggest_menu"), (2, "superhero_party_theme")]


def test_the_brief_is_a_variable_with_every_key(take_turn):
    model = ScriptedModel(code("final_answer(f\"{brief['guests']} {brief['venue']}\")"))
    *_, answer, _ = take_turn("Plan a dinner for 12", model=model)
    assert answer == Answer("12 None")


def test_an_error_in_the_code_goes_back_to_the_model(take_turn):
    model = ScriptedModel(code("print('before')", "1 / 0"), code("final_answer('mended')"))
    events = list(take_turn("Anything", model=model))
    done = [event for event in events if isinstance(event, StepDone)]
    assert "division by zero" in done[0].error
    assert done[1].error is None
    assert any("before" in event.text for event in events if isinstance(event, Observation))


def test_the_turn_counts_steps_calls_and_tokens(take_turn):
    model = ScriptedModel(code("print(1)"), code("final_answer('x')"))
    *_, end = take_turn("Anything", model=model)
    assert (end.steps, end.model_calls, end.input_tokens, end.output_tokens) == (2, 2, 200, 20)


def test_the_conversation_grows_by_the_turn(take_turn):
    *_, first = take_turn("Plan a dinner for 12", model=ScriptedModel(code("final_answer('A dinner.')")))
    model = ScriptedModel(code("final_answer('A cheaper one.')"))
    *_, second = take_turn("cheaper", first.conversation, model)
    assert [turn.answer for turn in second.conversation.turns] == ["A dinner.", "A cheaper one."]
    assert "Host: Plan a dinner for 12" in str(model.heard[0][-1].content)


def test_what_the_code_left_is_there_in_the_next_turn_whatever_the_conversation_went_through(take_turn):
    first = ScriptedModel(
        code("import datetime", "day, names = datetime.date(2026, 12, 12), {'Dick'}", "final_answer(1)")
    )
    *_, end = take_turn("Plan a gala", model=first)
    kept = Conversation.from_json(end.conversation.to_json())
    second = ScriptedModel(code("final_answer((day.isoformat(), sorted(names)))"))
    *_, again = take_turn("And now?", conversation=kept, model=second)
    assert again.turn.answer == "- 2026-12-12\n- - Dick"
    assert "Variables that are still there: day, names" in str(second.heard[0])


def test_a_turn_that_was_not_done_leaves_no_variables(take_turn):
    *_, end = take_turn("Plan", model=ScriptedModel(code("n = 1"), ValueError("no model today")))
    assert (end.turn.status, end.turn.variables) == ("failed", {})


@pytest.mark.parametrize("request_text", ["", "  \n ", "x" * 4001])
def test_an_empty_or_too_long_request_is_no_turn(take_turn, request_text):
    with pytest.raises(RequestError, match=r"^The request .*\.$"):
        next(take_turn(request_text))


def test_the_limit_of_steps_ends_in_a_sentence_without_another_call(take_turn):
    model = ScriptedModel(code("print(1)"))
    settings = Settings(ALFRED_MAX_STEPS=3)
    *_, failure, end = take_turn("Anything", model=model, settings=settings)
    assert "all of his 3 steps" in failure.text
    assert (end.turn.status, end.model_calls) == ("failed", 3)


def test_the_limit_of_time_ends_in_a_sentence(take_turn):
    gate = threading.Event()
    settings = Settings(ALFRED_TURN_SECONDS=0.2)
    *_, failure, _ = take_turn("Anything", model=ScriptedModel(gate), settings=settings)
    gate.set()
    assert failure == Failure("failed", failure.text)
    assert "0.2 seconds" in failure.text


def test_a_stop_ends_a_turn_whose_model_is_blocked_and_its_code_never_runs(take_turn, saved_agent):
    gate, stop = threading.Event(), Stop()
    model = ScriptedModel(gate, code("suggest_menu('dinner')", "final_answer(1)"))
    events = take_turn("Anything", model=model, stop=stop)
    threading.Timer(0.1, stop.set).start()
    events = list(events)
    gate.set()
    assert kinds(events) == ["Failure", "TurnEnded"]
    assert events[-1].turn.status == "stopped"


def test_a_stop_between_two_tools_keeps_the_second_from_running(take_turn):
    stop = Stop()
    model = ScriptedModel(code("suggest_menu('dinner')", "superhero_party_theme('classic')", "final_answer(1)"))
    started = []
    for event in take_turn("Anything", model=model, stop=stop):
        if isinstance(event, ToolStarted):
            started.append(event.name)
            stop.set()
    wait_for_turns()
    assert started[0] == "suggest_menu"
    assert event.turn.status == "stopped"


def test_code_that_was_written_before_a_stop_does_not_run_after_it(take_turn, monkeypatch):
    ran, stop = [], Stop()

    class Recording(LocalPythonExecutor):
        def __call__(self, code_action):
            ran.append(code_action)
            return super().__call__(code_action)

    monkeypatch.setattr(turn, "choose_executor", lambda *arguments: Recording([]))
    monkeypatch.setattr(turn._Run, "_follow", lambda run, item: stop.set())
    *_, end = take_turn("Anything", model=ScriptedModel(code("print(1)")), stop=stop)
    wait_for_turns()
    assert (end.turn.status, ran) == ("stopped", [])


def test_closing_the_events_stops_the_turn(take_turn):
    stop = Stop()
    events = take_turn("Anything", model=ScriptedModel(code("print(1)")), stop=stop)
    next(events)
    events.close()
    assert stop.is_set()


def test_a_stop_before_the_beginning_is_not_lost(take_turn):
    stop = Stop()
    stop.set()
    model = ScriptedModel(code("final_answer(1)"))
    *_, end = take_turn("Anything", model=model, stop=stop)
    assert end.turn.status == "stopped"


def test_a_fault_of_ours_is_a_sentence_with_a_reference_that_the_log_has(take_turn, caplog, monkeypatch):
    monkeypatch.setattr("alfred.turn.write_task", lambda *arguments: 1 / 0)
    *_, failure, _ = take_turn("Anything")
    reference = failure.text.split("reference ")[1][:8]
    assert reference in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in failure.text


def test_no_code_runs_where_the_jail_does_not_hold_and_the_host_is_told_why(take_turn, monkeypatch):
    monkeypatch.setattr(agent, "self_test", lambda: SelfTest(False, "No jail here. Set ALFRED_EXECUTOR.", "moon"))
    *_, failure, end = take_turn("Anything", model=ScriptedModel(code("final_answer(1)")))
    assert failure.text == "No jail here. Set ALFRED_EXECUTOR."
    assert end.model_calls == 0


def test_a_stop_ends_code_that_never_would(take_turn):
    stop = Stop()
    events = take_turn("Anything", model=ScriptedModel(code("while True:", "    pass")), stop=stop)
    for event in events:
        if isinstance(event, Code):
            stop.set()
    wait_for_turns()
    assert event.turn.status == "stopped"


def test_a_hosted_model_answers_a_turn_after_a_rate_limit(take_turn, tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "RETRY_SECONDS", (0, 0))
    choice = ModelChoice("hf", "Qwen/Qwen2.5-Coder-32B-Instruct", token=SecretStr("hf_token"))
    replies = Reply(status=429), Reply(code("final_answer(suggest_menu('gala'))"))
    with chat_server(*replies) as server, router(tmp_path, monkeypatch, server.address):
        *_, end = take_turn("Which menu?", model=choice.build())
    assert "Lobster Bisque" in end.turn.answer
    assert (end.model_calls, end.input_tokens, end.output_tokens) == (2, 11, 7)


@pytest.mark.parametrize(("status", "words"), [(401, "refused the token"), (402, "no credit left"), (429, "too many")])
def test_a_failure_of_a_hosted_model_is_told_in_a_sentence(take_turn, monkeypatch, caplog, status, words):
    monkeypatch.setattr(watch, "RETRY_SECONDS", (0,))
    with chat_server(Reply(status=status)) as server:
        choice = ModelChoice("openai", "tiny", token=SecretStr("k"), base_url=f"{server.address}/v1")
        *_, failure, end = take_turn("Which menu?", model=choice.build())
    assert words in failure.text
    assert (end.turn.status, end.turn.answer) == ("failed", failure.text)
    assert failure.text.split("reference ")[1][:8] in caplog.text


NAMES = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Ginkgo",
    "Hazel",
    "Ivy",
    "Juniper",
    "Katsura",
    "Larch",
    "Maple",
    "Nutmeg",
    "Oak",
    "Pine",
    "Quince",
    "Rowan",
    "Spruce",
    "Teak",
]


def test_twenty_turns_at_once_never_see_each_other(take_turn):
    def ask(n):
        request = f"Plan a dinner at Castle {NAMES[n]} for {n + 2} guests"
        model = ScriptedModel(
            code(f"secret = {n}", "print(suggest_menu('dinner'))"),
            code("final_answer(f\"{brief['guests']} {brief['venue']} {secret}\")"),
        )
        *_, end = take_turn(request, model=model)
        return n, end, str(model.heard)

    with ThreadPoolExecutor(20) as pool:
        for n, end, heard in pool.map(ask, range(20)):
            assert end.turn.answer == f"{n + 2} Castle {NAMES[n]} {n}"
            assert not [name for name in NAMES if name != NAMES[n] and f"Castle {name}" in heard]
            assert len(end.conversation.turns) == 1


def test_a_turn_leaves_its_conversation_as_it_was(take_turn):
    before = Conversation()
    list(take_turn("Plan a dinner for 12", before))
    assert before == Conversation()


def test_events_after_the_code_carry_their_step(take_turn):
    model = ScriptedModel(code("print(1)"), code("final_answer('x')"))
    events = list(take_turn("Anything", model=model))
    assert [event.step for event in events if isinstance(event, Code)] == [1, 2]
    assert isinstance(events[-1], TurnEnded)
