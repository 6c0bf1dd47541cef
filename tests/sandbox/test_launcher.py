"""The launcher: one fork server, started when wanted, with a clear word when it cannot start.

What happens when the server dies is in `test_load.py`.
"""

import sys

import pytest

from alfred.agent import ROOT
from alfred.sandbox import JailExecutor, JailUnavailableError
from alfred.sandbox.launcher import Launcher, launcher


def test_the_server_is_started_once(executor):
    executor("1")
    server = launcher.pid()
    with JailExecutor() as another:
        another("1")
    assert launcher.pid() == server


def test_a_server_that_does_not_start_says_why(tmp_path, monkeypatch):
    (tmp_path / "__main__.py").write_text("raise RuntimeError('Unable to find libseccomp')")
    monkeypatch.setattr("alfred.sandbox.launcher.FOLDER", tmp_path)
    (package,) = (ROOT / "packages.txt").read_text().split()
    with pytest.raises(JailUnavailableError, match=rf"Unable to find libseccomp\. .*: apt-get install {package}\."):
        Launcher().spawn({})


def test_a_missing_package_is_named(tmp_path, monkeypatch):
    (tmp_path / "__main__.py").write_text("raise ModuleNotFoundError(\"No module named 'pyseccomp'\")")
    monkeypatch.setattr("alfred.sandbox.launcher.FOLDER", tmp_path)
    with pytest.raises(JailUnavailableError, match=r"pip install pyseccomp==0\.1\.2"):
        Launcher().spawn({})


def test_an_interpreter_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(JailUnavailableError, match="did not start"):
        Launcher().spawn({})


def test_an_import_that_fails_is_told_and_costs_nobody_else(executor):
    with pytest.raises(JailUnavailableError, match="could not fork a child: No module named 'nowhere_at_all'"):
        launcher.spawn({**executor.session.limits.request(), "imports": ["nowhere_at_all"]})
    assert executor("1 + 1").output == 2
