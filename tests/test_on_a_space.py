"""As on a Space: uid 1000, a checkout that cannot be written, the Space's variables, no secret and no network."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client

from alfred import __version__
from tests.stand_ins import sitecustomize
from tests.stand_ins.folders import whole_space
from tests.stand_ins.interpreter import UID, as_ordinary_user, ordinary_python
from tests.stand_ins.ports import free_port

SPACE = {
    "SYSTEM": "spaces",
    "SPACE_ID": "bruce/alfred",
    "SPACE_HOST": "bruce-alfred.hf.space",
    "SPACE_AUTHOR_NAME": "bruce",
    "SPACE_REPO_NAME": "alfred",
    "SPACE_TITLE": "Alfred, the party planner",
    "SPACE_CREATOR_USER_ID": "0123456789abcdef01234567",
    "GRADIO_SERVER_NAME": "0.0.0.0",
    "PYTHONDONTWRITEBYTECODE": "1",
}
LOOPBACK = {"127.0.0.1", "0.0.0.0", "localhost", "::1", "None"}


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Alfred as a Space starts him: his address, and the folder that holds checkout, temporary folder and log."""
    place = tmp_path_factory.mktemp("space")
    _open_to_all(place)
    checkout = whole_space(place / "app")
    for path in [*checkout.rglob("*"), checkout]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in ("tmp", "home"):
        (place / folder).mkdir()
    (place / "log").touch()
    (place / "home").chmod(0o555)
    with _started(place) as address:
        yield address, place


def _open_to_all(place: Path) -> None:
    for folder in (place, *place.parents):
        if folder.stat().st_uid == os.getuid() and folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)
    place.chmod(0o755)


@contextlib.contextmanager
def _started(place: Path) -> Iterator[str]:
    if os.getuid() == 0:
        os.chown(place / "tmp", UID, UID)
        os.chown(place / "log", UID, UID)
    port = free_port()
    variables = {
        **SPACE,
        "PATH": "/usr/bin:/bin",
        "HOME": str(place / "home"),
        "TMPDIR": str(place / "tmp"),
        "AUDIT_LOG": str(place / "log"),
        "GRADIO_SERVER_PORT": str(port),
        "PYTHONPATH": str(Path(sitecustomize.__file__).parent),
    }
    python = ordinary_python(place / "python") or pytest.skip(f"uid {UID} may not run any Python here")
    options = {"cwd": place / "app", "env": variables, **as_ordinary_user()}
    process = subprocess.Popen([python, "app.py"], stdout=subprocess.PIPE, text=True, **options)
    said = iter(process.stdout.readline, "")
    assert any(f":{port}" in line for line in said)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def test_it_is_up_and_says_its_version(running):
    address, _ = running
    health = httpx.get(f"{address}/healthz").json()
    assert health == {"status": "ok", "model": "embedded-planner", "version": __version__}


def test_it_answers(running):
    address, _ = running
    answer, _ = Client(address, verbose=False).predict("Prepare a formal menu.", None, api_name="/chat")
    assert "menu" in answer


def test_behind_the_proxy_the_page_knows_its_public_address(running):
    address, _ = running
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": SPACE["SPACE_HOST"]}
    assert httpx.get(f"{address}/config", headers=forwarded).json()["root"] == "https://bruce-alfred.hf.space"


def test_it_writes_to_the_temporary_folder_alone(running):
    _, place = running
    written = {line.split(maxsplit=1)[1] for line in (place / "log").read_text().splitlines() if line[0] == "w"}
    assert [name for name in written if not name.startswith((str(place / "tmp"), "/dev/null"))] == []


def test_it_connects_to_nothing_but_itself(running):
    _, place = running
    reached = {line.split(maxsplit=1)[1] for line in (place / "log").read_text().splitlines() if line[0] == "c"}
    assert reached <= LOOPBACK
    assert reached


def test_it_left_the_checkout_as_it_was(running):
    _, place = running
    assert not list((place / "app").rglob("__pycache__"))
    assert not list((place / "home").iterdir())
