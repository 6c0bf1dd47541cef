"""From events to chat messages, and what an update of them sends to the browser."""

import json

import gradio as gr
import pytest
from gradio.utils import diff

from alfred.conversation import Conversation, Turn
from alfred.events import Answer, Code, Failure, Observation, StepDone, Thought, ToolFinished, ToolStarted, TurnEnded
from alfred.ui.texts import words_for
from alfred.ui.transcript import THOUGHT_CHARACTERS, TOOL_LINES, Transcript, Waiting, cut_off, said


def shown(*events):
    transcript = Transcript("Plan a party", words_for("en"))
    for event in events:
        transcript.add(event)
    return transcript.messages()


def ended(answer="x"):
    turn = Turn(request="Plan a party", answer=answer)
    return TurnEnded(turn, Conversation(), steps=1, model_calls=1, input_tokens=900, output_tokens=100, seconds=1.5)


def test_a_turn_begins_with_the_request_and_an_open_group():
    request, group = shown()
    assert request == {"role": "user", "content": "Plan a party"}
    assert group["metadata"] == {"title": "Working", "id": "turn", "status": "pending"}


def test_who_waits_sees_how_many_are_before():
    assert shown(Waiting(3))[1]["metadata"]["title"] == "Waiting for a place: 3 before you."
    assert shown(Waiting(3), Thought(1, "First"))[1]["metadata"]["title"] == "Working"


def test_a_running_step_is_pending_in_the_group_and_shows_its_thought_whole():
    message = shown(Thought(1, "First "), Thought(1, "the menu."))[2]
    assert message["metadata"] == {"title": "Step 1", "id": "turn-1", "parent_id": "turn", "status": "pending"}
    assert message["content"] == "First the menu."


def test_a_tool_is_shown_running_by_its_real_name_then_with_its_duration():
    started = shown(ToolStarted(1, 1, "suggest_menu"))[2]
    finished = shown(ToolStarted(1, 1, "suggest_menu"), ToolFinished(1, 1, "suggest_menu", 0.25))[2]
    failed = shown(ToolStarted(1, 1, "suggest_menu"), ToolFinished(1, 1, "suggest_menu", 0.25, failed=True))[2]
    assert "… `suggest_menu` is running" in started["content"]
    assert "✓ `suggest_menu`, 0.25 s" in finished["content"]
    assert "⚠ `suggest_menu` failed after 0.25 s" in failed["content"]
    assert finished["metadata"]["title"] == "Step 1: suggest_menu"


def test_a_step_that_is_done_is_folded_with_its_duration():
    metadata = shown(Code(1, "x = 1"), StepDone(1, 0.5, 10, 5))[2]["metadata"]
    assert (metadata["status"], metadata["duration"]) == ("done", 0.5)


def test_code_and_what_it_printed_are_blocks_of_their_own():
    content = shown(Code(1, "x = 1"), Observation(1, "```\n<b>"))[2]["content"]
    assert "```python\nx = 1\n```" in content
    assert "````\n```\n<b>\n````" in content


def test_an_error_of_a_step_is_shown_in_it():
    assert "NameError: menu" in shown(StepDone(1, 0.5, 10, 5, "NameError: menu"))[2]["content"]


def test_the_answer_is_a_message_of_its_own_below_the_folded_steps_and_their_figures():
    _, group, step, answer = shown(Thought(1, "Hm"), StepDone(1, 1, 9, 9), Answer("A plan"), ended())
    assert group["metadata"] == {
        "title": "1 step · 1.5 s (model 0.0 s, tools 0.0 s) · 1,000 tokens",
        "id": "turn",
        "status": "done",
    }
    assert step["metadata"]["status"] == "done"
    assert answer == {"role": "assistant", "content": "A plan"}


def test_a_failure_folds_what_was_open():
    messages = shown(Thought(1, "First"), Failure("stopped", "Stopped."))
    assert [message["metadata"]["status"] for message in messages[1:3]] == ["done", "done"]
    assert messages[-1]["content"] == "**Stopped.**"


def test_an_update_of_an_endless_thought_stays_small():
    message = shown(*[Thought(1, "word " * 100)] * 1000)[2]
    assert len(message["content"]) <= THOUGHT_CHARACTERS


def sent(token, count):
    """Return how many characters go to the browser with each update, when each token of a thought is an update."""
    transcript, chat, before, lengths = Transcript("Plan a party", words_for("en")), gr.Chatbot(), [], []
    for _ in range(count):
        transcript.add(Thought(1, token))
        after = chat.postprocess(transcript.messages()).model_dump()
        lengths.append(len(json.dumps(diff(before, after))))
        before = after
    return lengths


@pytest.mark.parametrize("tokens", [100, 1000])
def test_a_stream_of_four_times_the_tokens_sends_no_more_than_four_times_as_much(tokens):
    assert tokens < sum(sent("word ", 4 * tokens)) <= 4 * sum(sent("word ", tokens))


def test_an_update_is_bounded_even_where_each_token_changes_how_the_earlier_ones_are_drawn():
    assert THOUGHT_CHARACTERS < max(sent("`< " * 21, 150)) < 8 * THOUGHT_CHARACTERS


def test_of_many_calls_the_latest_are_shown_and_the_others_counted():
    calls = [event for n in range(1, 1001) for event in (ToolStarted(1, n, "menu"), ToolFinished(1, n, "menu", 0.1))]
    content = shown(*calls)[2]["content"]
    assert content.count("`menu`") == TOOL_LINES
    assert f"… {1000 - TOOL_LINES} earlier calls" in content


@pytest.mark.parametrize("status", ["done", "failed", "stopped"])
def test_a_past_turn_is_a_request_and_an_answer(status):
    conversation = Conversation(turns=(Turn(request="Hi", answer="Good evening", status=status),) * 2)
    assert [message["role"] for message in said(conversation)] == ["user", "assistant"] * 2


def test_a_request_that_was_cut_off_is_shown_as_such():
    request, answer = cut_off("Plan a party", words_for("en"))
    assert request["content"] == "Plan a party"
    assert "cut off" in answer["content"]
