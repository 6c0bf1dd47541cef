"""What the page's boxes and buttons do: each handler takes the desk and returns what changes on the page.

All of them act on the conversation and nothing else, so the agent's memory follows. A handler that answers a
request never raises: whatever happens becomes a sentence, and the box works again.
"""

import logging
import secrets
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

import gradio as gr

from alfred.conversation import Conversation, Turn
from alfred.errors import AlfredError, HostError
from alfred.events import Answer, Event, Failure, TurnEnded
from alfred.ui.board import draw_board
from alfred.ui.downloads import link
from alfred.ui.keeping import Desk
from alfred.ui.layout import Parts, draw_sides, examples, who_answers
from alfred.ui.pacing import paced
from alfred.ui.safe import MAX_CHARACTERS, untyped
from alfred.ui.texts import Words, words_for
from alfred.ui.transcript import Message, Transcript, Waiting, cut_off, said
from alfred.ui.turns import Turns, Visitor

log = logging.getLogger(__name__)

UPDATES_A_SECOND = 10

Update = dict[Any, Any]


class Control:
    """The handlers of a page.

    Args:
        parts: the components of the page.
        turns: runs turns for all visitors.
    """

    def __init__(self, parts: Parts, turns: Turns) -> None:
        self._parts = parts
        self._turns = turns

    def restore(self, kept: Any, visitor: gr.Request, token: gr.OAuthToken | None) -> Update:
        """Show what the browser kept, in the visitor's language."""
        words, desk = _words(visitor), Desk.read(kept)
        if desk is None:
            shown = self._shown(Desk(), words, words("unreadable_kept"))
        else:
            shown = self._shown(desk, words, saved=False)
        # Not before: a request that was sent earlier would be painted over by what is shown here.
        ready = {self._parts.box: gr.Textbox(interactive=True)}
        return {**shown, **ready, **self._welcome(shown[self._parts.chat], words, token)}

    def send(
        self,
        text: str,
        kept: Any,
        now: str,
        visitor: gr.Request,
        token: gr.OAuthToken | None,
        profile: gr.OAuthProfile | None,
    ) -> Iterator[Update]:
        """Answer the request in the box."""
        yield from self._answered(text, Desk.read(kept) or Desk(), now, _visitor(visitor, token, profile))

    def send_example(
        self,
        chosen: gr.SelectData,
        kept: Any,
        now: str,
        visitor: gr.Request,
        token: gr.OAuthToken | None,
        profile: gr.OAuthProfile | None,
    ) -> Iterator[Update]:
        """Answer an example that was clicked."""
        yield from self._answered(
            chosen.value["text"], Desk.read(kept) or Desk(), now, _visitor(visitor, token, profile)
        )

    def retry(
        self, kept: Any, now: str, visitor: gr.Request, token: gr.OAuthToken | None, profile: gr.OAuthProfile | None
    ) -> Iterator[Update]:
        """Answer the latest request again, as if it had not been answered."""
        desk = Desk.read(kept) or Desk()
        if request := desk.open.unanswered:
            yield from self._answered(request, _without_last(desk), now, _visitor(visitor, token, profile))

    def edit(
        self,
        edited: gr.EditData,
        kept: Any,
        now: str,
        visitor: gr.Request,
        token: gr.OAuthToken | None,
        profile: gr.OAuthProfile | None,
    ) -> Iterator[Update]:
        """Answer a changed request in the place of an earlier one; what came after it is gone."""
        desk = Desk.read(kept) or Desk()
        turn = _index(edited.index) // 2
        desk = desk.with_open(conversation=desk.open.conversation.before(turn), pending=None)
        yield from self._answered(untyped(str(edited.value)), desk, now, _visitor(visitor, token, profile))

    def undo(self, kept: Any, visitor: gr.Request) -> Update:
        """Take the latest request back into the box."""
        desk = Desk.read(kept) or Desk()
        self._turns.stop(visitor.session_hash)
        return {**self._shown(_without_last(desk), _words(visitor)), self._parts.box: desk.open.unanswered or ""}

    def stop(self, visitor: gr.Request) -> None:
        """Stop the visitor's turn; its own handler tells the rest."""
        self._turns.stop(visitor.session_hash)

    def new(self, kept: Any, visitor: gr.Request) -> Update:
        """Begin a new conversation."""
        self._turns.stop(visitor.session_hash)
        return {**self._shown((Desk.read(kept) or Desk()).with_new(), _words(visitor)), self._parts.box: ""}

    def open(self, key: str, kept: Any, visitor: gr.Request) -> Update:
        """Open another conversation of the list."""
        self._turns.stop(visitor.session_hash)
        return self._shown((Desk.read(kept) or Desk()).opened(key), _words(visitor))

    def delete(self, kept: Any, visitor: gr.Request) -> Update:
        """Forget the open conversation."""
        self._turns.stop(visitor.session_hash)
        return self._shown((Desk.read(kept) or Desk()).without_open(), _words(visitor))

    def read_file(self, data: bytes, kept: Any, visitor: gr.Request) -> Update:
        """Open a conversation from a file, or say why it is none."""
        self._turns.stop(visitor.session_hash)
        words = _words(visitor)
        try:
            conversation = Conversation.from_json(data.decode("utf-8", errors="replace"))
        except HostError as error:
            return {self._parts.notice: _notice(str(error))}
        return self._shown((Desk.read(kept) or Desk()).with_new(conversation), words, words("opened"))

    @property
    def takes_likes(self) -> bool:
        """Whether a thumb up or down would reach anybody: Langfuse takes scores."""
        settings = self._turns.settings
        return bool(settings.langfuse_public_key and settings.langfuse_secret_key)

    def like(self, shown: list[Message], kept: Any, thumb: gr.LikeData) -> None:
        """Send a thumb up or down to the trace of the turn whose message it is on."""
        asked = sum(message["role"] == "user" for message in shown[: int(thumb.index) + 1])
        turns = (Desk.read(kept) or Desk()).open.conversation.turns
        if 0 < asked <= len(turns) and (trace_id := turns[asked - 1].trace_id):
            self._turns.tracing.score(trace_id, liked=thumb.liked is True)

    def leave(self, visitor: gr.Request) -> None:
        """Stop the turn of a tab that was closed."""
        self._turns.stop(visitor.session_hash)

    def _answered(self, text: str, desk: Desk, now: str, visitor: Visitor) -> Iterator[Update]:
        """Run a turn and yield what it changes on the page."""
        parts, words = self._parts, visitor.words
        stop, refusal = self._turns.begin(visitor, text)
        if stop is None:
            yield {parts.notice: _notice(refusal), parts.box: text}
            return
        past = desk.open.conversation
        before, transcript = said(past), Transcript(text, words)
        try:
            desk = desk.with_open(pending=text)
            begun = {parts.chat: [*before, *transcript.messages()], parts.kept: desk.write()}
            yield {**self._running(True), **self._listed(desk, words), **begun}
            whole = ""
            for events in paced(self._told(past, text, now, visitor, stop), UPDATES_A_SECOND):
                for event in events:
                    transcript.add(event)
                whole = whole or _whole(events)
                yield {parts.chat: [*before, *transcript.messages()]}
                if isinstance(event, TurnEnded):
                    yield self._ended(desk, event, whole, words)
        finally:
            self._turns.end(visitor, stop)

    def _told(self, past: Conversation, text: str, now: str, visitor: Visitor, stop: Any) -> Iterator[Event | Waiting]:
        """Yield the turn's events; a fault of our own becomes the turn's failure."""
        try:
            yield from self._turns.run(past, text, _local_time(now), visitor, stop)
        except AlfredError as error:
            yield from failed(past, text, str(error))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("page %s failed", reference)
            yield from failed(past, text, visitor.words("broken", reference=reference))

    def _ended(self, desk: Desk, end: TurnEnded, whole: str, words: Words) -> Update:
        desk, dropped = desk.with_open(conversation=end.conversation, pending=None).fitted()
        parts = self._parts
        return {
            **self._running(False),
            **self._listed(desk, words),
            parts.kept: desk.write(),
            parts.retry: gr.Button(visible=end.turn.status != "done"),
            parts.notice: _notice(words("dropped")) if dropped else "",
            parts.whole: _whole_link(whole, words),
            parts.board: _board(desk, words),
        }

    def _shown(self, desk: Desk, words: Words, notice: str = "", saved: bool = True) -> Update:
        """Return all that the page shows of the open conversation."""
        one, parts = desk.open, self._parts
        turns = one.conversation.turns
        failed_last = bool(one.pending) or bool(turns and turns[-1].status != "done")
        return {
            **self._running(False),
            **self._listed(desk, words),
            **({parts.kept: desk.write()} if saved else {}),
            parts.chat: said(one.conversation) + (cut_off(one.pending, words) if one.pending else []),
            parts.board: _board(desk, words),
            parts.retry: gr.Button(visible=failed_last),
            parts.notice: _notice(notice),
            parts.whole: "",
        }

    def _welcome(self, messages: list[Message], words: Words, token: gr.OAuthToken | None) -> Update:
        chat = gr.Chatbot(value=messages, placeholder=words("introduction"), examples=examples(words))
        choice = self._turns.choice_for(token and token.token)
        who = who_answers(choice, self._turns.settings, words, signed_in=token is not None)
        return {self._parts.chat: chat, self._parts.who: who, self._parts.sides: draw_sides(words)}

    def _running(self, runs: bool) -> Update:
        parts = self._parts
        box = {parts.box: "", parts.retry: gr.Button(visible=False), parts.notice: "", parts.whole: ""} if runs else {}
        return {**box, parts.send: gr.Button(interactive=not runs), parts.stop: gr.Button(interactive=runs)}

    def _listed(self, desk: Desk, words: Words) -> Update:
        choices = [(one.title or words("untitled"), one.id) for one in desk.kept]
        return {self._parts.conversations: gr.Radio(choices=choices, value=desk.kept[0].id if desk.kept else None)}


def failed(past: Conversation, request: str, sentence: str) -> Iterator[Event]:
    """Yield the events of a turn that failed before it could begin."""
    turn = Turn(request=request, answer=sentence, status="failed")
    yield Failure("failed", sentence)
    yield TurnEnded(turn, past.with_turn(turn), 0, 0, 0, 0, 0.0)


def _visitor(request: gr.Request, token: gr.OAuthToken | None, profile: gr.OAuthProfile | None) -> Visitor:
    address = request.client.host if request.client else "unknown"
    user = profile.username if profile else None
    return Visitor(request.session_hash, user or address, _words(request), token and token.token, user)


def _words(request: gr.Request) -> Words:
    return words_for(request.headers.get("accept-language"))


def _without_last(desk: Desk) -> Desk:
    if desk.open.pending:
        return desk.with_open(pending=None)
    turns = desk.open.conversation.turns
    return desk.with_open(conversation=desk.open.conversation.before(max(0, len(turns) - 1)))


def _board(desk: Desk, words: Words) -> str:
    plans = [turn.plan for turn in desk.open.conversation.turns if turn.plan]
    return draw_board(plans[-1] if plans else None, plans[-2] if len(plans) > 1 else None, words)


def _notice(sentence: str) -> str:
    return f"<p>{escape(sentence)}</p>" if sentence else ""


def _whole(events: list[Event | Waiting]) -> str:
    return next((event.text for event in events if isinstance(event, Answer)), "")


def _whole_link(text: str, words: Words) -> str:
    if len(text) <= MAX_CHARACTERS:
        return ""
    size = f"{len(text.encode()) / 1000:,.0f} kB"
    return f"<p>{words('longer')} {link(text, 'answer.md', 'text/markdown', words('whole', size=size))}</p>"


def _index(index: Any) -> int:
    return max(0, index if isinstance(index, int) else int(index[0]))


def _local_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return datetime.now()
