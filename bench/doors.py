"""The three doors of this repository in one transcript: `python -m bench.doors` prints it.

On a Hub of this machine it publishes this folder, loads it in a fresh environment by the oldest, the pinned and the
newest smolagents, plans a party there, changes a tool, pushes, and loads both revisions; then it tells what the check
says to twelve planted faults. Every command runs as it is printed; pip asks the package index. It takes a few minutes.

Not shown: the real Hub, and a language model; a script writes the agent's code.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alfred.__main__ import main as alfred
from alfred.agent import ROOT
from alfred.space import SpaceFolder
from alfred.space.requirements import read_pins
from tests.stand_ins.faults import FAULTS
from tests.stand_ins.folders import small_space
from tests.stand_ins.hub import Hub, hub

SPACE, TOKEN = "bruce/alfred", "hf_bruce"
WHO = {f"GIT_{role}_{what}": "bruce" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
PIP = "consumer/bin/pip install -qq"
RELEASES = ("smolagents==1.22.0", f"smolagents=={read_pins(SpaceFolder.of(ROOT))['smolagents']}", "-U smolagents")
PARTY = '''\
"""Loads Alfred from the Hub at a revision and plans a party, by smolagents alone."""

import sys
from importlib.metadata import version

from smolagents import ChatMessage, CodeAgent, Model, TokenUsage

CODE = """
brief = {"occasion": "dinner", "guests": 50, "date": "2030-12-12", "start": "19:00", "budget": 6000}
menu = suggest_menu("dinner", 50)
final_answer(party_plan(brief, menu=menu, quantities=party_quantities(50, 4)))
"""

class Scripted(Model):
    def generate(self, messages, **options):
        return ChatMessage("assistant", f"Thought: go.\\n<code>{CODE}</code>", token_usage=TokenUsage(1, 1))

options = {"model": Scripted(), "verbosity_level": 0}
agent = CodeAgent.from_hub("bruce/alfred", trust_remote_code=True, revision=sys.argv[1], **options)
plan = agent.run("Plan a dinner for 50 on 12 December 2030 at 7 pm for $6000")
dishes = ", ".join(dish["name"] for dish in plan["menu"]["dishes"])
held = sum(check["ok"] for check in plan["checks"])
print(f"smolagents {version('smolagents')}: {plan['title']} for {plan['guests']['total']} on {plan['date']}, {dishes}, "
      f"{plan['budget']['total']} of {plan['budget']['limit']}, {held} of {len(plan['checks'])} checks hold")
'''


def run(command: str, folder: Path, **variables: str) -> None:
    """Print a command and run it there, with this environment's Python first on the path."""
    print(f"$ {command}", flush=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, **variables}
    subprocess.run(command, shell=True, cwd=folder, env=environment, stderr=subprocess.STDOUT, check=True)


def publish(served: Hub) -> None:
    """The first door: this folder becomes a Space."""
    print("\n# Publish this folder")
    run(f"python -m alfred publish {SPACE}", ROOT, **served.variables, HF_TOKEN=TOKEN)


def load(folder: Path, served: Hub) -> None:
    """The second door: strangers load it, whichever smolagents they have."""
    print("\n# Load it in a fresh environment and plan a party")
    (folder / "party.py").write_text(PARTY, encoding="utf-8")
    run("cat party.py", folder)
    run(
        f"hf download {SPACE} requirements.txt --repo-type space --local-dir . --quiet >/dev/null",
        folder,
        **served.variables,
    )
    run(f"python -m venv consumer && {PIP} -r requirements.txt", folder)
    for release in RELEASES:
        run(f"{PIP} --no-deps {release}", folder)
        run(f"consumer/bin/python party.py {served.head(SPACE)}", folder, **served.variables)


def push(folder: Path, served: Hub) -> None:
    """The third door: a change is pushed, and both revisions can be had."""
    print("\n# Change a tool, push, and load both revisions")
    before = served.head(SPACE)
    run(f"git clone --quiet {served.git_address(SPACE, TOKEN)} clone", folder, **served.variables)
    run("make --no-print-directory hooks", folder / "clone")
    run("sed -i 's/Chocolate Soufflé/Chocolate Mousse/' tools/suggest_menu.py", folder / "clone")
    run("git commit --quiet -am 'Serve mousse' && git push --quiet", folder / "clone", **served.variables, **WHO)
    for revision in (before, served.head(SPACE)):
        run(f"consumer/bin/python party.py {revision}", folder, **served.variables)


def check(folder: Path) -> None:
    """Tell what the check says to each planted fault."""
    print("\n# What the check says to twelve planted faults", flush=True)
    for plant in FAULTS:
        spoilt = small_space(folder / plant.__name__)
        plant(spoilt)
        alfred(["check", str(spoilt)])


def main() -> None:
    """Print the transcript."""
    with TemporaryDirectory() as name, hub(Path(name), bruce=TOKEN) as served:
        publish(served)
        load(Path(name), served)
        push(Path(name), served)
        check(Path(name))


if __name__ == "__main__":
    main()
