"""The files of a Space: what `git push` would push, and the part of it that `publish` uploads."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import yaml

from alfred.errors import SpaceError

NOT_PUBLISHED = ("tests/", "evals/", "bench/", ".ci/", "docs/screenshot.py", "requirements-dev.txt")
"""What developers need and a Space does not."""
_CACHES = {".git", ".venv", ".cache", ".gradio", ".hypothesis", ".pytest_cache", ".ruff_cache", "__pycache__"}


@dataclass(frozen=True)
class SpaceFolder:
    """A folder and the files in it that belong to the Space.

    Attributes:
        path: the folder.
        files: names relative to it: those that git tracks, or all but caches where the folder is no checkout.
    """

    path: Path
    files: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> Self:
        """List the files of a folder.

        Raises:
            SpaceError: when git does not list those of a checkout.
        """
        names = _tracked(path) if (path / ".git").exists() else list(_walked(path))
        return cls(path.resolve(), tuple(sorted(name for name in names if (path / name).is_file())))

    @property
    def published(self) -> tuple[str, ...]:
        """The files that `publish` uploads."""
        return tuple(name for name in self.files if not name.startswith(NOT_PUBLISHED))

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of the tools in `tools/`."""
        names = (Path(name) for name in self.files if name.startswith("tools/") and name.endswith(".py"))
        return tuple(name.stem for name in names if name.stem != "__init__")

    @cached_property
    def card(self) -> dict[str, Any] | None:
        """The front matter of README.md, or None where there is none that can be read."""
        parts = self.text("README.md").split("---\n", 2)
        if len(parts) < 3 or parts[0]:
            return None
        try:
            card = yaml.safe_load(parts[1])
        except yaml.YAMLError:
            return None
        return card if isinstance(card, dict) else None

    def text(self, name: str) -> str:
        """Return the text of a file, empty where the Space has no such file."""
        if name not in self.files:
            return ""
        return (self.path / name).read_bytes().decode(errors="replace")


def _tracked(path: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=path, capture_output=True, text=True)
    if listed.returncode:
        raise SpaceError(f"git does not list the files of {path}: {listed.stderr.strip()}")
    return listed.stdout.split("\0")[:-1]


def _walked(path: Path) -> Iterator[str]:
    for place, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name not in _CACHES]
        yield from (Path(place, name).relative_to(path).as_posix() for name in names)
