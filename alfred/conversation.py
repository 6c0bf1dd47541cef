"""A conversation: the turns that one host and Alfred have taken, and all that outlives a turn.

A conversation is plain data. The browser keeps it, so what comes back from there is checked like any other
text of a stranger. It holds no steps: an earlier turn is its request, its brief, its answer, its plan and, for the
latest turns, the variables that its code left.
"""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alfred.brief import Brief
from alfred.errors import ConversationError

MAX_TURNS = 50
MAX_CHARACTERS = 400_000
# Turns that keep their variables: Undo and Retry go back to the one before.
WITH_VARIABLES = 2
ANSWER_CHARACTERS = 200_000

Status = Literal["done", "stopped", "failed"]


class Turn(BaseModel):
    """One request and what became of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: str = Field(max_length=20_000)
    answer: str = Field(max_length=ANSWER_CHARACTERS)
    status: Status = "done"
    brief: Brief | None = None
    plan: dict[str, Any] | None = None
    variables: dict[str, Any] = {}
    trace_id: str | None = Field(None, pattern=r"^[0-9a-f]{32}$")


class Conversation(BaseModel):
    """The turns so far, oldest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turns: tuple[Turn, ...] = Field((), max_length=MAX_TURNS)

    @property
    def brief(self) -> Brief | None:
        """The brief of the latest turn that has one: what a follow-up changes."""
        return next((turn.brief for turn in reversed(self.turns) if turn.brief), None)

    @property
    def plan(self) -> dict[str, Any] | None:
        """The latest plan."""
        return next((turn.plan for turn in reversed(self.turns) if turn.plan), None)

    @property
    def variables(self) -> dict[str, Any]:
        """What the code of the latest turn that left any has left, as `alfred.variables` keeps it."""
        return next((turn.variables for turn in reversed(self.turns) if turn.variables), {})

    def with_turn(self, turn: Turn) -> Self:
        """Return the conversation with one more turn; the oldest turns go when it grows too long."""
        older, latest = self.turns[: 1 - WITH_VARIABLES], self.turns[1 - WITH_VARIABLES :]
        without = tuple(one.model_copy(update={"variables": {}}) if one.variables else one for one in older)
        longer = type(self)(turns=(*without, *latest, turn)[-MAX_TURNS:])
        while len(longer.turns) > 1 and len(longer.to_json()) > MAX_CHARACTERS:
            longer = type(self)(turns=longer.turns[1:])
        return longer

    def before(self, index: int) -> Self:
        """Return the conversation as it was before the turn at `index`."""
        return type(self)(turns=self.turns[:index])

    def to_json(self) -> str:
        """Return the conversation as one line of JSON."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a conversation from untrusted text.

        Raises:
            ConversationError: if the text is too long, no JSON, or no conversation.
        """
        if len(text) > MAX_CHARACTERS:
            raise ConversationError(
                f"This conversation has {len(text):,} characters and at most {MAX_CHARACTERS:,} are read: "
                "start a new one."
            )
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the whole text"
            raise ConversationError(
                f"This is not a conversation with Alfred ({where}: {first['msg']}): "
                "open another file or start a new one."
            ) from None
