"""One turn: a request on a conversation, run by an agent of its own, told as events.

`run_turn` is a function of its arguments. The agent works in a thread of its own, from its first line of code to
its last; whoever iterates over the events only reads a queue. Closing the iterator, the stop and the time limit
all end in the same switch, after which no further code runs and no further call of the model starts. The agent
of a stopped turn is left to itself: a call that is under way ends when it ends, and nobody hears of it.
"""

import itertools
import logging
import queue
import re
import secrets
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from smolagents import ActionStep, FinalAnswerStep, Model, Tool, ToolCall
from smolagents.utils import AgentGenerationError

from alfred import logs, variables
from alfred.agent import SavedAgent, choose_executor
from alfred.brief import Brief, read_brief
from alfred.conversation import ANSWER_CHARACTERS, Conversation, Status, Turn
from alfred.errors import AlfredError, LimitError, RequestError, Stopped
from alfred.events import (
    Answer,
    Code,
    Event,
    Failure,
    Observation,
    StepDone,
    Thought,
    ToolFinished,
    ToolStarted,
    TurnEnded,
)
from alfred.models import explain
from alfred.review import Review
from alfred.sandbox import ChildLostError, JailExecutor
from alfred.settings import Settings
from alfred.stop import Stop
from alfred.task import write_task
from alfred.tracing import NO_TRACING, Tracer
from alfred.watch import WatchedExecutor, WatchedModel, watch_tool

log = logging.getLogger(__name__)

# How the web tools say, at the head of what they return, that they had it already.
HEAD_CHARACTERS = 600
_CACHED = re.compile(r", cached\)?$", re.MULTILINE)

STOPPED = "Stopped. Nothing further was done for this request."


def run_turn(
    conversation: Conversation,
    request: str,
    model: Model,
    *,
    saved_agent: SavedAgent,
    settings: Settings,
    now: datetime,
    stop: Stop | None = None,
    tracer: Tracer = NO_TRACING,
) -> Iterator[Event]:
    """Answer a request, telling what happens; the last event holds the conversation with one more turn.

    Args:
        conversation: what was said before.
        request: the host's words.
        model: what answers; used by this turn alone.
        saved_agent: the agent's prompts and tools.
        settings: the limits of a turn.
        now: the host's local time.
        stop: ends the turn from outside.
        tracer: keeps what happens.

    Raises:
        RequestError: if the request is empty or too long; then there is no turn.
    """
    request = check_request(request, settings)
    brief = read_brief(request, now, conversation.brief)
    return _Run(conversation, request, brief, model, saved_agent, settings, stop or Stop(), tracer).events()


def check_request(request: str, settings: Settings) -> str:
    """Return the request without the white space around it.

    Raises:
        RequestError: if it is empty or too long.
    """
    request = request.strip()
    if not request:
        raise RequestError("The request is empty: say what party you have in mind, or what you want to know.")
    if len(request) > settings.request_characters:
        raise RequestError(
            f"The request has {len(request):,} characters and at most {settings.request_characters:,} are read: "
            "shorten it."
        )
    return request


class _Run:
    """The state of one running turn: its agent in a thread, its events in a queue."""

    def __init__(
        self,
        conversation: Conversation,
        request: str,
        brief: Brief,
        model: Model,
        saved_agent: SavedAgent,
        settings: Settings,
        stop: Stop,
        tracer: Tracer,
    ) -> None:
        self.conversation = conversation
        self.request = request
        self.brief = brief
        self.saved_agent = saved_agent
        self.settings = settings
        self.stop = stop
        self.model = model
        self.reference = secrets.token_hex(4)
        self._tracer = tracer
        self._queue: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._calls = itertools.count(1)
        self._step = 1
        self._done: list[StepDone] = []
        self._tool_seconds = 0.0
        self._executor: WatchedExecutor | None = None
        self._begun = time.monotonic()

    def events(self) -> Iterator[Event]:
        """Start the agent and yield the turn's events."""
        self._trace = self._tracer.begin(self.request, self.model)
        self.watched_model = WatchedModel(
            self.model, self.stop, lambda text: self._tell(Thought(self._step, text)), self._trace
        )
        allergen_check = self.saved_agent.tool("allergen_check")
        self.review = Review(self.brief, self.conversation, self.request, allergen_check, self._trace)
        self.stop.when_set(lambda: self._queue.put(None))
        threading.Thread(target=self._work, name="turn", daemon=True).start()
        try:
            for event in self._told():
                yield event
                if isinstance(event, (Answer, Failure)):
                    yield self._ended(event)
                    return
        finally:
            self.stop.set()
            self._trace.end("stopped", STOPPED)

    def _told(self) -> Iterator[Event]:
        deadline = self._begun + self.settings.turn_seconds
        while True:
            try:
                event = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                yield Failure("failed", _too_slow(self.settings))
                return
            if event is None:
                yield Failure("stopped", STOPPED)
                return
            yield event

    def _ended(self, last: Answer | Failure) -> TurnEnded:
        status: Status = "done" if isinstance(last, Answer) else last.status
        plan = last.plan if isinstance(last, Answer) else None
        answer = last.text[:ANSWER_CHARACTERS]
        trace_id = self._trace.trace_id
        turn = Turn(
            request=self.request,
            answer=answer,
            status=status,
            brief=self.brief,
            plan=plan,
            variables=self._left_behind() if status == "done" else {},
            trace_id=trace_id,
        )
        figures = self._figures()
        self._trace.end(status, answer, **figures)
        whose = {"turn": self.reference, "trace": trace_id}
        log.info("turn ended", extra={**whose, "status": status, **figures})
        return TurnEnded(turn=turn, conversation=self.conversation.with_turn(turn), trace_id=trace_id, **figures)

    def _left_behind(self) -> dict[str, Any]:
        try:
            return variables.keep(self._executor.snapshot())
        except ChildLostError as error:
            log.warning("turn %s: %s", self.reference, error)
            return {}

    def _figures(self) -> dict[str, Any]:
        return {
            "steps": len(self._done),
            "model_calls": self.watched_model.calls,
            "input_tokens": sum(step.input_tokens for step in self._done),
            "output_tokens": sum(step.output_tokens for step in self._done),
            "seconds": time.monotonic() - self._begun,
            "model_seconds": self.watched_model.seconds,
            "tool_seconds": self._tool_seconds,
            "code_seconds": self._executor.seconds if self._executor else 0.0,
        }

    def _tell(self, event: Event) -> None:
        if not self.stop.is_set():
            self._queue.put(event)

    def _work(self) -> None:
        logs.belongs_to(self.reference, self._trace.trace_id)
        self._trace.enter()
        try:
            self._run_agent()
        except Stopped:
            log.debug("a turn was stopped")
        except BaseException as error:
            self._tell(Failure("failed", self._sentence(error)))

    def _run_agent(self) -> None:
        executor = choose_executor(self.settings, self.saved_agent.authorized_imports)
        if isinstance(executor, JailExecutor):
            self.stop.when_set(executor.stop)
        self._executor = WatchedExecutor(executor, self.stop, self._trace)
        tools = [
            tool if tool.name == "final_answer" else self._watched(tool) for tool in self.saved_agent.tools_for_turn()
        ]
        with self.saved_agent.build(
            self.watched_model, tools, self._executor, self.settings.max_steps, checks=[self.review]
        ) as agent:
            earlier = variables.recall(self.conversation.variables, tools=agent.tools)
            agent.state.update(earlier, brief=self.brief.model_dump(mode="json"), plan=self.conversation.plan)
            task = write_task(self.request, self.brief, self.conversation, earlier)
            for item in agent.run(task, stream=True):
                self._follow(item)

    def _watched(self, tool: Tool) -> Tool:
        return watch_tool(tool, self.stop, self._started, self._finished, self._found)

    def _started(self, name: str) -> int:
        call = next(self._calls)
        self._tell(ToolStarted(self._step, call, name))
        return call

    def _found(self, name: str, result: Any) -> None:
        self.review.remember(name, result)
        if isinstance(result, str) and _CACHED.search(result[:HEAD_CHARACTERS]):
            with self._trace.span("alfred.cache", tool=name):
                pass

    def _finished(self, call: int, name: str, seconds: float, failed: bool) -> None:
        self._tool_seconds += seconds
        self._tell(ToolFinished(self._step, call, name, seconds, failed))

    def _follow(self, item: Any) -> None:
        if isinstance(item, ToolCall):
            self._tell(Code(self._step, str(item.arguments)))
        elif isinstance(item, ActionStep):
            self._follow_step(item)
        elif isinstance(item, FinalAnswerStep):
            self._tell(Answer(*self.review.conclude(item.output)))

    def _follow_step(self, step: ActionStep) -> None:
        if step.observations and not step.is_final_answer:
            self._tell(Observation(self._step, step.observations))
        usage = step.token_usage
        done = StepDone(
            self._step,
            step.timing.duration or 0.0,
            usage.input_tokens if usage else 0,
            usage.output_tokens if usage else 0,
            str(step.error) if step.error else None,
        )
        self._done.append(done)
        self._tell(done)
        if step.step_number >= self.settings.max_steps and not step.is_final_answer:
            raise LimitError(
                f"Alfred took all of his {self.settings.max_steps} steps and found no answer: "
                "ask for one thing at a time, or say it in other words."
            )
        self._step += 1

    def _sentence(self, error: BaseException) -> str:
        """Return what the host reads of a failure; where the log knows more, the reference leads there."""
        if isinstance(error, AlfredError):
            return str(error)
        if isinstance(error, AgentGenerationError):
            explained = explain(error, self.model.model_id)
            log.warning("turn %s: %s", self.reference, type(explained).__name__, exc_info=error)
            return f"{str(explained).removesuffix('.')} (reference {self.reference})."
        log.error("turn %s failed", self.reference, exc_info=error)
        return f"Something went wrong inside Alfred (reference {self.reference}): please try again."


def _too_slow(settings: Settings) -> str:
    return (
        f"The turn took longer than its {settings.turn_seconds:g} seconds and was ended: "
        "ask for less at once, or try again."
    )
