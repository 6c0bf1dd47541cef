"""Thumbs reach the trace of the turn whose message they are on; a visitor is known by what the request brings."""

from types import SimpleNamespace

import gradio as gr
import pytest

from alfred.conversation import Conversation, Turn
from alfred.models import ModelChoice
from alfred.settings import Settings
from alfred.tracing import Tracing
from alfred.ui.control import Control, _visitor
from alfred.ui.keeping import Desk, Kept
from alfred.ui.turns import Turns

TRACES = ["a" * 32, "b" * 32]
KEYS = {"LANGFUSE_PUBLIC_KEY": "pk-lf-public", "LANGFUSE_SECRET_KEY": "sk-lf-secret"}
SHOWN = [{"role": role, "content": "…"} for role in ("user", "assistant", "user", "assistant", "assistant")]


class Scores(Tracing):
    def __init__(self):
        self.given = []

    def score(self, trace_id, liked):
        self.given.append((trace_id, liked))


@pytest.fixture
def scores():
    return Scores()


@pytest.fixture
def control(saved_agent, scores):
    return Control(None, Turns(saved_agent, ModelChoice("embedded"), Settings(**KEYS), scores))


def desk(*trace_ids):
    turns = tuple(Turn(request="Plan", answer="Done", trace_id=trace_id) for trace_id in trace_ids)
    return Desk(kept=(Kept(id="one", conversation=Conversation(turns=turns)),)).model_dump(mode="json")


def thumb(index, liked):
    return gr.LikeData(None, {"index": index, "value": "…", "liked": liked})


@pytest.mark.parametrize(("index", "liked", "trace_id"), [(1, True, TRACES[0]), (4, False, TRACES[1])])
def test_a_thumb_reaches_the_turn_of_its_message(control, scores, index, liked, trace_id):
    control.like(SHOWN, desk(*TRACES), thumb(index, liked))
    assert scores.given == [(trace_id, liked)]


def test_a_thumb_on_a_turn_without_a_trace_reaches_nobody(control, scores):
    control.like(SHOWN, desk(None, None), thumb(1, True))
    control.like(SHOWN, None, thumb(1, True))
    assert scores.given == []


def test_thumbs_are_offered_only_where_langfuse_takes_them(control, saved_agent):
    assert control.takes_likes
    assert not Control(None, Turns(saved_agent, ModelChoice("embedded"), Settings())).takes_likes


def test_who_is_signed_in_is_counted_by_name_and_others_by_address():
    request = gr.Request(SimpleNamespace(client=SimpleNamespace(host="203.0.113.7"), headers={}), session_hash="page")
    people = {"name": "Selina", "preferred_username": "selina", "profile": "", "picture": ""}
    signed_in = _visitor(request, gr.OAuthToken("hf_selina", "", 0), gr.OAuthProfile(people))
    stranger = _visitor(request, None, None)
    assert (signed_in.name, signed_in.user, signed_in.token) == ("selina", "selina", "hf_selina")
    assert (stranger.name, stranger.user, stranger.token) == ("203.0.113.7", None, None)
