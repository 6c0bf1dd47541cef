"""A consumer's program: an environment with only requirements.txt, no token, and every tool called."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from alfred.agent import ROOT

PROGRAM = '''
import sys
from smolagents import ChatMessage, CodeAgent, Model, TokenUsage

CODE = """
print(suggest_menu("dinner"))
print(superhero_party_theme("classic"))
print(catering_service_tool("vegan reception for 120 people"))
quantities = party_quantities(120, hours=4)
print(quantities["items"][0])
print(allergen_check("Beef Wellington", "vegan")["conflicts"])
brief = {"occasion": "reception", "guests": 120, "date": None, "dietary": "2 vegan"}
print(party_plan(brief=brief, menu=suggest_menu("reception", dietary="vegan"), quantities=quantities)["checks"])
print(web_search(""))
print(visit_webpage("http://127.0.0.1/"))
final_answer("all tools answered")
"""

class Scripted(Model):
    def generate(self, messages, **options):
        return ChatMessage("assistant", f"Thought: all tools\\n<code>{CODE}</code>", token_usage=TokenUsage(1, 1))

agent = CodeAgent.from_folder(sys.argv[1], model=Scripted(model_id="scripted"))
print(agent.run("Call every tool"))
print("observed", agent.memory.steps[-1].observations)
'''


@pytest.fixture(scope="module")
def plain_python(tmp_path_factory) -> Path:
    """Return the interpreter of a new environment with the packages of requirements.txt alone."""
    folder = tmp_path_factory.mktemp("consumer") / "venv"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", ROOT / "requirements.txt"], check=True)
    return python


def test_from_folder_works_with_only_the_requirements_and_no_token(plain_python, tmp_path):
    environment = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    program = [plain_python, "-c", PROGRAM, ROOT]
    ran = subprocess.run(program, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert "all tools answered" in ran.stdout, ran.stderr
    assert "Suggested dinner menu: Beef Wellington" in ran.stdout
    assert "'name': 'quantities', 'ok': True" in ran.stdout
    assert sys.version_info[:2] >= (3, 11)


def test_the_same_environment_runs_alfred_in_the_terminal(plain_python):
    program = [plain_python, "-m", "alfred", "plan", "Prepare a formal menu for the party."]
    ran = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert "menu" in ran.stdout
