"""The log: lines or JSON with turn and trace, and no words of visitors."""

import json
import logging
import sys
import threading

import pytest

from alfred import logs
from alfred.logs import JsonLines, PlainLines


def record(error=None, **extra):
    made = logging.LogRecord("alfred.turn", logging.ERROR, "turn.py", 1, "turn %s failed", ("ab12",), error)
    made.__dict__.update(extra)
    return made


@pytest.fixture
def trouble():
    try:
        try:
            raise ValueError("the visitor's words")
        except ValueError as error:
            raise RuntimeError("more of them") from error
    except RuntimeError:
        return sys.exc_info()


def test_json_has_what_a_collector_needs():
    line = json.loads(JsonLines().format(record(status="done", seconds=1.5)))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "ERROR",
        "logger": "alfred.turn",
        "message": "turn ab12 failed",
        "status": "done",
        "seconds": 1.5,
    }


@pytest.mark.parametrize("form", [PlainLines, JsonLines])
def test_an_exception_is_its_kinds_and_places_without_words(form, trouble):
    line = form().format(record(trouble))
    assert "ValueError" in line
    assert "RuntimeError" in line
    assert "test_logs.py" in line
    assert "words" not in line
    assert "more of them" not in line


@pytest.mark.parametrize("form", [PlainLines, JsonLines])
def test_at_debug_level_the_words_are_there(form, trouble):
    assert "the visitor's words" in form(words=True).format(record(trouble))


def test_records_of_a_thread_carry_its_turn_and_trace():
    lines = []

    def work(turn, trace):
        logs.belongs_to(turn, trace)
        lines.append(json.loads(JsonLines().format(record())))

    for turn, trace in (("t1", "abc"), ("t2", None)):
        thread = threading.Thread(target=work, args=(turn, trace))
        thread.start()
        thread.join()
    assert [(line["turn"], line.get("trace")) for line in lines] == [("t1", "abc"), ("t2", None)]
    assert "turn" not in json.loads(JsonLines().format(record()))


def test_a_turn_is_one_line_with_its_figures_and_no_words(take_turn, caplog):
    caplog.set_level(logging.INFO, "alfred")
    *_, end = take_turn("Plan a dinner for 12")
    (made,) = caplog.records
    line = json.loads(JsonLines().format(made))
    assert (line["message"], line["status"], line["steps"], line["input_tokens"]) == (
        "turn ended",
        "done",
        end.steps,
        end.input_tokens,
    )
    assert len(line["turn"]) == 8
    assert "dinner" not in json.dumps(line)
