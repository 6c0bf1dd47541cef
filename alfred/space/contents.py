"""What stands in the files: no secret, no path of a machine, nothing binary and nothing large.

Secrets are known by the forms that the services give them; a password in plain words is not found.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder

LARGEST = 1_000_000
"""Bytes of a file: every `from_hub` downloads the whole Space, and the Hub wants LFS above 10 MB."""
SECRETS = {
    "a Hugging Face token": r"\bhf_[A-Za-z0-9]{30,}",
    "an API key": r"\bsk-[A-Za-z0-9_-]{20,}",
    "a Langfuse key": r"\b[ps]k-lf-[0-9a-f]{8}-[0-9a-f-]{27}",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{50,})",
    "an AWS key": r"\bAKIA[0-9A-Z]{16}\b",
    "a Google key": r"\bAIza[0-9A-Za-z_-]{35}",
    "a Slack token": r"\bxox[abprs]-[0-9A-Za-z-]{20,}",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a password in an address": r"\bhttps?://[^\s/:@{}<>\"']+:[^\s/:@{}<>\"']{8,}@[\w.-]+",
}
HOME = re.compile(r"(?<![\w.}/:~])(?:/(?:(?:home|Users)/(?!user/)[\w.-]+|root)/|[A-Z]:\\Users\\)[^\s\"'`)]*")
"""A home folder, but for the one that Spaces and their Dockerfiles have: /home/user."""


def check_contents(space: SpaceFolder) -> Iterator[Finding]:
    """Look into every file."""
    for name in space.files:
        data = (space.path / name).read_bytes()
        if len(data) > LARGEST:
            yield Finding(name, f"has {len(data):,} bytes, more than {LARGEST:,}", "take it out or make it smaller")
        elif (text := _text(data)) is None:
            yield Finding(name, "is binary, which the Hub takes only by LFS", "take it out or write it as text")
        else:
            yield from _check_text(name, text, space.path)


def _text(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _check_text(name: str, text: str, folder: Path) -> Iterator[Finding]:
    for what, form in SECRETS.items():
        if found := re.search(form, text):
            remedy = "take it out, withdraw it where it was issued, and set a new one as a secret of the Space"
            yield Finding(name, f"line {_line(text, found)} holds what looks like {what}", remedy)
    own = re.compile(rf"{re.escape(str(folder))}(?![\w.-])")
    if (found := HOME.search(text)) or (len(folder.parts) > 2 and (found := own.search(text))):
        fault = f"line {_line(text, found)} holds {found[0]}, a path of one machine"
        yield Finding(name, fault, "write it relative to the folder")


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1
