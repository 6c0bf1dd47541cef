"""Conversations: plain data that reads back equal, bounded, and refused in a sentence when it is not one."""

import pytest

from alfred.conversation import MAX_CHARACTERS, MAX_TURNS, Conversation, Turn
from alfred.errors import ConversationError


def turn(request="Plan a party", **more):
    return Turn(request=request, answer="Done.", **more)


def test_a_conversation_reads_back_equal():
    conversation = Conversation().with_turn(turn(plan={"title": "Ball"}))
    assert Conversation.from_json(conversation.to_json()) == conversation


def test_a_turn_does_not_change_the_conversation_it_is_added_to():
    conversation = Conversation()
    conversation.with_turn(turn())
    assert conversation.turns == ()


def test_the_oldest_turns_go_when_there_are_too_many():
    conversation = Conversation()
    for n in range(MAX_TURNS + 2):
        conversation = conversation.with_turn(turn(str(n)))
    assert [conversation.turns[0].request, len(conversation.turns)] == ["2", MAX_TURNS]


def test_the_oldest_turns_go_when_the_text_grows_too_long():
    conversation = Conversation()
    for n in range(5):
        conversation = conversation.with_turn(Turn(request=str(n), answer="x" * (MAX_CHARACTERS // 4)))
    assert conversation.turns[0].request == "2"


def test_the_latest_plan_is_the_plan_of_the_conversation():
    conversation = Conversation().with_turn(turn(plan={"title": "Ball"})).with_turn(turn())
    assert conversation.plan == {"title": "Ball"}


def test_before_gives_the_conversation_as_it_was():
    conversation = Conversation().with_turn(turn("one")).with_turn(turn("two"))
    assert [kept.request for kept in conversation.before(1).turns] == ["one"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        '{"turns": 3}',
        '{"turns": [{"request": "x"}]}',
        '{"other": 1}',
        '"' + "x" * MAX_CHARACTERS,
    ],
)
def test_what_is_no_conversation_is_refused_in_a_sentence(text):
    with pytest.raises(ConversationError, match=r"conversation.*: .*\.$"):
        Conversation.from_json(text)


def test_the_latest_variables_stay_with_two_turns_so_that_undo_finds_them():
    conversation = Conversation()
    for n in range(4):
        conversation = conversation.with_turn(turn(str(n), variables={"n": n}))
    assert [kept.variables for kept in conversation.turns] == [{}, {}, {"n": 2}, {"n": 3}]
    assert (conversation.variables, conversation.before(3).variables) == ({"n": 3}, {"n": 2})
