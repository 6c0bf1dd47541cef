"""The Hugging Face Hub on loopback: Spaces as bare git repositories behind the API that its client calls, and git's.

Reached by unmodified clients through `tests.stand_ins.proxy`. Both doors open on the same repository, so what the API
commits can be cloned and what git pushes can be downloaded. Large files (LFS, Xet) are left out: Alfred is text.
"""

import base64
import gzip
import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import huggingface_hub
import pytest

from tests.stand_ins.card_rules import faults
from tests.stand_ins.proxy import proxy
from tests.stand_ins.repository import Repository

SITE = "https://huggingface.co"
FIRST_CARD = b"---\ntitle: New\nemoji: x\ncolorFrom: red\ncolorTo: red\nsdk: gradio\n---\n"
FIRST_ATTRIBUTES = b"*.bin filter=lfs diff=lfs merge=lfs -text\n"


@dataclass
class Hub:
    """The Spaces, and who may write where: a token belongs to a user, a Space to the user in its name."""

    folder: Path
    users: dict[str, str]
    spaces: dict[str, Repository] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    before_commit: Callable[[], None] | None = None

    def create(self, space: str, private: bool = False) -> Repository:
        first = {"README.md": FIRST_CARD, ".gitattributes": FIRST_ATTRIBUTES}
        self.spaces[space] = Repository.create(self.folder / f"{space}.git", private, first)
        return self.spaces[space]

    def head(self, space: str) -> str:
        return self.spaces[space].sha("main")

    def titles(self, space: str) -> list[str]:
        return [title for _, title, _ in self.spaces[space].log("main")]

    def change(self, space: str, title: str, **files: str) -> str:
        """Commit these files as if somebody had edited them on the Hub's own page."""
        written = {name: text.encode() for name, text in files.items()}
        return self.spaces[space].commit("main", title, written, [], self.head(space))

    def git_address(self, space: str, token: str) -> str:
        return f"https://{self.users.get(token, 'nobody')}:{token}@huggingface.co/spaces/{space}"


class Reply(NamedTuple):
    """An answer of the API."""

    status: int = 200
    content: object = b""
    headers: dict[str, str] = {}


@contextmanager
def hub(folder: Path, **tokens: str) -> Iterator[Hub]:
    """Serve a Hub without Spaces. `tokens` holds the token of each user."""
    served = Hub(folder, {token: user for user, token in tokens.items()})
    handler = type("Handler", (_Handler,), {"hub": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            with proxy(folder, {"huggingface.co": f"http://127.0.0.1:{http.server_port}"}) as variables:
                quiet = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}
                served.variables.update(variables, **quiet, HF_HOME=str(folder / "home"))
                yield served
        finally:
            http.shutdown()


@contextmanager
def as_visitor(served: Hub, environment: pytest.MonkeyPatch, token: str | None) -> Iterator[None]:
    """Let the Hub's client of this process end up there, with this token and caches of its own."""
    home = served.folder / "home"
    for name, path in {"HF_HUB_CACHE": home / "hub", "HF_TOKEN_PATH": home / "token"}.items():
        environment.setattr(huggingface_hub.constants, name, str(path))
    environment.delenv("HF_TOKEN", raising=False)
    for name, value in {**served.variables, **({"HF_TOKEN": token} if token else {})}.items():
        environment.setenv(name, value)
    huggingface_hub.close_session()
    try:
        yield
    finally:
        huggingface_hub.close_session()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def do_GET(self) -> None:
        self._answer(b"")

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self._body())

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        for method, pattern, action in _ROUTES:
            match = re.fullmatch(pattern, parts.path)
            if match and (self.command in method.split()):
                self._send(self._tried(action, [unquote(part or "") for part in match.groups()], body))
                return
        self._send(Reply(404, {"error": f"the stand-in has no {self.command} {parts.path}"}))

    def _tried(self, action: Callable, parts: list[str], body: bytes) -> Reply:
        if self._token() and self._user() is None:
            return Reply(401, {"error": "Invalid username or password."})
        if parts and parts[0] in self.hub.spaces and self._hidden(parts[0]):
            return Reply(401, {"error": "Invalid username or password."}, {"X-Error-Code": "RepoNotFound"})
        try:
            return action(self, *parts, body)
        except KeyError:
            known = parts and parts[0] in self.hub.spaces
            code = ("EntryNotFound" if len(parts) > 2 else "RevisionNotFound") if known else "RepoNotFound"
            return Reply(404, {"error": code}, {"X-Error-Code": code})

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        else:
            pieces = []
            while size := int(self.rfile.readline(), 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            data = b"".join(pieces)
        return gzip.decompress(data) if self.headers.get("Content-Encoding") == "gzip" else data

    def _send(self, reply: Reply) -> None:
        data = reply.content if isinstance(reply.content, bytes) else json.dumps(reply.content).encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass

    def _token(self) -> str:
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        return base64.b64decode(value).decode().partition(":")[2] if kind == "Basic" else value

    def _user(self) -> str | None:
        return self.hub.users.get(self._token())

    def _hidden(self, space: str) -> bool:
        return self.hub.spaces[space].private and self._user() != space.split("/")[0]

    def _query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def who_am_i(self, body: bytes) -> Reply:
        if self._user() is None:
            return Reply(401, {"error": "Invalid username or password."})
        return Reply(content={"type": "user", "name": self._user(), "orgs": [], "auth": {"type": "access_token"}})

    def create(self, body: bytes) -> Reply:
        asked = json.loads(body)
        owner = asked.get("organization") or self._user()
        space = f"{owner}/{asked['name']}"
        if self._user() != owner:
            return Reply(403, {"error": f"You don't have the rights to create a space under {owner}"})
        if space in self.hub.spaces:
            return Reply(409, {"error": "You already created this space repo", "url": f"{SITE}/spaces/{space}"})
        self.hub.create(space, asked.get("visibility") == "private" or asked.get("private") is True)
        return Reply(content={"url": f"{SITE}/spaces/{space}", "name": space, "id": space})

    def validate(self, body: bytes) -> Reply:
        found = [{"message": fault} for fault in faults(json.loads(body)["content"])]
        return Reply(400 if found else 200, {"errors": found, "warnings": []})

    def info(self, space: str, revision: str, body: bytes) -> Reply:
        repository = self.hub.spaces[space]
        revision = revision or "main"
        files = [{"rfilename": path} for path in repository.tree(revision)]
        facts = {"id": space, "sha": repository.sha(revision), "private": repository.private, "siblings": files}
        return Reply(content={**facts, "tags": [], "sdk": "gradio", "author": space.split("/")[0]})

    def tree(self, space: str, revision: str, body: bytes) -> Reply:
        files = self.hub.spaces[space].tree(revision).items()
        return Reply(content=[{"type": "file", "path": path, "oid": oid, "size": size} for path, (oid, size) in files])

    def commits(self, space: str, revision: str, body: bytes) -> Reply:
        log = self.hub.spaces[space].log(revision)
        rows = [{"id": sha, "title": title, "date": date, "message": "", "authors": []} for sha, title, date in log]
        return Reply(content=rows)

    def preupload(self, space: str, revision: str, body: bytes) -> Reply:
        tree = self.hub.spaces[space].tree(revision)
        paths = [file["path"] for file in json.loads(body)["files"]]
        plain = {"uploadMode": "regular", "shouldIgnore": False}
        return Reply(content={"files": [{"path": path, "oid": tree.get(path, [None])[0], **plain} for path in paths]})

    def commit(self, space: str, revision: str, body: bytes) -> Reply:
        proposed = self._query().get("create_pr") == "1"
        if self._user() is None or (self._user() != space.split("/")[0] and not proposed):
            return Reply(403, {"error": "You don't have the rights to commit here"})
        if self.hub.before_commit:
            self.hub.before_commit()
        return _committed(self.hub.spaces[space], space, revision, proposed, body)

    def resolve(self, space: str, revision: str, path: str, body: bytes) -> Reply:
        repository = self.hub.spaces[space]
        content = repository.read(revision, path)
        headers = {"ETag": f'"{repository.tree(revision)[path][0]}"', "X-Repo-Commit": repository.sha(revision)}
        return Reply(200, content, {**headers, "Content-Type": "text/plain"})

    def git(self, space: str, service: str, body: bytes) -> Reply:
        repository = self.hub.spaces[space.removesuffix(".git")]
        if "receive-pack" in f"{service}{urlsplit(self.path).query}" and self._user() != space.split("/")[0]:
            return Reply(403 if self._user() else 401, b"", {"WWW-Authenticate": 'Basic realm="Hub"'})
        return _backend(self, repository, service, body)


def _committed(repository: Repository, space: str, revision: str, proposed: bool, body: bytes) -> Reply:
    rows = [json.loads(line) for line in body.splitlines()]
    header = rows[0]["value"]
    base = header.get("parentCommit", repository.sha(revision))
    if base != repository.sha(revision):
        return Reply(412, {"error": "A commit has happened since. Please refresh and try again."})
    added = {row["value"]["path"]: base64.b64decode(row["value"]["content"]) for row in rows if row["key"] == "file"}
    deleted = [row["value"]["path"] for row in rows if row["key"].startswith("deleted")]
    if found := faults(added.get("README.md", FIRST_CARD).decode()):
        return Reply(400, {"error": " ".join(found)})
    if proposed:
        repository.pull_requests += 1
        revision = f"refs/pr/{repository.pull_requests}"
    sha = repository.commit(revision, header["summary"], added, deleted, base)
    about = {"commitUrl": f"{SITE}/spaces/{space}/commit/{sha}", "commitOid": sha, "hookOutput": ""}
    pull_request = f"{SITE}/spaces/{space}/discussions/{repository.pull_requests}"
    return Reply(content={**about, "pullRequestUrl": pull_request} if proposed else about)


def _backend(handler: _Handler, repository: Repository, service: str, body: bytes) -> Reply:
    """Let git's own server side answer, by CGI."""
    variables = {
        "GIT_PROJECT_ROOT": str(repository.path.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{repository.path.name}/{service}",
        "REQUEST_METHOD": handler.command,
        "QUERY_STRING": urlsplit(handler.path).query,
        "CONTENT_TYPE": handler.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_GIT_PROTOCOL": handler.headers.get("Git-Protocol", ""),
        "REMOTE_USER": handler._user() or "",
        "PATH": os.environ["PATH"],
    }
    answer = subprocess.run(["git", "http-backend"], input=body, env=variables, capture_output=True, check=True).stdout
    head, _, content = answer.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
    return Reply(int(headers.pop("Status", "200").split()[0]), content, headers)


_SPACE, _REVISION = r"([^/]+/[^/]+)", r"([^/]+|refs/pr/\d+)"
_ROUTES: list[tuple[str, str, Callable]] = [
    ("GET", "/api/whoami-v2", _Handler.who_am_i),
    ("POST", "/api/repos/create", _Handler.create),
    ("POST", "/api/validate-yaml", _Handler.validate),
    ("GET", rf"/api/spaces/{_SPACE}(?:/revision/{_REVISION})?", _Handler.info),
    ("GET", rf"/api/spaces/{_SPACE}/tree/{_REVISION}", _Handler.tree),
    ("GET", rf"/api/spaces/{_SPACE}/commits/{_REVISION}", _Handler.commits),
    ("POST", rf"/api/spaces/{_SPACE}/preupload/{_REVISION}", _Handler.preupload),
    ("POST", rf"/api/spaces/{_SPACE}/commit/{_REVISION}", _Handler.commit),
    ("GET HEAD", rf"/spaces/{_SPACE}/resolve/{_REVISION}/(.+)", _Handler.resolve),
    ("GET POST", rf"/spaces/{_SPACE}/(info/refs|git-upload-pack|git-receive-pack)", _Handler.git),
]
