"""A consumer's program: an environment with only requirements.txt, no token, the smolagents of their choice."""

import json
import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from packaging.version import Version
from smolagents import CodeAgent

from alfred.agent import ROOT
from alfred.plan import read_plan
from alfred.publish import publish_space
from tests.stand_ins.folders import small_space
from tests.stand_ins.hub import as_visitor, hub
from tests.stand_ins.scripted_model import ScriptedModel
from tests.tools.test_hub_rules import CALLS

PINNED = re.search(r"^smolagents==(.+)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)[1]
OLDEST, NEWEST = "smolagents==1.22.0", "smolagents"
SPACE = "bruce/alfred"
SAID = [f'print("{name} ->", {name}(**{arguments!r}))' for name, arguments in CALLS.items() if name != "final_answer"]
CODE = "\n".join([*SAID, f"final_answer(party_plan(**{CALLS['party_plan']!r}))"])
PROGRAM = """
import json, sys
from importlib.metadata import version
from smolagents import ChatMessage, CodeAgent, Model, TokenUsage

folder, space, revision, code = sys.argv[1:]

class Scripted(Model):
    def generate(self, messages, **options):
        text = f"Thought: all tools\\n<code>\\n{code}\\n</code>"
        return ChatMessage("assistant", text, token_usage=TokenUsage(1, 1))

def told(agent):
    answer = agent.run("Call every tool")
    return {
        "answer": answer,
        "observed": agent.memory.steps[-1].observations,
        "prompt": agent.system_prompt,
        "max_steps": agent.max_steps,
        "imports": agent.authorized_imports,
    }

model = Scripted(model_id="scripted")
agents = {
    "folder": CodeAgent.from_folder(folder, model=model),
    "hub": CodeAgent.from_hub(space, trust_remote_code=True, revision=revision, model=model),
}
report = {name: told(agent) for name, agent in agents.items()}
print(json.dumps({"smolagents": version("smolagents"), **report}))
"""


@pytest.fixture(scope="module")
def plain_python(tmp_path_factory) -> Path:
    """Return the interpreter of a new environment with the packages of requirements.txt alone."""
    folder = tmp_path_factory.mktemp("consumer") / "venv"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install(python, "-r", ROOT / "requirements.txt")
    return python


def install(python, *what):
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True)


@pytest.fixture(scope="module", params=[OLDEST, f"smolagents=={PINNED}", NEWEST])
def smolagents(request, plain_python, tmp_path_factory) -> tuple[str, Path]:
    """Lay this smolagents over that environment: what was asked for, and the folder that goes before it."""
    folder = tmp_path_factory.mktemp("overlay")
    install(plain_python, "--no-deps", "--target", folder, request.param)
    return request.param, folder


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A Hub with Alfred on it."""
    folder = tmp_path_factory.mktemp("hub")
    with hub(folder, bruce="hf_bruce") as served:
        with pytest.MonkeyPatch.context() as environment, as_visitor(served, environment, "hf_bruce"):
            publish_space(SPACE, small_space(folder / "here"))
        yield served


@pytest.fixture(scope="module")
def report(plain_python, smolagents, there):
    asked, overlay = smolagents
    environment = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    environment |= {**there.variables, "PYTHONPATH": str(overlay)}
    program = [plain_python, "-c", PROGRAM, ROOT, SPACE, there.head(SPACE), CODE]
    ran = subprocess.run(program, cwd=overlay, env=environment, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return {"asked": asked, **json.loads(ran.stdout.splitlines()[-1])}


def test_it_is_the_smolagents_that_was_asked_for(report):
    name, _, version = report["asked"].partition("==")
    assert report[name] == version or (not version and Version(report[name]) >= Version(PINNED))


@pytest.mark.parametrize("door", ["folder", "hub"])
def test_every_tool_answers_whichever_smolagents_loads_it(report, door):
    for name in CALLS.keys() - {"final_answer"}:
        assert f"{name} ->" in report[door]["observed"]


def test_the_answer_is_a_plan_that_can_be_read(report):
    plan = read_plan(report["hub"]["answer"])
    assert (plan.guests.total, plan.budget.limit) == (12, 900)


def test_the_hub_gives_what_the_folder_gives(report):
    assert report["hub"] == report["folder"]


def test_the_prompt_is_our_own(report):
    assert report["hub"]["prompt"] == CodeAgent.from_folder(ROOT, model=ScriptedModel("x")).system_prompt


def test_the_limits_are_those_of_the_saved_agent(report):
    fields = json.loads((ROOT / "agent.json").read_text(encoding="utf-8"))
    assert report["hub"]["max_steps"] == fields["max_steps"]
    assert set(report["hub"]["imports"]) == set(fields["authorized_imports"])


def test_the_same_environment_runs_alfred_in_the_terminal(plain_python):
    program = [plain_python, "-m", "alfred", "plan", "Prepare a formal menu for the party."]
    ran = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "menu" in ran.stdout
    assert sys.version_info[:2] >= (3, 11)
