"""The README: a table that cannot go stale, commands and programs that run. Its card is checked in tests/space."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from alfred import __version__
from alfred.__main__ import main
from alfred.agent import ROOT
from alfred.publish import publish_space
from alfred.settings import settings_table
from tests.stand_ins.hub import as_visitor, hub

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


def test_the_table_of_settings_is_the_one_of_settings_py():
    table = TEXT.split("<!-- settings -->\n")[1].split("\n<!-- /settings -->")[0]
    assert table == settings_table()


def test_every_make_target_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for words in re.findall(r"make ((?:\w+ ?)+)`", TEXT) for word in words.split()}
    commands = {shlex.split(command)[1] for command in COMMANDS if command.startswith("make")}
    assert commands == {"run", "test"}
    assert named | commands <= targets


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A Hub on which OWNER has published this folder."""
    with hub(tmp_path_factory.mktemp("hub"), OWNER="hf_owner") as served:
        with pytest.MonkeyPatch.context() as environment, as_visitor(served, environment, "hf_owner"):
            publish_space("OWNER/alfred")
        yield served


def test_every_terminal_command_runs(there, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALFRED_MODEL", "embedded")
    commands = [shlex.split(command) for command in COMMANDS if command.startswith("python -m alfred")]
    assert len(commands) == 7
    with as_visitor(there, monkeypatch, "hf_owner"):
        for command in commands:
            assert main(command[3:]) == 0
            assert any(capsys.readouterr())
    assert there.titles("OWNER/alfred") == [f"Publish Alfred {__version__}", "initial commit"]


@pytest.mark.parametrize("name", re.findall(r"\]\(((?!http)[^)]+)\)", TEXT))
def test_every_file_that_it_shows_exists(name):
    assert (ROOT / name).is_file()


def test_every_python_block_runs(address, there):
    environment = {**os.environ, **there.variables}
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        program = block.replace("http://127.0.0.1:7860", address).replace("COMMIT", there.head("OWNER/alfred"))
        run = [sys.executable, "-c", program]
        ran = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
        assert ran.returncode == 0, ran.stderr
