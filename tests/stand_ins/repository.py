"""A bare git repository of the stand-in of the Hub: read and written by its API, and by git itself."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CARD_RULES = Path(__file__).with_name("card_rules.py")
AUTHOR = "committer Hub <hub@example.org> now"


@dataclass
class Repository:
    """One Space. `private` is what its creator asked for."""

    path: Path
    private: bool = False
    pull_requests: int = 0

    @classmethod
    def create(cls, path: Path, private: bool, files: dict[str, bytes]) -> "Repository":
        """Create it with a first commit of these files, and a hook that looks at the card of every push."""
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", path], check=True)
        repository = cls(path, private)
        repository.git("config", "http.receivepack", "true")
        hook = path / "hooks" / "pre-receive"
        hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{CARD_RULES}'\n")
        hook.chmod(0o755)
        repository.commit("main", "initial commit", files, [])
        return repository

    def git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return what git prints; raises KeyError when git refuses, which means that there is no such thing."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"TZ": "UTC"}
        ran = subprocess.run(["git", *arguments], cwd=self.path, input=stdin, capture_output=True, env=clean)
        if ran.returncode:
            raise KeyError(ran.stderr.decode())
        return ran.stdout

    def sha(self, revision: str) -> str:
        """Return the commit that a branch, a reference or a shortened commit means."""
        name = f"refs/{revision.removeprefix('refs/')}" if revision.startswith("refs/") else revision
        return self.git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()

    def tree(self, revision: str) -> dict[str, tuple[str, int]]:
        """Return each file's object and size in bytes."""
        rows = [line.split("\t") for line in self.git("ls-tree", "-r", "-l", self.sha(revision)).decode().splitlines()]
        return {path: (facts.split()[2], int(facts.split()[3])) for facts, path in rows}

    def read(self, revision: str, path: str) -> bytes:
        """Return the content of a file."""
        return self.git("cat-file", "blob", f"{self.sha(revision)}:{path}")

    def log(self, revision: str) -> list[tuple[str, str, str]]:
        """Return (commit, title, date) of each commit, the newest first."""
        form = ["--format=%H%x09%s%x09%cd", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"]
        lines = self.git("log", *form, self.sha(revision)).decode().splitlines()
        return [tuple(line.split("\t")) for line in lines]

    def commit(self, branch: str, title: str, files: dict[str, bytes], deleted: list[str], base: str = "") -> str:
        """Commit on a branch, or on a new reference that starts at `base`, and return the commit."""
        reference = branch if branch.startswith("refs/") else f"refs/heads/{branch}"
        stream = [f"commit {reference}\n{AUTHOR}\ndata {len(title.encode())}\n{title}\n".encode()]
        if base:
            stream.append(f"from {base}\n".encode())
        stream += [f"D {path}\n".encode() for path in deleted]
        for path, content in files.items():
            stream.append(f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n")
        self.git("fast-import", "--quiet", "--date-format=now", stdin=b"".join(stream))
        return self.sha(reference)
