"""Turns for all visitors of a page: one at a time for each, in line for the places, within the limits.

A visitor's own token is in the model of that one turn and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from pydantic import SecretStr

from alfred.agent import SavedAgent
from alfred.conversation import Conversation, Turn
from alfred.errors import RequestError
from alfred.events import Event, Failure, TurnEnded
from alfred.models import ModelChoice, choose_model
from alfred.settings import Settings
from alfred.stop import Stop
from alfred.tracing import Tracing
from alfred.turn import check_request, run_turn
from alfred.ui.running import HourlyLimit, Line, RunningTurns
from alfred.ui.texts import Words
from alfred.ui.transcript import Waiting

# How often someone in the line looks up: at its place, and at Stop.
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Visitor:
    """Who asks.

    Attributes:
        page: the key of the open page.
        name: whom limits and fair shares count: the user's name, else the network address.
        words: the texts in the visitor's language.
        token: the visitor's own Hugging Face token, for this request alone.
        user: the user's name, when signed in.
    """

    page: str
    name: str
    words: Words
    token: str | None = field(default=None, repr=False)
    user: str | None = None


class Turns:
    """Runs the turns of a page.

    Args:
        saved_agent: the agent's prompts and tools.
        choice: the model that answers those who did not sign in.
        settings: limits, and which model a visitor's own token buys.
        tracing: keeps what happens in turns.
    """

    def __init__(
        self, saved_agent: SavedAgent, choice: ModelChoice, settings: Settings, tracing: Tracing | None = None
    ) -> None:
        self.saved_agent = saved_agent
        self.choice = choice
        self.settings = settings
        self.tracing = tracing or Tracing()
        self._running = RunningTurns()
        self._line = Line(settings.concurrency, settings.waiting)
        self._hourly = HourlyLimit(settings.turns_an_hour)
        self.tracing.watch_queue(lambda: self._line.length)

    def begin(self, visitor: Visitor, request: str) -> tuple[Stop | None, str]:
        """Return the stop of a new turn, or None and the sentence that says why there is none."""
        try:
            check_request(request, self.settings)
        except RequestError as error:
            return None, str(error)
        stop = self._running.begin(visitor.page)
        if stop is None:
            return None, visitor.words("busy")
        if seconds := self._hourly.wait(visitor.name):
            self._running.end(visitor.page, stop)
            limit, minutes = self.settings.turns_an_hour, ceil(seconds / 60)
            return None, visitor.words("hourly", limit=limit, minutes=minutes)
        return stop, ""

    def run(
        self, conversation: Conversation, request: str, now: datetime, visitor: Visitor, stop: Stop
    ) -> Iterator[Event | Waiting]:
        """Wait in the line, then run the turn; the events of both."""
        number = self._line.join(visitor.name)
        if number is None:
            raise RequestError(visitor.words("full"))
        try:
            last = None
            while not self._line.enter(number, LOOK_SECONDS):
                if stop.is_set():
                    yield from _never_begun(conversation, request, visitor)
                    return
                ahead = self._line.ahead(number)
                if ahead != last:
                    yield Waiting(ahead)
                last = ahead
            yield from run_turn(
                conversation,
                request,
                self.choice_for(visitor.token).build(),
                saved_agent=self.saved_agent,
                settings=self.settings,
                now=now,
                stop=stop,
                tracer=self.tracing.of(visitor.page, visitor.user),
            )
        finally:
            self._line.leave(number, visitor.name)

    def choice_for(self, token: str | None) -> ModelChoice:
        """Return the model that answers a visitor with this token of their own, or with none."""
        if token is None:
            return self.choice
        theirs = self.settings.model_copy(update={"hf_token": SecretStr(token)})
        return choose_model(theirs, self.saved_agent.model_id)

    def stop(self, page: str) -> None:
        """Stop the turn of a page, if one runs."""
        self._running.stop(page)

    def end(self, visitor: Visitor, stop: Stop) -> None:
        """Forget a turn that is over, by whichever way."""
        stop.set()
        self._running.end(visitor.page, stop)


def _never_begun(conversation: Conversation, request: str, visitor: Visitor) -> Iterator[Event]:
    sentence = visitor.words("stopped")
    turn = Turn(request=request, answer=sentence, status="stopped")
    yield Failure("stopped", sentence)
    yield TurnEnded(turn, conversation.with_turn(turn), 0, 0, 0, 0, 0.0)
