"""Twelve faults to plant in a copy of this folder, each with the beginning of what the check says to it."""

from pathlib import Path

from alfred.agent import ROOT
from alfred.space import SpaceFolder
from alfred.space.requirements import read_pins
from tests.stand_ins.folders import edit, pin

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


def unquote_the_version(folder: Path) -> None:
    edit(folder / "README.md", f'sdk_version: "{PINS["gradio"]}"', f"sdk_version: {PINS['gradio']}")


def choose_a_colour_that_the_hub_lacks(folder: Path) -> None:
    edit(folder / "README.md", "colorFrom: indigo", "colorFrom: magenta")


def describe_at_length(folder: Path) -> None:
    edit(folder / "README.md", "short_description: Plans", f"short_description: {'very ' * 8}Plans")


def ask_for_a_scope_that_is_none(folder: Path) -> None:
    edit(folder / "README.md", "pinned: false", "pinned: false\nhf_oauth: true\nhf_oauth_scopes:\n  - everything")


def pin_another_gradio(folder: Path) -> None:
    pin(folder, "gradio", "5.0.0")


def change_one_prompt_alone(folder: Path) -> None:
    edit(folder / "prompts.yaml", "You are Alfred", "You are Albert")


def forget_a_tool(folder: Path) -> None:
    (folder / "tools" / "web_search.py").unlink()


def import_outside_the_class(folder: Path) -> None:
    (folder / "tools" / "suggest_menu.py").write_text(BAD_TOOL)


def pin_two_that_refuse_each_other(folder: Path) -> None:
    pin(folder, "huggingface_hub", "1.0.0")


def import_what_nothing_installs(folder: Path) -> None:
    (folder / "app.py").write_text("def serve():\n    import pytest\n")


def leave_a_token(folder: Path) -> None:
    (folder / "notes.txt").write_text("token = hf_" + "aB3" * 12)


def name_the_own_home(folder: Path) -> None:
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
    pin_two_that_refuse_each_other: f"requirements.txt: gradio {PINS['gradio']} needs huggingface-hub",
    import_what_nothing_installs: "app.py: imports pytest, which no line of requirements.txt installs: pin pytest",
    leave_a_token: "notes.txt: line 1 holds what looks like a Hugging Face token: take it out",
    name_the_own_home: "notes.txt: line 1 holds /home" + "/bruce/parties/plan.txt, a path of one machine",
}
