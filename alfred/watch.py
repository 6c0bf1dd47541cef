"""The model, the tools and the executor of one turn, watched.

They tell what they do, and do nothing once the turn is stopped.
"""

import copy
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from smolagents import ChatMessage, ChatMessageStreamDelta, Model, PythonExecutor, Tool
from smolagents.local_python_executor import CodeOutput
from smolagents.models import agglomerate_stream_deltas

from alfred.models import is_rate_limit
from alfred.stop import Stop
from alfred.tracing import Trace

RETRY_SECONDS = (1, 2, 4)

_CODE_OPENINGS = ("<code>", "```py")
_CODE_MARK = re.compile("|".join(map(re.escape, _CODE_OPENINGS)))
_LABEL = re.compile(r"\A\s*(?:Thoughts?:\s*)?")


class WatchedModel(Model):
    """Asks another model, streams its thoughts out, and asks again after a rate limit.

    Args:
        model: the model that answers.
        stop: checked before each call and at each piece of the answer.
        on_thought: gets each piece of text that stands before the code.
        trace: keeps each call.
    """

    def __init__(self, model: Model, stop: Stop, on_thought: Callable[[str], None], trace: Trace | None = None) -> None:
        super().__init__(model_id=model.model_id)
        self.calls = 0
        self.seconds = 0.0
        self._trace = trace or Trace()
        self._model = model
        self._stop = stop
        self._on_thought = on_thought

    def generate(self, messages: list[ChatMessage], **options: Any) -> ChatMessage:
        """Return the whole answer of the model, its thoughts having been told on the way."""
        deltas = []
        thought = ThoughtReader(self._on_thought)
        with closing(self._stream(messages, options)) as stream:
            for delta in stream:
                self._stop.check()
                deltas.append(delta)
                thought.read(delta.content or "")
        thought.end()
        return agglomerate_stream_deltas(deltas)

    def _stream(self, messages: list[ChatMessage], options: dict) -> Iterator[ChatMessageStreamDelta]:
        for seconds in (*RETRY_SECONDS, None):
            self._stop.check()
            self.calls += 1
            silent = True
            try:
                for delta in self._ask(messages, options):
                    silent = False
                    yield delta
                return
            except Exception as error:
                if seconds is None or not silent or not is_rate_limit(error):
                    raise
            self._stop.pause(seconds * random.uniform(1, 1.5))

    def _ask(self, messages: list[ChatMessage], options: dict) -> Iterator[ChatMessageStreamDelta]:
        begun = time.monotonic()
        try:
            with self._trace.model_call(self._model, messages, options) as answer:
                for delta in self._deltas(messages, options):
                    answer.append(delta)
                    yield delta
        finally:
            self.seconds += time.monotonic() - begun

    def _deltas(self, messages: list[ChatMessage], options: dict) -> Iterator[ChatMessageStreamDelta]:
        if hasattr(self._model, "generate_stream"):
            yield from self._model.generate_stream(messages, **options)
        else:
            message = self._model.generate(messages, **options)
            yield ChatMessageStreamDelta(content=message.content, token_usage=message.token_usage)


class ThoughtReader:
    """Passes a streamed text on up to the mark where the code begins, without the label "Thought:"."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._held = ""
        self._begun = False
        self._code = False

    def read(self, text: str) -> None:
        """Take the next piece; what may be the beginning of a mark waits for the piece after it."""
        if self._code:
            return
        self._held += text
        mark = _CODE_MARK.search(self._held)
        self._code = mark is not None
        if mark:
            self._tell_up_to(mark.start())
        elif self._begun or not "Thoughts:".startswith(self._held.strip()):
            self._tell_up_to(len(self._held) - _overlap(self._held))

    def end(self) -> None:
        """Pass on what still waits."""
        if not self._code:
            self._tell_up_to(len(self._held))

    def _tell_up_to(self, end: int) -> None:
        text, self._held = self._held[:end], self._held[end:]
        if not self._begun:
            text = _LABEL.sub("", text, count=1)
        if text:
            self._begun = True
            self._tell(text)


def _overlap(text: str) -> int:
    """Return how many characters at the end may be the beginning of a mark."""
    lengths = [n for mark in _CODE_OPENINGS for n in range(1, len(mark)) if text.endswith(mark[:n])]
    return max(lengths, default=0)


def watch_tool(
    tool: Tool,
    stop: Stop,
    on_start: Callable[[str], int],
    on_finish: Callable[[int, str, float, bool], None],
    on_result: Callable[[str, Any], None],
) -> Tool:
    """Return a copy of a tool that tells of its calls; caches and locks stay those of the tool itself.

    Args:
        tool: the tool, which stays as it is.
        stop: checked before each call.
        on_start: gets the tool's name, returns the number of the call.
        on_finish: gets that number, the name, the seconds taken and whether the tool failed.
        on_result: gets the name and what the tool returned.
    """

    def forward(*args: Any, **kwargs: Any) -> Any:
        """Run the tool itself between its two announcements."""
        stop.check()
        call, begun, failed = on_start(tool.name), time.monotonic(), True
        try:
            result = tool.forward(*args, **kwargs)
            failed = False
            on_result(tool.name, result)
            return result
        finally:
            on_finish(call, tool.name, time.monotonic() - begun, failed)

    watched = copy.copy(tool)
    watched.forward = forward
    return watched


class WatchedExecutor(PythonExecutor):
    """Runs code in another executor, unless the turn was stopped.

    Args:
        executor: where the code runs.
        stop: checked before and after each piece of code.
        trace: keeps each piece of code.
    """

    def __init__(self, executor: PythonExecutor, stop: Stop, trace: Trace | None = None) -> None:
        self.seconds = 0.0
        self._executor = executor
        self._stop = stop
        self._trace = trace or Trace()

    @property
    def state(self) -> dict[str, Any]:
        """The state of the executor, where smolagents looks for what failed code had printed."""
        return self._executor.state

    def send_tools(self, tools: dict[str, Tool]) -> None:
        """Give the code its tools."""
        self._executor.send_tools(tools)

    def send_variables(self, variables: dict[str, Any]) -> None:
        """Give the code its variables."""
        self._executor.send_variables(variables)

    def __call__(self, code_action: str) -> CodeOutput:
        """Run a piece of code."""
        self._stop.check()
        begun = time.monotonic()
        try:
            with self._trace.span("alfred.code", input=code_action, executor=type(self._executor).__name__) as span:
                output = self._executor(code_action)
                self._stop.check()
                span.note(output=output.logs)
                return output
        finally:
            self.seconds += time.monotonic() - begun

    def snapshot(self) -> dict[str, Any]:
        """Return the variables that the code left, where the executor can tell."""
        return self._executor.snapshot() if hasattr(self._executor, "snapshot") else {}

    def cleanup(self) -> None:
        """Let go of what the executor holds, where it holds anything."""
        if hasattr(self._executor, "cleanup"):
            self._executor.cleanup()
