"""This folder as a Space on the Hugging Face Hub, uploaded as it is, in one commit.

What stands on the Space and did not come from here is never overwritten: a newer Alfred, a commit that this folder
does not have, and files outside of Alfred's own folders stay. `git push` does the same for who has a clone.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi, get_token
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError
from huggingface_hub.hf_api import GitCommitInfo
from huggingface_hub.utils import httpx
from packaging.version import InvalidVersion, Version

from alfred.agent import ROOT
from alfred.errors import SpaceError
from alfred.space import SpaceFolder, check_space
from alfred.space.saved import read_version

TITLE = "Publish Alfred"
FIRST_TITLE = "initial commit"
"""The title that the Hub gives the commit with which it creates a Space."""
OWN_FOLDERS = ("alfred/", "tools/")
"""What is there and no longer here is deleted there: a tool that is left behind would still be found."""

_BY_STATUS = {
    401: "refuses the token: log in with `hf auth login`, or set HF_TOKEN",
    402: "wants a paid plan for this Space: see the account's billing page",
    403: "does not let this token write there: use one with write permission",
    412: "got another commit in the meantime: look at it and publish again",
    429: "gets too many requests: wait a few minutes and publish again",
}


def publish_space(
    repo_id: str,
    folder: Path = ROOT,
    *,
    private: bool = False,
    create_pr: bool = False,
    token: str | None = None,
) -> str:
    """Upload a folder to a Space, which is created when it is new, and return its address.

    Args:
        repo_id: `OWNER/NAME` of the Space.
        folder: what to upload; `SpaceFolder.published` are its files.
        private: whether a new Space is private; one that exists stays as it is.
        create_pr: propose the change as a pull request, the address of which is returned.
        token: the one of `hf auth login` or `HF_TOKEN` when it is not given.

    Raises:
        SpaceError: when the check fails, when the Space is not the caller's, when it holds what must not be
            overwritten, or when the Hub refuses.
    """
    if findings := check_space(folder):
        raise SpaceError(f"The folder is not ready (findings: {len(findings)}): run python -m alfred check.")
    if not (token or get_token()):
        raise SpaceError("There is no Hugging Face token: log in with `hf auth login`, or set HF_TOKEN.")
    with _explained(repo_id):
        target = _Target(HfApi(token=token), repo_id)
        target.prepare(private=private, create_pr=create_pr)
        return target.upload(SpaceFolder.of(folder), create_pr=create_pr)


class _Target:
    """The Space that is published to."""

    def __init__(self, hub: HfApi, repo_id: str) -> None:
        self.hub = hub
        self.repo_id = repo_id

    def prepare(self, *, private: bool, create_pr: bool) -> None:
        """Refuse a Space of somebody else's and create one that is not there."""
        caller = self.hub.whoami()
        names = [caller["name"], *(organisation["name"] for organisation in caller.get("orgs", []))]
        exists = self.hub.repo_exists(self.repo_id, repo_type="space")
        if self.repo_id.split("/")[0] not in names and not (exists and create_pr):
            raise SpaceError(
                f"{self.repo_id} is not a Space of {names[0]}: publish to {names[0]}/NAME, "
                "or propose the change to its owner with --create-pr."
            )
        if not exists and create_pr:
            raise SpaceError(f"There is no Space {self.repo_id} yet: create it by publishing without --create-pr.")
        if not exists:
            self.hub.create_repo(self.repo_id, repo_type="space", space_sdk="gradio", private=private or None)

    def upload(self, space: SpaceFolder, *, create_pr: bool) -> str:
        """Commit the folder on top of the commit that was looked at, and return the address."""
        commits = self.hub.list_repo_commits(self.repo_id, repo_type="space")
        head, version = commits[0].commit_id, read_version(space.text("alfred/__init__.py"))
        self._refuse_newer(version, head)
        if not create_pr:
            self._refuse_unknown(commits, space.path)
        made = self.hub.create_commit(
            self.repo_id,
            self._operations(space, head),
            repo_type="space",
            commit_message=f"{TITLE} {version}",
            parent_commit=head,
            create_pr=create_pr,
        )
        return made.pr_url or f"{self.hub.endpoint}/spaces/{self.repo_id}"

    def _refuse_newer(self, version: str, head: str) -> None:
        there = self._version_at(head)
        if _as_version(there) > _as_version(version):
            raise SpaceError(
                f"{self.repo_id} holds Alfred {there} and this is {version}: update this folder from it first."
            )

    def _version_at(self, head: str) -> str:
        try:
            path = self.hub.hf_hub_download(self.repo_id, "agent.json", repo_type="space", revision=head)
            return str(json.loads(Path(path).read_text(encoding="utf-8")).get("version", ""))
        except (EntryNotFoundError, ValueError):
            return ""

    def _refuse_unknown(self, commits: list[GitCommitInfo], folder: Path) -> None:
        head = commits[0]
        new = len(commits) == 1 and head.title == FIRST_TITLE
        if not (new or head.title.startswith(TITLE) or _is_in_history(head.commit_id, folder)):
            raise SpaceError(
                f"The last commit of {self.repo_id}, «{head.title}», is not in this folder: "
                "merge it with git pull first, or propose the change with --create-pr."
            )

    def _operations(self, space: SpaceFolder, head: str) -> list[CommitOperationAdd | CommitOperationDelete]:
        there = self.hub.list_repo_files(self.repo_id, repo_type="space", revision=head)
        stale = [name for name in there if name.startswith(OWN_FOLDERS) and name not in space.published]
        return [
            *(CommitOperationAdd(name, space.path / name) for name in space.published),
            *(CommitOperationDelete(name) for name in stale),
        ]


def _as_version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _is_in_history(commit: str, folder: Path) -> bool:
    """Tell whether the folder is a checkout whose history has this commit."""
    command = ["git", "merge-base", "--is-ancestor", commit, "HEAD"]
    return (folder / ".git").exists() and subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


@contextmanager
def _explained(repo_id: str) -> Iterator[None]:
    """Tell in one sentence what the Hub or the way to it refused."""
    try:
        yield
    except HfHubHTTPError as error:
        status = error.response.status_code
        what = _BY_STATUS.get(status, f"failed with status {status}: try again in a while")
        raise SpaceError(f"{repo_id} was not published: the Hub {what}.") from error
    except (httpx.HTTPError, OSError) as error:
        raise SpaceError(f"{repo_id} was not published: the Hub cannot be reached ({error}).") from error
    except ValueError as error:
        raise SpaceError(f"{repo_id} was not published: {' '.join(str(error).split())}") from error
