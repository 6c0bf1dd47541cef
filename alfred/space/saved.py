"""The saved agent: agent.json against prompts.yaml, `tools/`, the version and what smolagents' loaders accept."""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from smolagents.local_python_executor import BASE_BUILTIN_MODULES

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder
from alfred.space.requirements import imported_modules, packages_with

FILE = "agent.json"
NEEDED = ("class", "name", "description", "version", "tools", "model", "managed_agents", "prompt_templates")
MODEL_CLASS = "InferenceClientModel"
"""The only class of model that a consumer can build without a key; smolagents builds it even if `model` is passed."""
SECRETS = ("token", "api_key")
DANGEROUS_IMPORTS = (
    "*",
    "builtins",
    "io",
    "multiprocessing",
    "os",
    "pathlib",
    "pty",
    "shutil",
    "socket",
    "subprocess",
    "sys",
)


def check_saved(space: SpaceFolder) -> Iterator[Finding]:
    """Look at agent.json and at everything that it has to agree with."""
    try:
        fields = json.loads(space.text(FILE))
    except ValueError:
        yield Finding(FILE, "is missing or no JSON", "take back the one of the last commit")
        return
    missing = [key for key in NEEDED if key not in fields]
    for key in missing:
        yield Finding(FILE, f"has no {key}", "add it as smolagents' save writes it")
    if not missing:
        yield from _check_prompts(space, fields)
        yield from _check_tool_names(space, fields)
        yield from _check_model(fields)
        yield from _check_imports(fields)
        yield from _check_version(space, fields)
        yield from _check_requirements(space, fields)


def read_version(source: str) -> str:
    """Return the version in the text of `alfred/__init__.py`, empty where it has none."""
    found = re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    return found[1] if found else ""


def _check_prompts(space: SpaceFolder, fields: dict[str, Any]) -> Iterator[Finding]:
    try:
        prompts = yaml.safe_load(space.text("prompts.yaml"))
    except yaml.YAMLError as error:
        yield Finding("prompts.yaml", f"is no YAML ({error})", "correct it")
        return
    if prompts != fields["prompt_templates"]:
        yield Finding(FILE, "its prompts are not those of prompts.yaml", "edit prompts.yaml and run make prompts")


def _check_tool_names(space: SpaceFolder, fields: dict[str, Any]) -> Iterator[Finding]:
    listed, there = set(fields["tools"]), set(space.tools)
    for name in sorted(listed - there):
        yield Finding(FILE, f"names the tool {name} and tools/{name}.py is not in the Space", "write it and git add it")
    for name in sorted(there - listed):
        yield Finding(f"tools/{name}.py", f"is not among the tools of {FILE}", "add its name there or delete the file")
    if "final_answer" not in listed:
        yield Finding(FILE, "does not name the tool final_answer", "add it: without it no run can end")


def _check_model(fields: dict[str, Any]) -> Iterator[Finding]:
    if fields["class"] != "CodeAgent":
        yield Finding(FILE, f"class is {fields['class']!r}", "write CodeAgent")
    if fields["model"].get("class") != MODEL_CLASS:
        remedy = f"name {MODEL_CLASS}: consumers without a key cannot build another"
        yield Finding(FILE, f"the model's class is {fields['model'].get('class')!r}", remedy)
    for key in SECRETS:
        if fields["model"].get("data", {}).get(key):
            yield Finding(FILE, f"the model holds a {key}", "take it out and set it as a secret of the Space")


def _check_imports(fields: dict[str, Any]) -> Iterator[Finding]:
    granted = set(fields.get("authorized_imports", []))
    for module in sorted(name for name in granted if name.split(".")[0] in DANGEROUS_IMPORTS):
        remedy = "take it out: with it the agent's code reaches the machine"
        yield Finding(FILE, f"authorises the import {module}", remedy)
    if missing := sorted(set(BASE_BUILTIN_MODULES) - granted):
        yield Finding(FILE, f"does not list the imports {', '.join(missing)}", "add them, as smolagents' save does")


def _check_version(space: SpaceFolder, fields: dict[str, Any]) -> Iterator[Finding]:
    version = read_version(space.text("alfred/__init__.py"))
    if fields["version"] != version:
        yield Finding(FILE, f"version is {fields['version']!r} and Alfred is {version!r}", "run make prompts")
    latest = re.search(r"^## (\S+)", space.text("CHANGELOG.md"), re.MULTILINE)
    if not latest or latest[1] != version:
        yield Finding("CHANGELOG.md", f"does not begin with version {version}", f"say under ## {version} what is new")


def _check_requirements(space: SpaceFolder, fields: dict[str, Any]) -> Iterator[Finding]:
    """Consumers read there what the tools need."""
    listed = {canonicalize_name(name) for name in fields.get("requirements", [])}
    for tool in space.tools:
        for module in sorted(imported_modules(space.text(f"tools/{tool}.py"))):
            names = packages_with(module)
            if names and not names & listed:
                yield Finding(FILE, f"requirements lack {min(names)}, which tools/{tool}.py imports", "add it there")
