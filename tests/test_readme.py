"""The README: a card that the Space takes, a table that cannot go stale, commands that run."""

import re
import shlex
import subprocess
import sys

import pytest
import yaml

from alfred.__main__ import main
from alfred.agent import ROOT
from alfred.settings import settings_table

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
CARD = yaml.safe_load(TEXT.split("---\n")[1])
COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]


def pin(package):
    return re.search(rf"^{package}==(.+)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)[1]


def test_the_card_pins_the_gradio_that_is_installed():
    assert CARD["sdk_version"] == pin("gradio")


def test_versions_in_the_card_are_quoted():
    assert isinstance(CARD["sdk_version"], str)
    assert CARD["python_version"] == "3.11"


def test_the_card_has_what_a_space_needs():
    assert CARD["sdk"] == "gradio"
    assert (ROOT / CARD["app_file"]).is_file()
    assert CARD["license"] == "apache-2.0"
    assert len(CARD["short_description"]) <= 60
    assert {CARD["colorFrom"], CARD["colorTo"]} <= COLOURS


def test_the_table_of_settings_is_the_one_of_settings_py():
    table = TEXT.split("<!-- settings -->\n")[1].split("\n<!-- /settings -->")[0]
    assert table == settings_table()


def test_every_make_target_exists():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for words in re.findall(r"make ((?:\w+ ?)+)`", TEXT) for word in words.split()}
    commands = {shlex.split(command)[1] for command in COMMANDS if command.startswith("make")}
    assert commands == {"run", "test"}
    assert named | commands <= targets


def test_every_terminal_command_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    commands = [shlex.split(command) for command in COMMANDS if command.startswith("python -m alfred")]
    assert len(commands) == 4
    for command in commands:
        assert main(command[3:]) == 0
        assert capsys.readouterr().out


@pytest.mark.parametrize("name", re.findall(r"\]\(((?!http)[^)]+)\)", TEXT))
def test_every_file_that_it_shows_exists(name):
    assert (ROOT / name).is_file()


def test_every_python_block_runs(address, tmp_path):
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        program = block.replace("http://127.0.0.1:7860", address)
        ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert ran.returncode == 0, ran.stderr
