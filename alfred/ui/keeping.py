"""The desk: the conversations that one browser keeps, and nothing else does.

The whole desk travels with each request and back, so any replica can go on with it after any restart. What comes
from the browser may have been changed by anybody and is read like the text of a stranger. Two tabs of one browser
keep one desk: the tab that writes last wins.
"""

import secrets
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alfred.conversation import Conversation

STORAGE_KEY = "alfred-v1"
# Encrypted and encoded it takes about twice that of the 5 MB that browsers give to a page.
MAX_CHARACTERS = 400_000
MAX_KEPT = 40
TITLE_CHARACTERS = 60


class Kept(BaseModel):
    """A conversation on the desk; `pending` is a request that began and has not ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[\w-]{1,32}$")
    conversation: Conversation = Conversation()
    pending: str | None = Field(None, max_length=20_000)

    @property
    def title(self) -> str:
        """The beginning of its first request; empty while there is none."""
        first = self.conversation.turns[0].request if self.conversation.turns else self.pending or ""
        line = " ".join(first.split())
        return line if len(line) <= TITLE_CHARACTERS else f"{line[:TITLE_CHARACTERS].rstrip()} …"

    @property
    def unanswered(self) -> str | None:
        """The request that Retry sends again: the one that was cut off, else the latest."""
        turns = self.conversation.turns
        return self.pending or (turns[-1].request if turns else None)


class Desk(BaseModel):
    """The conversations, the open one first and then the latest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kept: tuple[Kept, ...] = Field((), max_length=MAX_KEPT)

    @classmethod
    def read(cls, data: Any) -> Self | None:
        """Return the desk that the browser kept, an empty one where it kept none, None if it cannot be read."""
        if not data:
            return cls()
        try:
            return cls.model_validate(data)
        except ValidationError:
            return None

    def write(self) -> dict[str, Any]:
        """Return the desk as the browser keeps it."""
        return self.model_dump(mode="json", exclude_none=True)

    @property
    def open(self) -> Kept:
        """The conversation that is open."""
        return self.kept[0] if self.kept else Kept(id=_new_id())

    def with_open(self, **changes: Any) -> Self:
        """Return the desk with the open conversation changed."""
        return self._first(self.open.model_copy(update=changes))

    def with_new(self, conversation: Conversation | None = None) -> Self:
        """Return the desk with one more conversation open; an empty one is not kept twice."""
        kept = tuple(one for one in self.kept if one.conversation.turns or one.pending)
        new = Kept(id=_new_id(), conversation=conversation or Conversation())
        return type(self)(kept=(new, *kept)[:MAX_KEPT])

    def opened(self, key: str) -> Self:
        """Return the desk with another conversation open; the same desk if there is none of that id."""
        found = next((one for one in self.kept if one.id == key), None)
        return self._first(found) if found else self

    def without_open(self) -> Self:
        """Return the desk without the conversation that is open."""
        return type(self)(kept=self.kept[1:])

    def fitted(self) -> tuple[Self, bool]:
        """Return the desk cut to what a browser keeps, and whether anything was let go, the oldest first."""
        desk = self
        while len(desk.kept) > 1 and desk._length() > MAX_CHARACTERS:
            desk = type(self)(kept=desk.kept[:-1])
        while len(desk.open.conversation.turns) > 1 and desk._length() > MAX_CHARACTERS:
            desk = desk.with_open(conversation=Conversation(turns=desk.open.conversation.turns[1:]))
        return desk, desk is not self

    def _length(self) -> int:
        return len(self.model_dump_json(exclude_none=True))

    def _first(self, one: Kept) -> Self:
        others = tuple(other for other in self.kept if other.id != one.id)
        return type(self)(kept=(one, *others)[:MAX_KEPT])


def _new_id() -> str:
    return secrets.token_hex(8)
