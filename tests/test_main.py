"""The terminal: answers on standard output, faults in one line, conversations in files."""

import json

import pytest

from alfred.__main__ import main

KEYS = [
    "answer",
    "plan",
    "status",
    "model",
    "steps",
    "model_calls",
    "input_tokens",
    "output_tokens",
    "seconds",
]
NOW = ["--now", "2026-11-22T10:00"]


def test_the_answer_is_printed(capsys):
    assert main(["plan", "Prepare a formal menu for the party.", *NOW]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Suggested formal menu")
    assert err == ""


def test_json_prints_one_object_with_all_keys(capsys):
    assert main(["plan", "Prepare a formal menu for the party.", "--format", "json", *NOW]) == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == KEYS
    assert (report["status"], report["model"], report["steps"]) == ("done", "embedded-planner", 1)
    assert report["input_tokens"] > 500


def test_steps_go_to_standard_error(capsys):
    main(["plan", "Prepare a formal menu for the party.", "--steps", *NOW])
    err = capsys.readouterr().err
    assert "suggest_menu('formal" in err
    assert "--- suggest_menu done in" in err
    assert "--- 1 steps, 1 model calls" in err


def test_a_second_call_follows_up_from_the_file(tmp_path, capsys):
    file = str(tmp_path / "talk.json")
    main(["plan", "Plan a dinner for 40 guests for $2000", "--conversation", file, *NOW])
    capsys.readouterr()
    assert main(["plan", "what does that cost a head?", "--conversation", file, *NOW]) == 0
    assert "50" in capsys.readouterr().out
    assert len(json.loads((tmp_path / "talk.json").read_text())["turns"]) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan", ""],
        ["plan", "x" * 5000],
        ["plan", "dinner", "--format", "pdf"],
        ["plan", "dinner", "--now", "tomorrow"],
        ["plan", "dinner", "--conversation", "."],
        ["plan"],
        ["dance"],
        ["check", "--offline"],
        [],
    ],
)
def test_bad_use_is_one_line_and_status_2(arguments, capsys):
    try:
        status = main(arguments)
    except SystemExit as end:
        status = end.code
    out, err = capsys.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_file_that_is_no_conversation_is_bad_use_and_stays(tmp_path, capsys):
    file = tmp_path / "notes.txt"
    file.write_text("shopping list")
    assert main(["plan", "dinner", "--conversation", str(file)]) == 2
    assert "not a conversation" in capsys.readouterr().err
    assert file.read_text() == "shopping list"


def test_a_wrong_setting_is_bad_use(monkeypatch, capsys):
    monkeypatch.setenv("ALFRED_MODEL", "hal")
    assert main(["plan", "dinner"]) == 2
    assert "ALFRED_MODEL is 'hal'" in capsys.readouterr().err


def test_a_turn_that_fails_is_one_line_and_status_1(monkeypatch, capsys, tmp_path):
    file = tmp_path / "talk.json"
    monkeypatch.setenv("ALFRED_MODEL", "openai:tiny")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert main(["plan", "dinner", "--conversation", str(file)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n"), file.exists()) == ("", 1, False)
    assert "cannot be reached" in err


PLAN = "Plan a dinner for 12 on 12 December at 19:00 for 600 euros"


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Dinner\n"), ("markdown", "# Dinner\n"), ("ics", "BEGIN:VCALENDAR"), ("csv", ""), ("json", '{"answer"')],
)
def test_a_plan_is_printed_in_every_form(form, begins, capsys):
    assert main(["plan", PLAN, "--format", form, *NOW]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_json_holds_the_plan_itself(capsys):
    main(["plan", PLAN, "--format", "json", *NOW])
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert (plan["guests"]["total"], plan["date"], plan["budget"]["limit"]) == (12, "2026-12-12", "600.00")
    assert all(check["ok"] for check in plan["checks"])


def test_a_later_plan_of_a_conversation_updates_the_calendar_of_the_first(tmp_path, capsys):
    file = str(tmp_path / "talk.json")
    calendars = []
    for request in (PLAN, "make it 14 guests and a villain theme"):
        main(["plan", request, "--conversation", file, "--format", "ics", *NOW])
        calendars.append(capsys.readouterr().out)
    first, second = [{line for line in text.splitlines() if line.startswith("UID")} for text in calendars]
    assert first == second
    assert "SEQUENCE:1" in calendars[1]


def test_an_answer_that_is_no_plan_has_no_calendar(capsys):
    assert main(["plan", "Prepare a formal menu for the party.", "--format", "ics", *NOW]) == 2
    assert "no plan in this conversation" in capsys.readouterr().err
