"""The watched model and tools: they tell, retry and stop."""

import threading

import pytest
from smolagents import Tool

from alfred import watch
from alfred.errors import Stopped
from alfred.stop import Stop
from alfred.watch import ThoughtReader, WatchedExecutor, WatchedModel, watch_tool
from tests.stand_ins.scripted_model import ScriptedModel, code


def thoughts(*pieces):
    told = []
    reader = ThoughtReader(told.append)
    for piece in pieces:
        reader.read(piece)
    reader.end()
    return "".join(told)


@pytest.mark.parametrize(
    ("pieces", "thought"),
    [
        (["Thought: a menu\n<code>\nx = 1\n</code>"], "a menu\n"),
        (list("Thought: a menu <code>x"), "a menu "),
        (["Thoughts:", " a menu", "```py\nx"], "a menu"),
        (["a < b and a menu"], "a < b and a menu"),
        (["T", "wo ideas"], "Two ideas"),
        (["<code>x</code>"], ""),
        (["ends with <co"], "ends with <co"),
        ([""], ""),
    ],
)
def test_only_the_thought_passes_whatever_the_pieces(pieces, thought):
    assert thoughts(*pieces) == thought


class RateLimitedError(Exception):
    status_code = 429


def test_a_rate_limit_is_asked_again(monkeypatch):
    monkeypatch.setattr(watch, "RETRY_SECONDS", (0, 0, 0))
    model = WatchedModel(ScriptedModel(RateLimitedError(), RateLimitedError(), code("x")), Stop(), lambda text: None)
    assert "x" in model.generate([]).content
    assert model.calls == 3


def test_a_rate_limit_that_lasts_is_raised(monkeypatch):
    monkeypatch.setattr(watch, "RETRY_SECONDS", (0, 0))
    model = WatchedModel(ScriptedModel(RateLimitedError()), Stop(), lambda text: None)
    with pytest.raises(RateLimitedError):
        model.generate([])
    assert model.calls == 3


def test_other_failures_are_not_asked_again():
    model = WatchedModel(ScriptedModel(ValueError("no")), Stop(), lambda text: None)
    with pytest.raises(ValueError, match="no"):
        model.generate([])
    assert model.calls == 1


def test_no_call_starts_after_a_stop_even_between_retries(monkeypatch):
    stop = Stop()
    monkeypatch.setattr(watch, "RETRY_SECONDS", (30,))
    inner = ScriptedModel(RateLimitedError())
    model = WatchedModel(inner, stop, lambda text: None)
    threading.Timer(0.05, stop.set).start()
    with pytest.raises(Stopped):
        model.generate([])
    assert len(inner.heard) == 1


def test_a_stop_ends_the_stream_at_the_next_piece():
    stop = Stop()
    model = WatchedModel(ScriptedModel("one two three four"), stop, lambda text: stop.set())
    with pytest.raises(Stopped):
        model.generate([])


class Greeter(Tool):
    name = "greeter"
    description = "Greets."
    inputs = {"who": {"type": "string", "description": "Whom"}}
    output_type = "string"

    def forward(self, who: str) -> str:
        if not who:
            raise ValueError("nobody")
        return f"Hello {who}"


def watched(stop=None):
    told = []
    tool = watch_tool(
        Greeter(),
        stop or Stop(),
        on_start=lambda name: told.append(name) or 7,
        on_finish=lambda *finished: told.append(finished),
        on_result=lambda *result: told.append(result),
    )
    return tool, told


def test_a_call_is_told_with_its_real_name_and_its_time():
    tool, told = watched()
    assert tool(who="Robin") == "Hello Robin"
    started, result, (call, name, seconds, failed) = told
    assert (started, result) == ("greeter", ("greeter", "Hello Robin"))
    assert (call, name, failed) == (7, "greeter", False)
    assert seconds >= 0


def test_a_call_that_fails_is_told_as_failed():
    tool, told = watched()
    with pytest.raises(ValueError, match="nobody"):
        tool(who="")
    assert told[1][3] is True


def test_no_tool_runs_after_a_stop():
    stop = Stop()
    tool, told = watched(stop)
    stop.set()
    with pytest.raises(Stopped):
        tool(who="Robin")
    assert told == []


def test_no_code_runs_after_a_stop_and_none_is_answered_that_ran_into_one():
    stop, ran = Stop(), []
    executor = WatchedExecutor(lambda code_action: ran.append(code_action) or stop.set(), stop)
    for _ in range(2):
        with pytest.raises(Stopped):
            executor("print(1)")
    assert ran == ["print(1)"]


def test_the_tool_itself_stays_as_it_was():
    tool = Greeter()
    watch_tool(tool, Stop(), lambda name: 1, lambda *finished: None, lambda *result: None)
    assert "forward" not in vars(tool)
