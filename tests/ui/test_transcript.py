"""From events to chat messages."""

from alfred.conversation import Conversation, Turn
from alfred.events import Answer, Code, Failure, StepDone, Thought, ToolFinished, ToolStarted, TurnEnded
from alfred.ui.transcript import Transcript, said


def shown(*events):
    transcript = Transcript("Plan a party")
    for event in events:
        transcript.add(event)
    return transcript.messages()


def ended(answer="x"):
    turn = Turn(request="Plan a party", answer=answer)
    return TurnEnded(turn, Conversation(), steps=1, model_calls=1, input_tokens=900, output_tokens=100, seconds=1.5)


def test_a_running_step_is_pending_and_shows_its_thought_whole():
    message = shown(Thought(1, "First "), Thought(1, "the menu."))[1]
    assert message["metadata"] == {"title": "Step 1", "status": "pending"}
    assert message["content"] == "First the menu."


def test_a_tool_is_shown_running_by_its_real_name_then_with_its_duration():
    started = shown(ToolStarted(1, 1, "suggest_menu"))[1]
    finished = shown(ToolStarted(1, 1, "suggest_menu"), ToolFinished(1, 1, "suggest_menu", 0.25))[1]
    assert "`suggest_menu` is running" in started["content"]
    assert "✓ `suggest_menu` 0.25 s" in finished["content"]
    assert finished["metadata"]["title"] == "Step 1: suggest_menu"


def test_a_step_that_is_done_is_folded_with_its_duration():
    metadata = shown(Code(1, "x = 1"), StepDone(1, 0.5, 10, 5))[1]["metadata"]
    assert (metadata["status"], metadata["duration"]) == ("done", 0.5)


def test_an_error_of_a_step_is_shown_in_it():
    assert "NameError: menu" in shown(StepDone(1, 0.5, 10, 5, "NameError: menu"))[1]["content"]


def test_the_answer_is_a_message_of_its_own_after_the_line_of_figures():
    figures, answer = shown(Answer("A plan"), ended())[-2:]
    assert figures["content"] == "1 step · 1.5 s · 1,000 tokens"
    assert answer == {"role": "assistant", "content": "A plan"}


def test_a_failure_folds_the_open_step():
    messages = shown(Thought(1, "First"), Failure("stopped", "Stopped."))
    assert messages[1]["metadata"]["status"] == "done"
    assert messages[-1]["content"] == "**Stopped.**"


def test_past_turns_are_a_request_and_an_answer_each():
    messages = said(Conversation(turns=(Turn(request="Hi", answer="Good evening"),)))
    assert [message["role"] for message in messages] == ["user", "assistant"]
