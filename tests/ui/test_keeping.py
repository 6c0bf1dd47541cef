"""The desk that a browser keeps."""

import pytest

from alfred.conversation import Conversation, Turn
from alfred.ui.keeping import MAX_CHARACTERS, MAX_KEPT, Desk


def conversation(*requests, answer="Good"):
    return Conversation(turns=tuple(Turn(request=request, answer=answer) for request in requests))


def test_a_desk_comes_back_as_it_went():
    desk = Desk().with_open(conversation=conversation("dinner")).with_new().with_open(pending="lunch")
    assert Desk.read(desk.write()) == desk


@pytest.mark.parametrize("data", [None, {}, ""])
def test_a_browser_that_kept_nothing_has_an_empty_desk(data):
    assert Desk.read(data) == Desk()


@pytest.mark.parametrize("data", [[1], "x", {"kept": 3}, {"kept": [{"id": "<b>"}]}, {"kept": [{"id": "a", "x": 1}]}])
def test_what_is_no_desk_is_refused(data):
    assert Desk.read(data) is None


def test_a_title_is_the_beginning_of_the_first_request():
    assert Desk().with_open(conversation=conversation("a  dinner\nfor 5", "more")).open.title == "a dinner for 5"
    assert len(Desk().with_open(pending="x" * 500).open.title) == 62


def test_opening_an_earlier_conversation_keeps_the_others():
    desk = Desk().with_open(conversation=conversation("dinner")).with_new(conversation("lunch"))
    back = desk.opened(desk.kept[1].id)
    assert [one.title for one in back.kept] == ["dinner", "lunch"]
    assert desk.opened("unknown") == desk


def test_an_empty_conversation_is_not_kept_twice():
    assert len(Desk().with_new().with_new().kept) == 1


def test_retry_means_the_request_that_was_cut_off_before_the_latest_one():
    desk = Desk().with_open(conversation=conversation("dinner"))
    assert desk.open.unanswered == "dinner"
    assert desk.with_open(pending="lunch").open.unanswered == "lunch"


def test_a_desk_that_fits_stays_as_it_is():
    desk = Desk().with_open(conversation=conversation("dinner"))
    assert desk.fitted() == (desk, False)


def test_the_oldest_conversation_goes_first_and_then_the_oldest_turn():
    long = "x" * 150_000
    desk = Desk().with_open(conversation=conversation("old", answer=long))
    desk, dropped = desk.with_new(conversation("a", "b", answer=long)).fitted()
    assert dropped
    assert [one.title for one in desk.kept] == ["a"]
    many = Conversation(turns=tuple(Turn(request=str(n), answer=long) for n in range(4)))
    desk, dropped = Desk().with_open(conversation=many).fitted()
    assert dropped
    assert [turn.request for turn in desk.open.conversation.turns] == ["2", "3"]
    assert len(str(desk.write())) <= MAX_CHARACTERS


def test_there_are_never_too_many_conversations():
    desk = Desk()
    for n in range(MAX_KEPT + 5):
        desk = desk.with_new(conversation(str(n)))
    assert len(desk.kept) == MAX_KEPT
