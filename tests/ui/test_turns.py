"""Turns for all visitors."""

import threading

import pytest

from alfred.conversation import Conversation
from alfred.errors import RequestError
from alfred.events import Failure, TurnEnded
from alfred.models import ModelChoice
from alfred.settings import Settings
from alfred.ui.texts import words_for
from alfred.ui.transcript import Waiting
from alfred.ui.turns import Turns, Visitor
from tests.conftest import NOW


def visitor(name, token=None):
    return Visitor(page=name, name=name, words=words_for("en"), token=token)


@pytest.fixture
def make_turns(saved_agent):
    return lambda **settings: Turns(saved_agent, ModelChoice("embedded"), Settings(**settings))


def run(turns, who, stop=None, request="Plan a dinner for 5 guests"):
    stop = stop or turns.begin(who, request)[0]
    return turns.run(Conversation(), request, NOW, who, stop)


def test_a_turn_runs_to_its_end(make_turns):
    *_, end = run(make_turns(), visitor("a"))
    assert end.turn.status == "done"


def test_a_second_request_of_the_same_page_is_refused_in_a_sentence(make_turns):
    turns = make_turns()
    turns.begin(visitor("a"), "dinner")
    assert turns.begin(visitor("a"), "lunch") == (None, words_for("en")("busy"))


def test_an_empty_request_takes_no_place(make_turns):
    turns = make_turns()
    assert turns.begin(visitor("a"), "  ")[1].startswith("The request is empty")
    assert turns.begin(visitor("a"), "dinner")[0] is not None


def test_the_limit_of_an_hour_is_told_with_the_minutes_to_wait(make_turns):
    turns = make_turns(ALFRED_TURNS_AN_HOUR=1)
    turns.end(visitor("a"), turns.begin(visitor("a"), "dinner")[0])
    stop, refusal = turns.begin(visitor("a"), "dinner")
    assert stop is None
    assert "1 requests within an hour" in refusal
    assert "60 minutes" in refusal


def test_who_waits_is_told_and_can_stop(make_turns):
    turns = make_turns(ALFRED_CONCURRENCY=1)
    first = run(turns, visitor("a"))
    next(first)
    stop, _ = turns.begin(visitor("b"), "dinner")
    second = run(turns, visitor("b"), stop)
    assert next(second) == Waiting(0)
    stop.set()
    failure, end = list(second)
    assert (failure.status, end.turn.status) == ("stopped", "stopped")
    first.close()


def test_a_full_line_is_a_sentence(make_turns):
    turns = make_turns(ALFRED_CONCURRENCY=1, ALFRED_WAITING=0)
    first = run(turns, visitor("a"))
    next(first)
    with pytest.raises(RequestError, match="no place in the line"):
        next(run(turns, visitor("b")))
    first.close()


def test_a_turn_that_is_over_frees_its_place(make_turns):
    turns = make_turns(ALFRED_CONCURRENCY=1, ALFRED_WAITING=0)
    run(turns, visitor("a")).close()
    for name in "bcd":
        *_, end = run(turns, visitor(name))
        assert isinstance(end, TurnEnded)


def test_a_visitors_own_token_is_in_their_model_alone(make_turns):
    turns = make_turns()
    theirs, ours = turns.choice_for("hf_theirs"), turns.choice_for(None)
    assert (theirs.kind, theirs.token.get_secret_value()) == ("hf", "hf_theirs")
    assert (ours.kind, ours.token) == ("embedded", None)
    assert turns.settings.hf_token is None
    assert "hf_theirs" not in repr(visitor("a", token="hf_theirs"))


def test_twenty_visitors_at_once_get_their_own_answers(make_turns):
    turns, answers = make_turns(ALFRED_CONCURRENCY=4), {}
    castles = [f"Castle {letter}{letter.lower()}" for letter in "ABCDEFGHIJKLMNOPQRST"]

    def ask(castle):
        *_, end = run(turns, visitor(castle), request=f"Plan a dinner at {castle} for 9 guests")
        answers[castle] = end.turn.answer

    threads = [threading.Thread(target=ask, args=(castle,)) for castle in castles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [castle for castle in castles if castle not in answers.get(castle, "")] == []


def test_a_stop_before_the_turn_begins_ends_it(make_turns):
    turns = make_turns()
    stop, _ = turns.begin(visitor("a"), "dinner")
    turns.stop("a")
    assert [event.status for event in run(turns, visitor("a"), stop) if isinstance(event, Failure)] == ["stopped"]
