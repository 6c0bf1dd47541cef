"""Every answer is reviewed before the host reads it: a plan against the brief, a sentence against what is computed.

A fault goes back to the model as an error that says what to mend, at most `MAX_REPAIRS` times in a turn; what is
still wrong then is told to the host, among the plan's checks or below the answer. It guards every model alike.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from smolagents import AgentMemory, CodeAgent

from alfred.answers import check_answer
from alfred.brief import Brief
from alfred.conversation import Conversation
from alfred.errors import PlanError
from alfred.exports import data_to_text, to_text
from alfred.plan import Violation, check_plan, check_text, read_plan
from alfred.tracing import Trace

MAX_REPAIRS = 2

# What these return is what the model gave them and proves nothing.
_ECHOES = {"party_plan", "allergen_check", "party_quantities"}


class AnswerFaultError(Exception):
    """The answer is wrong; the text tells the model what to mend."""


class Review:
    """Holds the answers of one turn against its brief, as a final answer check of smolagents.

    Args:
        brief: what is asked.
        conversation: the turns before; the plan that a follow-up changes, and what the host said.
        request: the host's words; a company that the host names is not invented.
        allergen_check: the tool that reads the labels of the dishes again, where it is there.
        trace: keeps each review.
    """

    __name__ = "review"

    def __init__(
        self,
        brief: Brief,
        conversation: Conversation,
        request: str,
        allergen_check: Callable[..., Any] | None = None,
        trace: Trace | None = None,
    ) -> None:
        self.repairs = 0
        self._left: list[Violation] = []
        self._brief = brief
        self._plan = conversation.plan
        self._allergen_check = allergen_check
        self._trace = trace or Trace()
        self._results = [request, *(turn.request for turn in conversation.turns), _text(self._plan or {})]

    def remember(self, tool: str, result: Any) -> None:
        """Keep what a tool found: proof of the companies, prices and addresses in a plan."""
        if tool not in _ECHOES:
            self._results.append(_text(result))

    def __call__(self, answer: Any, memory: AgentMemory, agent: CodeAgent) -> bool:
        """Accept the answer.

        Raises:
            AnswerFaultError: when it is wrong and the model may still mend it.
        """
        with self._trace.span("alfred.check") as span:
            self._left = self._violations(answer)
            span.note(faults=len(self._left), output=" ".join(map(str, self._left)))
            mendable = self.repairs < MAX_REPAIRS and agent.step_number < agent.max_steps
            if self._left and mendable:
                self.repairs += 1
                span.note(repair=self.repairs)
                raise AnswerFaultError(" ".join(map(str, self._left)))
            return True

    def conclude(self, answer: Any) -> tuple[str, dict[str, Any] | None]:
        """Return the answer as the host reads it, and the plan if it is one; what is still wrong is told in both."""
        if _is_plan(answer):
            failed = [{"name": fault.rule, "ok": False, "detail": _told(fault)} for fault in self._left]
            try:
                plan = read_plan({**answer, "checks": [*answer["checks"], *failed]})
                return to_text(plan), plan.to_data()
            except PlanError:
                return data_to_text(answer), None
        notes = "".join(f"\n\nPlease check the {fault.rule}: {_told(fault)}" for fault in self._left)
        return data_to_text(answer) + notes, None

    def _violations(self, answer: Any) -> list[Violation]:
        if not _is_plan(answer):
            return self._violations_of_text(data_to_text(answer))
        try:
            plan = read_plan(answer)
        except PlanError as error:
            return [Violation("plan", str(error), "a whole plan", "Return what party_plan gave.")]
        return check_plan(plan, self._brief, results=self._results, allergen_check=self._allergen_check)

    def _violations_of_text(self, text: str) -> list[Violation]:
        last_plan = read_plan(self._plan) if self._plan else None
        faults = check_answer(text, self._brief, last_plan)
        return faults + (check_text(text, self._brief) if "plan" in self._brief.asked else [])


def _is_plan(answer: Any) -> bool:
    return isinstance(answer, Mapping) and {"checks", "budget", "guests"} <= answer.keys()


def _told(fault: Violation) -> str:
    return f"found {fault.found}, but asked was {fault.asked}."


def _text(result: Any) -> str:
    return result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, default=str)
