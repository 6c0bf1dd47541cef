"""The self-test: yes on this machine, no with a reason and what to set wherever something is missing."""

import logging

import pytest

from alfred.sandbox import JailUnavailableError, selftest


def test_this_machine_can_jail(caplog):
    selftest.self_test.cache_clear()
    with caplog.at_level(logging.INFO):
        assert selftest.self_test().ok
    assert "jail: Code that a model wrote runs in the jail." in caplog.text


def test_it_is_asked_once(caplog):
    selftest.self_test.cache_clear()
    with caplog.at_level(logging.INFO):
        assert selftest.self_test() is selftest.self_test()
    assert caplog.text.count("jail: ") == 1


def test_everything_that_must_be_refused_is_allowed_without_the_jail(attack):
    lines = [line for line in selftest.ATTEMPTS.splitlines() if '"start a program"' not in line]
    answers = eval(attack.free("\n".join(lines).replace("\n{", "\nanswers = {") + "\ngot = answers"))
    assert answers.pop("signal another process") in ("allowed", "PermissionError")
    assert set(answers.values()) == {"allowed"}


def test_a_miss_is_a_no_that_names_what_and_the_settings():
    verdict = selftest.judge(lambda: ["in the jail, the attempt to fork ended with allowed where refusal was expected"])
    assert not verdict.ok
    assert "the attempt to fork ended with allowed" in verdict.reason
    assert "Set ALFRED_EXECUTOR to docker, e2b, modal or blaxel" in verdict.reason
    assert "local for development, which protects nothing" in verdict.reason


def test_a_jail_that_does_not_come_up_is_a_no_with_the_reason(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    selftest.launcher.close()
    verdict = selftest.judge(selftest.try_everything)
    assert not verdict.ok
    assert "The jail needs Linux; this is darwin." in verdict.reason


def test_a_weaker_refusal_is_not_taken_for_the_expected_one(monkeypatch):
    monkeypatch.setitem(selftest.REFUSALS, "fork", "BlockingIOError")
    assert selftest.try_everything() == [
        "in the jail, the attempt to fork ended with PermissionError where BlockingIOError was expected"
    ]


def test_the_executor_refuses_where_there_is_no_jail(monkeypatch, executor):
    monkeypatch.setattr("sys.platform", "win32")
    selftest.launcher.close()
    with pytest.raises(JailUnavailableError, match="this is win32"):
        executor("1")
