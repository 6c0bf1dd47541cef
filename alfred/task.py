"""The task of one turn as the model reads it: the conversation so far, the request and its brief.

`write_task` and `read_task` are each other's reverse, so that the embedded planner works from the very
text that every other model gets. The brief is a line of JSON; all earlier lines are indented, so that no
text of a visitor can pass for it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from alfred.brief import Brief
from alfred.conversation import Conversation

EARLIER_TURNS = 6
EARLIER_ANSWER_CHARACTERS = 600

_TASK = re.compile(
    r"(?:\AEarlier in this conversation:\n(?P<earlier>(?: .*\n)*)\n)?Request:\n(?P<request>(?: .*\n?)*)"
    r"(?:brief = (?P<brief>\{.*\}))?\s*\Z"
)
_EARLIER = re.compile(r"^  Host: (?P<request>.*)\n  Alfred: (?P<answer>.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Task:
    """A request, its brief (None where none was given) and the earlier (request, answer) pairs."""

    request: str
    brief: Brief | None = None
    earlier: tuple[tuple[str, str], ...] = ()


def write_task(request: str, brief: Brief, conversation: Conversation, variables: Collection[str] = ()) -> str:
    """Return the text that the model reads for this request, with the names of the variables that are still there."""
    earlier = "".join(
        f"  Host: {_one_line(turn.request)}\n  Alfred: {_one_line(turn.answer)}\n"
        for turn in conversation.turns[-EARLIER_TURNS:]
    )
    if earlier and variables:
        earlier += f"  Variables that are still there: {_one_line(', '.join(variables))}\n"
    opening = f"Earlier in this conversation:\n{earlier}\n" if earlier else ""
    lines = "".join(f"  {line}\n" for line in request.splitlines())
    return f"{opening}Request:\n{lines}brief = {brief.to_json()}"


def read_task(text: str) -> Task:
    """Read a task back; a text of any other form is a request without a brief."""
    match = _TASK.match(text)
    if not match:
        return Task(text.strip())
    earlier = tuple((pair["request"], pair["answer"]) for pair in _EARLIER.finditer(match["earlier"] or ""))
    request = "\n".join(line[2:] for line in match["request"].splitlines())
    return Task(request, Brief.from_json(match["brief"]) if match["brief"] else None, earlier)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EARLIER_ANSWER_CHARACTERS else line[:EARLIER_ANSWER_CHARACTERS] + " …"
