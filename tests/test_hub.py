"""One repository, three doors: what is published, pushed and loaded is the same, and a bad card stays out."""

import os
import subprocess
from pathlib import Path

import pytest
from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import HfHubHTTPError
from smolagents import CodeAgent, InferenceClientModel, LocalPythonExecutor

from alfred import load_agent_from_hub
from alfred.agent import ROOT
from alfred.publish import publish_space
from alfred.sandbox import JailExecutor
from alfred.space import check_space
from alfred.space.folder import SpaceFolder
from alfred.space.online import check_card_online
from tests.stand_ins.folders import edit, small_space
from tests.stand_ins.hub import as_visitor, hub
from tests.stand_ins.scripted_model import ScriptedModel, code

SPACE = "bruce/alfred"
WHO = {"GIT_AUTHOR_NAME": "Bruce", "GIT_AUTHOR_EMAIL": "b@example.org", "GIT_TERMINAL_PROMPT": "0"}


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A Hub with Alfred on it, published by bruce."""
    folder = tmp_path_factory.mktemp("hub")
    with (
        pytest.MonkeyPatch.context() as environment,
        hub(folder, bruce="hf_bruce", selina="hf_selina") as served,
        as_visitor(served, environment, "hf_bruce"),
    ):
        publish_space(SPACE, small_space(folder / "here"))
        yield served


@pytest.fixture
def clone(there, tmp_path):
    git(tmp_path, "clone", "--quiet", there.git_address(SPACE, "hf_bruce"), "clone")
    return tmp_path / "clone"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    committer = {name.replace("AUTHOR", "COMMITTER"): value for name, value in WHO.items()}
    environment = {**os.environ, **WHO, **committer}
    return subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_a_clone_is_what_was_published_and_passes_the_check(clone):
    assert (clone / "tools" / "suggest_menu.py").read_bytes() == (ROOT / "tools" / "suggest_menu.py").read_bytes()
    assert check_space(clone) == []


def test_a_push_deploys_and_from_hub_loads_it_at_head_and_the_old_one_by_its_revision(there, clone):
    before = there.head(SPACE)
    edit(clone / "tools" / "suggest_menu.py", "Beef Wellington", "Lobster Thermidor")
    assert git(clone, "commit", "--quiet", "-am", "Serve lobster").returncode == 0
    assert git(clone, "push", "--quiet").returncode == 0
    model = ScriptedModel(code("final_answer(suggest_menu('dinner'))"))
    new = CodeAgent.from_hub(SPACE, trust_remote_code=True, model=model)
    old = CodeAgent.from_hub(SPACE, trust_remote_code=True, model=model, revision=before)
    assert "Lobster Thermidor" in new.run("a menu")
    assert "Beef Wellington" in old.run("a menu")


def test_our_own_loader_pins_the_revision_and_jails_the_code(there):
    model = ScriptedModel(code("final_answer(suggest_menu('dinner'))"))
    agent = load_agent_from_hub(SPACE, trust_remote_code=True, revision=there.head(SPACE), model=model)
    assert isinstance(agent.python_executor, JailExecutor)
    with agent:
        assert "dinner menu" in agent.run("a menu")


def test_our_own_loader_takes_another_executor(there):
    executor = LocalPythonExecutor([])
    agent = load_agent_from_hub(SPACE, trust_remote_code=True, executor=executor, model=ScriptedModel("x"))
    assert agent.python_executor is executor


def test_a_push_with_a_bad_card_is_refused_with_the_reason(there, clone):
    before = there.head(SPACE)
    edit(clone / "README.md", "colorFrom: indigo", "colorFrom: magenta")
    git(clone, "commit", "--quiet", "-am", "Paint it magenta")
    pushed = git(clone, "push")
    assert pushed.returncode != 0
    assert '"colorFrom" must be one of' in pushed.stderr
    assert there.head(SPACE) == before


def test_our_check_finds_what_that_push_was_refused_for(clone):
    edit(clone / "README.md", "colorFrom: indigo", "colorFrom: magenta")
    assert [finding.file for finding in check_space(clone)] == ["README.md"]
    assert "the Hub refuses the card" in str(*check_card_online(SpaceFolder.of(clone)))


def test_the_hub_takes_our_own_card(there):
    assert list(check_card_online(SpaceFolder.of(ROOT))) == []


def test_what_smolagents_pushes_spoils_the_card_and_fails_so_that_nobody_should_run_it(there):
    there.create("bruce/spoilt")
    there.change("bruce/spoilt", "Alfred", **{"README.md": (ROOT / "README.md").read_text()})
    with pytest.raises(TypeError, match="is a built-in class"):
        CodeAgent.from_folder(ROOT, model=InferenceClientModel()).push_to_hub("bruce/spoilt", token="hf_bruce")
    card = there.spaces["bruce/spoilt"].read("main", "README.md").decode().split("---")[1]
    assert 'sdk_version: "' not in card
    assert "party-planning" not in card


@pytest.mark.parametrize("token", ["hf_wrong", "hf_selina"])
def test_a_push_with_a_wrong_token_or_to_somebody_elses_space_is_refused(there, clone, token):
    before = there.head(SPACE)
    edit(clone / "README.md", "Plans parties", "Plans heists")
    git(clone, "commit", "--quiet", "-am", "Plan heists")
    assert git(clone, "push", there.git_address(SPACE, token), "main").returncode != 0
    assert there.head(SPACE) == before


def test_the_hub_refuses_a_commit_of_somebody_else_by_its_api_too(there):
    with pytest.raises(HfHubHTTPError, match="403"):
        HfApi(token="hf_selina").upload_file(
            path_or_fileobj=b"x", path_in_repo="x.txt", repo_id=SPACE, repo_type="space"
        )


def test_a_private_space_is_there_for_its_owner_alone(there):
    there.create("selina/secret", private=True)
    assert snapshot_download("selina/secret", repo_type="space", token="hf_selina")
    assert not HfApi().repo_exists("selina/secret", repo_type="space")
