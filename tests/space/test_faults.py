"""Twelve faults, each planted in a copy of this folder: each is found, alone, and told with its remedy."""

import pytest

from alfred.__main__ import main
from alfred.agent import ROOT
from alfred.space import READING, RUNNING, SpaceFolder, check_space, look_around
from alfred.space.requirements import read_pins
from tests.stand_ins.folders import edit, edit_agent, pin, small_space

PINS = read_pins(SpaceFolder.of(ROOT))
BAD_TOOL = """
import re
from smolagents.tools import Tool

class SuggestMenuTool(Tool):
    name = "suggest_menu"
    description = "Suggests a menu."
    inputs = {"occasion_type": {"type": "string", "description": "The occasion"}}
    output_type = "string"

    def forward(self, occasion_type: str) -> str:
        return re.sub("a", "b", occasion_type)
"""


def unquote_the_version(folder):
    edit(folder / "README.md", f'sdk_version: "{PINS["gradio"]}"', f"sdk_version: {PINS['gradio']}")


def choose_a_colour_that_the_hub_lacks(folder):
    edit(folder / "README.md", "colorFrom: indigo", "colorFrom: magenta")


def describe_at_length(folder):
    edit(folder / "README.md", "short_description: Plans", f"short_description: {'very ' * 8}Plans")


def ask_for_a_scope_that_is_none(folder):
    edit(folder / "README.md", "pinned: false", "pinned: false\nhf_oauth: true\nhf_oauth_scopes:\n  - everything")


def pin_another_gradio(folder):
    pin(folder, "gradio", "5.0.0")


def change_one_prompt_alone(folder):
    edit(folder / "prompts.yaml", "You are Alfred", "You are Albert")


def forget_a_tool(folder):
    (folder / "tools" / "web_search.py").unlink()


def import_outside_the_class(folder):
    (folder / "tools" / "suggest_menu.py").write_text(BAD_TOOL)


def pin_two_that_refuse_each_other(folder):
    pin(folder, "huggingface_hub", "0.20.0")


def import_what_nothing_installs(folder):
    (folder / "app.py").write_text("def serve():\n    import pytest\n")


def leave_a_token(folder):
    (folder / "notes.txt").write_text("token = hf_" + "aB3" * 12)


def name_the_own_home(folder):
    (folder / "notes.txt").write_text("see /home" + "/bruce/parties/plan.txt")


FAULTS = {
    unquote_the_version: "README.md: sdk_version stands without quotes: write sdk_version",
    choose_a_colour_that_the_hub_lacks: "README.md: colorFrom is 'magenta': use one of blue, gray",
    describe_at_length: "README.md: short_description is 'very",
    ask_for_a_scope_that_is_none: "README.md: hf_oauth_scopes is ['everything']: list only",
    pin_another_gradio: f"README.md: sdk_version is {PINS['gradio']} and requirements.txt pins gradio 5.0.0",
    change_one_prompt_alone: "agent.json: its prompts are not those of prompts.yaml: edit prompts.yaml and run make",
    forget_a_tool: "agent.json: names the tool web_search and tools/web_search.py is not in the Space: write it",
    import_outside_the_class: "tools/suggest_menu.py: line 2 stands outside the class",
    pin_two_that_refuse_each_other: f"requirements.txt: smolagents {PINS['smolagents']} needs huggingface-hub",
    import_what_nothing_installs: "app.py: imports pytest, which no line of requirements.txt installs: pin pytest",
    leave_a_token: "notes.txt: line 1 holds what looks like a Hugging Face token: take it out",
    name_the_own_home: "notes.txt: line 1 holds /home" + "/bruce/parties/plan.txt, a path of one machine",
}


def test_this_folder_has_no_fault():
    assert check_space(ROOT) == []


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_told_in_one_line(plant, tmp_path):
    folder = small_space(tmp_path)
    plant(folder)
    lines = [str(finding) for finding in look_around(folder, [*READING, *RUNNING])]
    assert any(line.startswith(FAULTS[plant]) for line in lines), lines
    assert all("\n" not in line and line.endswith(".") for line in lines)
    assert len({line.split(":")[0] for line in lines}) == 1


def test_the_command_tells_every_fault_and_exits_with_1(tmp_path, capsys):
    folder = small_space(tmp_path)
    choose_a_colour_that_the_hub_lacks(folder)
    edit_agent(folder, **{"class": "ToolCallingAgent"})
    assert main(["check", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["README.md", "agent.json"]
    assert "2 findings" in err


def test_the_command_is_silent_on_standard_output_and_exits_with_0_when_all_is_well(tmp_path, capsys):
    assert main(["check", str(small_space(tmp_path))]) == 0
    assert capsys.readouterr().out == ""


def test_a_folder_that_is_none_is_bad_use(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
