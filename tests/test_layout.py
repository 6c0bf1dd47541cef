"""The house: floors that import only from below, files in their rooms, no machine's path."""

import ast
import subprocess
from pathlib import Path

import pytest

from alfred.agent import ROOT

# Each floor imports from itself and from the floors after it.
FLOORS = [
    {"app", "alfred.__main__"},
    {"alfred.ui", "alfred.commands"},
    {"alfred.turn", "alfred.watch", "alfred.events", "alfred.review"},
    {"alfred.publish", "alfred.save"},
    {"alfred.agent", "alfred.models", "alfred.exports", "alfred.variables"},
    {"alfred.planner", "alfred.plan", "alfred.answers", "alfred.schedule"},
    {"alfred.task", "alfred.conversation", "alfred.brief", "alfred.sandbox", "alfred.tracing", "alfred.space"},
    {"alfred.stop", "alfred.settings", "alfred.errors", "alfred"},
]
MODULES = [ROOT / "app.py", *(ROOT / "alfred").rglob("*.py")]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def floor_of(name: str) -> int:
    rooms = [(len(room), n) for n, floor in enumerate(FLOORS) for room in floor if f"{name}.".startswith(f"{room}.")]
    return max(rooms)[1]


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name for name in names if name.split(".")[0] in ("alfred", "tools", "app")}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_its_floor_and_below(path):
    floor = floor_of(name_of(path))
    assert [name for name in imports_of(path) if floor_of(name) < floor] == []


CHILD = [path for path in MODULES if "sandbox/child" in str(path)]


@pytest.mark.parametrize("path", CHILD, ids=name_of)
def test_what_runs_in_the_child_imports_nothing_else_of_alfred(path):
    assert [name for name in imports_of(path) if not name.startswith("alfred.sandbox.child")] == []


def test_nothing_imports_a_tool():
    assert [path for path in MODULES if any(name.startswith("tools") for name in imports_of(path))] == []


@pytest.mark.parametrize(
    "name",
    [
        "app.py",
        "agent.json",
        "prompts.yaml",
        "requirements.txt",
        "README.md",
        "SECURITY.md",
        "packages.txt",
        "LICENSE",
        "Makefile",
        "CHANGELOG.md",
        "Dockerfile",
        ".ci/run",
    ],
)
def test_the_space_has_its_files(name):
    assert (ROOT / name).is_file()


def test_ci_runs_make_test_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line and line[0] not in "#s" and not line.startswith("cd")] == ["exec make test"]


def test_every_test_module_stands_where_its_module_stands():
    tracked = subprocess.run(["git", "ls-files", "tests"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert all("/test_" in name or not name.endswith(".py") or "test_" not in name for name in tracked)
