"""What only others can say: the Hub about the card, pip about the requirements."""

import subprocess
import sys
from collections.abc import Iterator

from huggingface_hub import RepoCard
from huggingface_hub.utils import httpx

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder
from alfred.space.requirements import BUILDER, FILE


def check_card_online(space: SpaceFolder) -> Iterator[Finding]:
    """Send README.md to the Hub's own validator."""
    try:
        RepoCard(space.text("README.md"), ignore_metadata_errors=True).validate(repo_type="space")
    except ValueError as error:
        yield Finding("README.md", f"the Hub refuses the card ({error})", "correct what it names")
    except (httpx.HTTPError, OSError) as error:
        yield Finding("README.md", f"the Hub could not be asked ({error})", "check the network and try again")


def check_requirements_online(space: SpaceFolder) -> Iterator[Finding]:
    """Let pip resolve the requirements as the builder of Spaces does, without installing anything."""
    options = ["--dry-run", "--ignore-installed", "--quiet", "--disable-pip-version-check", "-r", FILE, *BUILDER]
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options], cwd=space.path, capture_output=True, text=True
    )
    if ran.returncode:
        errors = [line.removeprefix("ERROR: ") for line in ran.stderr.splitlines() if line.startswith("ERROR: ")]
        fault = f"pip cannot install them ({(errors or ['it gave no reason'])[0].rstrip('.')})"
        yield Finding(FILE, fault, "change the pin that it names")
