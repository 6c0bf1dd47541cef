"""Tool calls in the parent: names, arguments, results, errors. For the whole way see `test_executor.py`."""

import sys

import pytest

from alfred.sandbox import calls


class Fake:
    name = "order"
    inputs = {
        "dish": {"type": ["string", "null"], "description": ""},
        "extra": {"type": "any", "description": ""},
        "many": {"type": "array", "description": "", "nullable": True},
    }

    def __call__(self, **kwargs):
        return kwargs


@pytest.mark.parametrize("kwargs", [{"dish": None, "extra": 1}, {"dish": "a", "extra": True, "many": (1,)}])
def test_arguments_that_fit_arrive_by_name(kwargs):
    assert calls.run_tool(Fake(), [], kwargs) == kwargs


@pytest.mark.parametrize("kwargs", [{"dish": 1, "extra": 1}, {"dish": "a", "extra": 1, "many": "x"}, {"dish": "a"}])
def test_arguments_that_do_not_fit_do_not_arrive(kwargs):
    with pytest.raises(
        TypeError, match=r"order: .* Its inputs are: dish \(string or null\), extra \(any\), many \(array, "
    ):
        calls.run_tool(Fake(), [], kwargs)


def test_a_function_that_is_no_tool_is_called_as_it_is():
    assert calls.run_tool(max, [1, 2], {"key": abs}) == 2


def test_a_result_that_cannot_cross_becomes_a_failure():
    message = calls.result_message("photo", object())
    assert (message["op"], message["type"]) == ("failure", "TypeError")
    assert "What photo returned cannot enter the sandbox" in message["text"]


def test_an_error_travels_as_the_builtin_next_to_it():
    class LateError(TimeoutError): ...

    assert calls.failure_message(LateError("x"))["type"] == "TimeoutError"
    assert calls.failure_message(KeyError("x")) == {"op": "failure", "type": "KeyError", "text": "x"}


def test_secrets_and_folders_are_struck_out(monkeypatch):
    monkeypatch.setenv("SOME_API_KEY", "hunter2hunter2")
    monkeypatch.setenv("SOME_TOKEN", "on")
    assert calls.redact(f"{sys.prefix}/bin: hunter2hunter2 is on") == "…/bin: *** is on"
