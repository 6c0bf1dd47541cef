"""Publishing: to a stand-in of the Hub, by the Hub's own client, with nothing overwritten that is not ours."""

import json
import subprocess

import pytest
from huggingface_hub import HfApi, snapshot_download

from alfred import __version__
from alfred.__main__ import main
from alfred.agent import ROOT
from alfred.errors import SpaceError
from alfred.publish import publish_space
from alfred.space import SpaceFolder
from tests.stand_ins.folders import edit, edit_agent, set_version, small_space
from tests.stand_ins.hub import as_visitor, hub

SPACE = "bruce/alfred"
ADDRESS = "https://huggingface.co/spaces/bruce/alfred"


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A Hub on which bruce is logged in."""
    (tmp_path / "hub").mkdir()
    with (
        hub(tmp_path / "hub", bruce="hf_bruce", selina="hf_selina") as served,
        as_visitor(served, monkeypatch, "hf_bruce"),
    ):
        yield served


@pytest.fixture
def folder(tmp_path):
    return small_space(tmp_path / "here")


def test_a_new_space_is_created_and_holds_the_folder_in_one_commit(there, folder):
    assert publish_space(SPACE, folder) == ADDRESS
    assert there.titles(SPACE) == [f"Publish Alfred {__version__}", "initial commit"]
    downloaded = snapshot_download(SPACE, repo_type="space")
    here = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for name, content in here.items():
        assert (folder.__class__(downloaded) / name).read_bytes() == content


def test_the_hubs_own_attributes_stay(there, folder):
    publish_space(SPACE, folder)
    assert b"filter=lfs" in there.spaces[SPACE].read("main", ".gitattributes")


def test_tests_are_left_out(there, folder):
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text("")
    publish_space(SPACE, folder)
    assert not any(name.startswith("tests/") for name in there.spaces[SPACE].tree("main"))


def test_a_new_space_is_private_when_that_is_asked(there, folder):
    publish_space(SPACE, folder, private=True)
    assert there.spaces[SPACE].private


def test_the_same_folder_again_makes_no_commit(there, folder):
    publish_space(SPACE, folder)
    assert publish_space(SPACE, folder) == ADDRESS
    assert len(there.titles(SPACE)) == 2


def test_a_change_is_published_and_a_stale_tool_goes(there, folder):
    publish_space(SPACE, folder)
    (folder / "tools" / "suggest_menu.py").unlink()
    fields = json.loads((folder / "agent.json").read_text())
    edit_agent(folder, tools=[name for name in fields["tools"] if name != "suggest_menu"])
    publish_space(SPACE, folder)
    assert "tools/suggest_menu.py" not in there.spaces[SPACE].tree("main")
    assert len(there.titles(SPACE)) == 3


def test_what_somebody_changed_on_the_hub_is_not_overwritten(there, folder):
    publish_space(SPACE, folder)
    there.change(SPACE, "Mend a word", **{"README.md": "---\nsdk: gradio\n---\nmended"})
    with pytest.raises(SpaceError, match=r"«Mend a word», is not in this folder: merge it with git pull"):
        publish_space(SPACE, folder)


def test_a_space_that_is_no_alfred_is_not_overwritten(there, folder):
    there.create(SPACE)
    there.change(SPACE, "My own demo", **{"app.py": "print('mine')"})
    with pytest.raises(SpaceError, match="My own demo"):
        publish_space(SPACE, folder)
    assert there.spaces[SPACE].read("main", "app.py") == b"print('mine')"


def test_what_the_checkout_has_merged_may_be_published_upon(there, folder):
    publish_space(SPACE, folder)
    there.change(SPACE, "Mend a word", **{"notes.txt": "mended"})
    clone = folder.parent / "clone"
    git = ["git", "clone", "--quiet", there.git_address(SPACE, "hf_bruce"), str(clone)]
    subprocess.run(git, check=True)
    edit(clone / "README.md", "Plans parties", "Plans all parties")
    publish_space(SPACE, clone)
    assert there.titles(SPACE)[:2] == [f"Publish Alfred {__version__}", "Mend a word"]
    assert "notes.txt" in there.spaces[SPACE].tree("main")


def test_a_newer_alfred_is_not_overwritten_by_an_older_one(there, folder, tmp_path):
    newer = small_space(tmp_path / "newer")
    set_version(newer, "10.0.0")
    set_version(folder, "9.0.0")
    publish_space(SPACE, newer)
    for proposed in (False, True):
        with pytest.raises(SpaceError, match=r"holds Alfred 10\.0\.0 and this is 9\.0\.0: update this folder"):
            publish_space(SPACE, folder, create_pr=proposed)


def test_an_older_alfred_is_replaced_by_a_newer_one(there, folder):
    publish_space(SPACE, folder)
    set_version(folder, "99.0.0")
    publish_space(SPACE, folder)
    assert there.titles(SPACE)[0] == "Publish Alfred 99.0.0"


def test_a_commit_that_comes_in_between_is_not_overwritten(there, folder):
    publish_space(SPACE, folder)
    edit(folder / "README.md", "Plans parties", "Plans all parties")
    there.before_commit = lambda: there.change(SPACE, "In between", **{"x.txt": "x"})
    with pytest.raises(SpaceError, match="got another commit in the meantime"):
        publish_space(SPACE, folder)
    assert there.titles(SPACE)[0] == "In between"


def test_a_folder_with_a_finding_is_not_published(there, folder):
    edit(folder / "README.md", "colorFrom: indigo", "colorFrom: magenta")
    with pytest.raises(SpaceError, match=r"not ready \(findings: 1\): run python -m alfred check"):
        publish_space(SPACE, folder)
    assert there.spaces == {}


def test_somebody_elses_space_is_refused(there, folder):
    there.create("selina/alfred")
    for space in ("selina/alfred", "selina/new"):
        with pytest.raises(SpaceError, match=f"{space} is not a Space of bruce: publish to bruce/NAME"):
            publish_space(space, folder)
    assert there.titles("selina/alfred") == ["initial commit"]


def test_a_pull_request_leaves_the_space_as_it_is(there, folder):
    there.create("selina/alfred")
    assert publish_space("selina/alfred", folder, create_pr=True).endswith("/spaces/selina/alfred/discussions/1")
    assert there.titles("selina/alfred") == ["initial commit"]
    proposed = HfApi().list_repo_files("selina/alfred", repo_type="space", revision="refs/pr/1")
    assert "tools/suggest_menu.py" in proposed


def test_a_pull_request_needs_a_space(there, folder):
    with pytest.raises(SpaceError, match="There is no Space bruce/alfred yet"):
        publish_space(SPACE, folder, create_pr=True)


def test_a_wrong_token_is_told_with_what_to_do(there, folder):
    with pytest.raises(SpaceError, match="the Hub refuses the token: log in with `hf auth login`"):
        publish_space(SPACE, folder, token="hf_wrong")


def test_without_a_token_nothing_is_sent(there, folder, monkeypatch):
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(SpaceError, match="There is no Hugging Face token"):
        publish_space(SPACE, folder)


def test_a_hub_that_cannot_be_reached_is_told(there, folder, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with pytest.raises(SpaceError, match="cannot be reached"):
        publish_space(SPACE, folder)


def test_the_command_publishes_this_whole_folder_privately_and_prints_the_address(there, capsys):
    assert main(["publish", SPACE, "--private"]) == 0
    assert capsys.readouterr().out == f"{ADDRESS}\n"
    assert there.spaces[SPACE].private
    assert set(there.spaces[SPACE].tree("main")) == {".gitattributes", *SpaceFolder.of(ROOT).published}


def test_the_command_refuses_a_name_without_an_owner(capsys):
    with pytest.raises(SystemExit) as end:
        main(["publish", "alfred"])
    assert end.value.code == 2
    assert "write it as OWNER/NAME" in capsys.readouterr().err
