"""Saving the agent alone: complete, equal to what it was saved from, and never over something else."""

import subprocess
import sys

import pytest
from smolagents import CodeAgent

from alfred.__main__ import main
from alfred.agent import ROOT, SavedAgent
from alfred.errors import SpaceError
from alfred.save import save_agent
from tests.stand_ins.scripted_model import ScriptedModel, code


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("saved") / "alfred"
    save_agent(folder)
    return folder


def test_it_has_the_files_that_smolagents_save_writes(saved):
    names = {path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()}
    tools = {f"tools/{name}.py" for name in SavedAgent.load().fields["tools"]}
    smolagents = {
        "__init__.py",
        "agent.json",
        "app.py",
        "prompts.yaml",
        "requirements.txt",
        "tools/__init__.py",
        *tools,
    }
    assert names == {*smolagents, "LICENSE"}


def test_it_loads_back_equal(saved):
    model = ScriptedModel(code("final_answer(suggest_menu('dinner'))"))
    here, there = (CodeAgent.from_folder(folder, model=model) for folder in (ROOT, saved))
    assert there.system_prompt == here.system_prompt
    assert there.prompt_templates == here.prompt_templates
    assert (there.max_steps, there.name, there.description) == (here.max_steps, here.name, here.description)
    assert there.authorized_imports == here.authorized_imports
    assert {name: tool.inputs for name, tool in there.tools.items()} == {n: t.inputs for n, t in here.tools.items()}
    assert there.run("a menu") == here.run("a menu")


def test_what_was_saved_can_be_saved_again_byte_by_byte(saved, tmp_path):
    save_agent(tmp_path / "again", saved)
    for path in saved.rglob("*.*"):
        if "__pycache__" not in path.parts and path.is_file():
            assert (tmp_path / "again" / path.relative_to(saved)).read_bytes() == path.read_bytes()


def test_its_app_loads_the_agent(saved):
    ran = subprocess.run([sys.executable, "-c", "import app; print(app.agent.name)"], cwd=saved, capture_output=True)
    assert ran.stdout.decode().strip() == "alfred", ran.stderr


def test_the_command_prints_where(tmp_path, capsys):
    assert main(["save", str(tmp_path / "alfred")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "alfred")


def test_a_folder_that_holds_something_stays(tmp_path):
    (tmp_path / "poem.txt").write_text("mine")
    with pytest.raises(SpaceError, match="is not empty: name a new folder"):
        save_agent(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["poem.txt"]


def test_a_file_is_no_folder(tmp_path, capsys):
    (tmp_path / "poem.txt").write_text("mine")
    assert main(["save", str(tmp_path / "poem.txt")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
