"""The rooms of the check beyond the twelve planted faults: each rule once, in the words that a maintainer reads."""

import re
import subprocess

import pytest

from alfred import __version__
from alfred.errors import SpaceError
from alfred.space import READING, SpaceFolder, check_space, look_around
from alfred.space.entry import check_entry
from alfred.space.folder import NOT_PUBLISHED
from alfred.space.online import check_card_online, check_requirements_online
from alfred.space.tools import check_tools
from tests.stand_ins.folders import edit, edit_agent, pin, small_space
from tests.stand_ins.hub import as_visitor, hub


@pytest.fixture
def folder(tmp_path):
    return small_space(tmp_path / "here")


def found(folder, *rooms):
    return "\n".join(str(finding) for finding in look_around(folder, rooms or READING))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("---\ntitle", "title", "has no card that can be read"),
        ("title: Alfred, the party planner\n", "", "the card has no title: add title: to it"),
        ("emoji: 🎩", "emoji: hat", "emoji is 'hat': use one emoji"),
        ("sdk: gradio", "sdk: streamlit", "sdk is 'streamlit': write gradio"),
        ('python_version: "3.11"', "python_version: 3.10", "python_version is 3.1: use one of 3.11"),
        ("app_file: app.py", "app_file: main.py", "app_file is main.py, which is not in the Space"),
        ("pinned: false", "pinned: perhaps", "pinned is 'perhaps': write true or false"),
        ("pinned: false", "pined: false", "the card's key pined means nothing to a Gradio Space"),
        ("pinned: false", "hf_oauth_scopes: [email]", "hf_oauth_scopes are set and hf_oauth is not"),
        ("pinned: false", "hf_oauth: true\nhf_oauth_expiration_minutes: 50000", "write 1 to 43200"),
    ],
)
def test_a_fault_of_the_card(folder, old, new, told):
    edit(folder / "README.md", old, new)
    assert told in found(folder)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"class": "ToolCallingAgent"}, "class is 'ToolCallingAgent': write CodeAgent"),
        ({"model": {"class": "OpenAIModel", "data": {}}}, "consumers without a key cannot build another"),
        ({"model": {"class": "InferenceClientModel", "data": {"token": "x"}}}, "the model holds a token"),
        ({"authorized_imports": ["os", "math"]}, "authorises the import os: take it out"),
        ({"authorized_imports": ["os.path"]}, "authorises the import os.path: take it out"),
        ({"authorized_imports": ["math"]}, "does not list the imports collections, datetime"),
        ({"version": "9.9.9"}, f"version is '9.9.9' and Alfred is '{__version__}': run make prompts"),
        ({"requirements": ["smolagents"]}, "requirements lack ddgs, which tools/web_search.py imports: add it there"),
        ({"tools": ["suggest_menu"]}, "does not name the tool final_answer"),
    ],
)
def test_a_fault_of_the_saved_agent(folder, fields, told):
    edit_agent(folder, **fields)
    assert told in found(folder)


def test_an_agent_json_that_is_none(folder):
    (folder / "agent.json").write_text("{")
    assert "agent.json: is missing or no JSON" in found(folder)


def test_a_tool_that_the_agent_does_not_name(folder):
    (folder / "tools" / "juggle.py").write_text("")
    assert "tools/juggle.py: is not among the tools of agent.json" in found(folder)


def test_a_change_log_that_is_behind(folder):
    edit(folder / "CHANGELOG.md", f"## {__version__}", "## 0.0.9")
    assert f"does not begin with version {__version__}: say under ## {__version__} what is new." in found(folder)


@pytest.mark.parametrize("line", ["httpx", "httpx>=0.28", "git+https://example.org/x.git"])
def test_a_requirement_that_is_not_pinned(folder, line):
    with (folder / "requirements.txt").open("a") as file:
        file.write(f"{line}\n")
    assert f"requirements.txt: '{line}' is not pinned: write it as NAME==VERSION." in found(folder)


def test_a_pin_that_only_the_builder_of_spaces_would_refuse(folder):
    pin(folder, "pydantic", "99.0.0")
    assert re.search(r"requirements.txt: gradio \S+ needs pydantic<=\S+, which is pinned to 99\.0\.0:", found(folder))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AKIA" + "ABCDEFGH12345678", "an AWS key"),
        ("-----BEGIN " + "RSA PRIVATE KEY-----", "a private key"),
        ("sk-lf-" + "01234567-0123-0123-0123-0123456789ab", "an API key"),
        ("https://bruce:" + "batcave-1939@example.org", "a password in an address"),
        ("C:" + "\\Users\\bruce\\plan.txt", "a path of one machine"),
        ("/root" + "/plan.txt", "a path of one machine"),
    ],
)
def test_what_must_not_stand_in_a_file(folder, text, told):
    (folder / "notes.txt").write_text(f"first\nsee {text} here")
    assert "notes.txt: line 2 holds" in found(folder)
    assert told in found(folder)


def test_the_folders_own_path_must_not_stand_in_it(folder):
    (folder / "notes.txt").write_text(f"cd {folder}")
    assert "a path of one machine" in found(folder)


def test_a_binary_and_a_large_file(folder):
    (folder / "cake.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (folder / "guests.csv").write_text("guest\n" * 200_000)
    assert "cake.png: is binary" in found(folder)
    assert "guests.csv: has 1,200,000 bytes, more than 1,000,000: take it out" in found(folder)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("class SuggestMenuTool(Tool)", "class SuggestMenuTool(Menu, Tool)", "is not one plain class"),
        ('name = "suggest_menu"', 'name = "menu"', "its tool is called menu: call tool and file the same"),
        ('output_type = "string"', 'output_type = "text"', "smolagents cannot save and load it"),
        ('output_type = "string"', 'output_type = "string"\n    sizes = [1, 2]', "smolagents cannot save and load it"),
        ("class ", "class class ", "is no Python: line"),
    ],
)
def test_a_tool_that_the_hub_would_break(folder, old, new, told):
    edit(folder / "tools" / "suggest_menu.py", old, new)
    assert told in found(folder, check_tools)


def test_an_entry_point_that_cannot_be_imported(folder):
    (folder / "app.py").write_text("import nowhere_at_all\n")
    assert "app.py: cannot be imported (ModuleNotFoundError: No module named 'nowhere_at_all')" in found(
        folder, check_entry
    )


def test_an_entry_point_sees_no_secret(folder, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    (folder / "app.py").write_text("import os\nassert 'HF_TOKEN' not in os.environ\n")
    assert found(folder, check_entry) == ""


def test_a_checkout_is_what_git_tracks(folder):
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "README.md"], cwd=folder, check=True)
    assert SpaceFolder.of(folder).files == ("README.md",)


def test_a_checkout_that_git_cannot_read_is_told_in_its_words(folder):
    (folder / ".git").write_text("gitdir: nowhere")
    with pytest.raises(SpaceError, match=r"git does not list the files of .*: fatal: not a git repository"):
        SpaceFolder.of(folder)


def test_what_developers_need_is_not_published(folder):
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text("")
    space = SpaceFolder.of(folder)
    assert "tests/test_it.py" in space.files
    assert not any(name.startswith(NOT_PUBLISHED) for name in space.published)


def test_online_the_hub_is_asked_about_the_card(folder, tmp_path, monkeypatch):
    edit(folder / "README.md", "colorFrom: indigo", "colorFrom: magenta")
    (tmp_path / "hub").mkdir()
    with hub(tmp_path / "hub") as served, as_visitor(served, monkeypatch, None):
        assert 'the Hub refuses the card ({"errors": [{"message": "' in found(folder, check_card_online)


def test_online_pip_is_asked_about_the_requirements(folder):
    (folder / "requirements.txt").write_text("packaging==26.3\npackaging==20.0\n")
    told = found(folder, check_requirements_online)
    assert "requirements.txt: pip cannot install them (Cannot install packaging==20.0 and packaging==26.3" in told


def test_an_empty_folder_is_told_what_it_lacks(tmp_path):
    files = [finding.file for finding in check_space(tmp_path)]
    assert files == ["README.md", "agent.json", "requirements.txt"]
