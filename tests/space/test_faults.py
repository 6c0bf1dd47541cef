"""Twelve faults, each planted in a copy of this folder: each is found, alone, and told with its remedy."""

import pytest

from alfred.__main__ import main
from alfred.agent import ROOT
from alfred.space import READING, RUNNING, check_space, look_around
from tests.stand_ins.faults import FAULTS, choose_a_colour_that_the_hub_lacks
from tests.stand_ins.folders import edit_agent, small_space


def test_this_folder_has_no_fault():
    assert check_space(ROOT) == []


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_told_in_one_line(plant, tmp_path):
    folder = small_space(tmp_path)
    plant(folder)
    (line,) = [str(finding) for finding in look_around(folder, [*READING, *RUNNING])]
    assert line.startswith(FAULTS[plant])
    assert line.endswith(".")
    assert "\n" not in line


def test_the_command_tells_every_fault_and_exits_with_1(tmp_path, capsys):
    folder = small_space(tmp_path)
    choose_a_colour_that_the_hub_lacks(folder)
    edit_agent(folder, **{"class": "ToolCallingAgent"})
    assert main(["check", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()] == ["README.md", "agent.json"]
    assert "findings: 2." in err


def test_the_command_is_silent_on_standard_output_and_exits_with_0_when_all_is_well(tmp_path, capsys):
    assert main(["check", str(small_space(tmp_path))]) == 0
    assert capsys.readouterr().out == ""


def test_a_folder_that_is_none_is_bad_use(tmp_path, capsys):
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
