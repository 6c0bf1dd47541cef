"""What the messages of a run tell the embedded planner: the task, and what its earlier actions led to."""

import re
from dataclasses import dataclass
from datetime import datetime

from smolagents import ChatMessage, MessageRole

from alfred.brief import Brief, read_brief
from alfred.task import Task, read_task

_TASK_MARK = "New task:\n"
_CODE = re.compile(r"<code>\n?(.*?)</code>", re.DOTALL)
_TOOL = re.compile(r"^def (\w+)\(", re.MULTILINE)


@dataclass(frozen=True)
class Attempt:
    """An earlier action of this run: its code, and the observation or error that it led to."""

    code: str
    outcome: str
    failed: bool

    @property
    def reviewed(self) -> bool:
        """Tell whether the action gave an answer that did not pass the review."""
        return self.failed and "Check review failed" in self.outcome


@dataclass(frozen=True)
class Situation:
    """Everything that an action is chosen from."""

    task: Task
    brief: Brief
    attempts: tuple[Attempt, ...] = ()
    tools: frozenset[str] = frozenset()

    @property
    def changed(self) -> set[str] | None:
        """The keys of the brief that this request changes in the last plan, None where there is no plan to change.

        The earlier briefs are read again from the earlier requests, since a task holds no more of them.
        """
        before, planned = None, False
        for request, _ in self.task.earlier:
            before = read_brief(request, self.brief.now, before)
            planned = planned or "plan" in before.asked
        if not planned or self.brief == read_brief(self.task.request, self.brief.now):
            return None
        return {name for name in type(before).model_fields if getattr(self.brief, name) != getattr(before, name)}

    @property
    def failures(self) -> int:
        """How many actions of this run have failed, the answers that did not pass the review left aside."""
        return sum(attempt.failed and not attempt.reviewed for attempt in self.attempts)

    @property
    def reviews(self) -> int:
        """How many answers of this run have not passed the review."""
        return sum(attempt.reviewed for attempt in self.attempts)


def read_situation(messages: list[ChatMessage]) -> Situation:
    """Read the messages of a run; where the task has no brief, read one from the request."""
    texts = [(message.role, text_of(message)) for message in messages]
    start = max((n for n, (_, text) in enumerate(texts) if text.startswith(_TASK_MARK)), default=len(texts) - 1)
    task = read_task(texts[start][1].removeprefix(_TASK_MARK))
    return Situation(
        task=task,
        brief=task.brief or read_brief(task.request, datetime.now()),
        attempts=tuple(_attempts(texts[start + 1 :])),
        tools=frozenset(name for _, text in texts[:start] for name in _TOOL.findall(text)),
    )


def text_of(message: ChatMessage) -> str:
    """Return the text of a message, whichever of its two forms smolagents gave it."""
    if isinstance(message.content, str):
        return message.content
    return "\n".join(part.get("text", "") for part in message.content or [])


def _attempts(texts: list[tuple[MessageRole, str]]) -> list[Attempt]:
    attempts: list[Attempt] = []
    for role, text in texts:
        if role == MessageRole.ASSISTANT:
            code = _CODE.search(text)
            attempts.append(Attempt(code[1] if code else text, "", failed=False))
        elif role == MessageRole.TOOL_RESPONSE and attempts:
            last = attempts[-1]
            failed = last.failed or "Error:\n" in text
            attempts[-1] = Attempt(last.code, last.outcome + text, failed)
    return attempts
