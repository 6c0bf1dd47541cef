"""The Dockerfile, line by line: no test builds it, so that its words are held against the files that they name."""

import re
import subprocess
import sys

import httpx
import pytest

from alfred.agent import ROOT
from alfred.settings import Settings
from alfred.space import SpaceFolder
from alfred.space.folder import NOT_PUBLISHED

LINES = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
STEPS = [tuple(line.split(maxsplit=1)) for line in LINES if line and not line.startswith("#")]
WORDS = ("FROM", "COPY", "RUN", "WORKDIR", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "CMD")


def step(word):
    return [rest for name, rest in STEPS if name == word]


def command(text):
    return re.findall(r'"((?:[^"\\]|\\.)*)"', text[text.index("[") :])


def test_every_line_is_an_instruction():
    assert {word for word, _ in STEPS} == set(WORDS)


def test_the_python_is_the_cards():
    assert step("FROM") == [f"python:{SpaceFolder.of(ROOT).card['python_version']}-slim"]


def test_it_runs_as_uid_1000_which_owns_nothing_of_the_checkout():
    order = [word for word, _ in STEPS]
    assert step("USER") == ["1000"]
    assert order.index("USER") > max(place for place, word in enumerate(order) if word in ("COPY", "RUN"))
    assert not any("chown" in rest for rest in step("COPY"))


def test_what_it_copies_is_there():
    assert all((ROOT / rest.split()[0]).exists() for rest in step("COPY"))


def test_packages_and_requirements_are_those_of_the_space():
    assert any("< /tmp/packages.txt" in rest for rest in step("RUN"))
    assert any("-r requirements.txt" in rest for rest in step("RUN"))
    assert all(re.fullmatch(r"[a-z0-9.+-]+", line) for line in (ROOT / "packages.txt").read_text().splitlines())


def test_it_listens_for_everybody_on_the_port_of_the_settings():
    variables = dict(pair.split("=") for pair in step("ENV")[0].split())
    assert variables["GRADIO_SERVER_NAME"] == "0.0.0.0"
    assert step("EXPOSE") == [variables["GRADIO_SERVER_PORT"]] == [str(Settings().server_port)]


def test_it_starts_the_entry_point_of_the_card():
    assert command(step("CMD")[0]) == ["python", SpaceFolder.of(ROOT).card["app_file"]]


@pytest.mark.parametrize("up", [True, False])
def test_the_health_check_tells_a_page_that_is_up_from_one_that_is_not(address, up):
    _, flag, program = command(step("HEALTHCHECK")[0])
    assert httpx.get(f"{address}/healthz").is_success
    place = address if up else "http://127.0.0.1:9"
    asked = [sys.executable, flag, program.replace("http://127.0.0.1:7860", place)]
    assert (subprocess.run(asked, capture_output=True).returncode == 0) == up


def test_what_the_space_leaves_out_stays_out_of_the_image():
    ignored = set((ROOT / ".dockerignore").read_text().splitlines())
    assert {name.rstrip("/") for name in NOT_PUBLISHED if not name.startswith("docs/")} <= ignored
