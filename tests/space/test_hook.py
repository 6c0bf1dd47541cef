"""The hook that `make hooks` installs: git itself runs it before a push."""

import os
import shutil
import subprocess
import sys

import pytest

from alfred.agent import ROOT
from alfred.space import SpaceFolder

WHO = ["-c", "user.name=Bruce", "-c", "user.email=bruce@example.org"]


@pytest.fixture
def checkout(tmp_path):
    """A clone of the Space with the hook installed, this environment as its own, and a place to push to."""
    folder = tmp_path / "alfred"
    for name in SpaceFolder.of(ROOT).published:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    run(tmp_path, "git", "init", "--quiet", "--bare", "there")
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "remote", "add", "origin", str(tmp_path / "there"))
    run(folder, "make", "hooks")
    return folder


def run(folder, *command):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE"))}
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True)


def push(folder):
    run(folder, "git", "add", ".")
    run(folder, "git", *WHO, "commit", "--quiet", "-m", "All")
    return run(folder, "git", "push", "origin", "HEAD")


def test_it_lets_this_folder_pass(checkout):
    assert push(checkout).returncode == 0


def test_it_stops_a_push_and_says_why(checkout):
    (checkout / "notes.txt").write_text("key = sk-" + "a1" * 20)
    pushed = push(checkout)
    assert pushed.returncode != 0
    assert "notes.txt: line 1 holds what looks like an API key: take it out" in pushed.stderr
