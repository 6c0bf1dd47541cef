"""Copies of this folder that a test may spoil: the whole Space, or the part that is quick to check and publish."""

import json
import re
import shutil
from pathlib import Path

from alfred import __version__
from alfred.agent import ROOT
from alfred.space import SpaceFolder

SMALL = ("README.md", "CHANGELOG.md", "LICENSE", "agent.json", "prompts.yaml", "requirements.txt", "alfred/__init__.py")


def whole_space(target: Path) -> Path:
    """Copy everything that `publish` would upload."""
    return _copied(target, SpaceFolder.of(ROOT).published)


def small_space(target: Path) -> Path:
    """Copy card, agent and tools; the entry point does nothing, so that importing it takes no time."""
    space = SpaceFolder.of(ROOT)
    folder = _copied(target, [*SMALL, *(name for name in space.files if name.startswith("tools/"))])
    (folder / "app.py").write_text("import json\n")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that the file must hold."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_agent(folder: Path, **fields: object) -> None:
    """Change fields of agent.json."""
    path = folder / "agent.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def pin(folder: Path, package: str, version: str) -> None:
    """Pin another version of a package."""
    path = folder / "requirements.txt"
    text, count = re.subn(rf"^{package}==.*$", f"{package}=={version}", path.read_text(), flags=re.MULTILINE)
    assert count == 1
    path.write_text(text)


def set_version(folder: Path, version: str) -> None:
    """Give Alfred another version in every place that has to hold it."""
    edit(folder / "alfred" / "__init__.py", f'__version__ = "{__version__}"', f'__version__ = "{version}"')
    edit(folder / "CHANGELOG.md", f"## {__version__}", f"## {version}")
    edit_agent(folder, version=version)


def _copied(target: Path, names: list[str] | tuple[str, ...]) -> Path:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
    return target
