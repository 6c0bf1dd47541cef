"""What stands on the page."""

import gradio as gr
import pytest

from alfred import __version__
from alfred.models import ModelChoice
from alfred.sandbox import SelfTest
from alfred.settings import Settings
from alfred.ui import AlfredUI
from alfred.ui.layout import draw_sides, examples, name_and_version, who_answers
from alfred.ui.texts import words_for


def test_the_page_says_which_model_answers(words):
    choice = ModelChoice("hf", "Qwen/Qwen2.5-Coder-32B-Instruct")
    said = who_answers(choice, Settings(), words)
    assert "Qwen/Qwen2.5-Coder-32B-Instruct (Hugging Face)" in said
    assert "HF_TOKEN" not in said


@pytest.mark.parametrize(("variables", "way"), [({}, "HF_TOKEN"), ({"OAUTH_CLIENT_ID": "x"}, "Sign in")])
def test_the_embedded_planner_is_named_with_the_way_to_something_better(variables, way, words):
    said = who_answers(ModelChoice("embedded"), Settings(**variables), words)
    assert "embedded planner (rules, not a language model)" in said
    assert way in said


def test_the_version_stands_beside_the_name_and_not_in_it(words):
    said = name_and_version(words)
    assert "<h1>Alfred</h1>" in said
    assert f">{__version__}<" in said


def test_who_signed_in_is_told_which_model_answers_and_who_pays(words):
    said = who_answers(ModelChoice("hf", "Qwen/Qwen3"), Settings(), words, signed_in=True)
    assert "Qwen/Qwen3 (Hugging Face)" in said
    assert "your own Hugging Face account" in said


def test_where_another_model_answers_nobody_is_told_that_their_account_pays(words):
    assert "account" not in who_answers(ModelChoice("openai", "tiny"), Settings(), words, signed_in=True)
    settings = Settings(ALFRED_MODEL="embedded", OAUTH_CLIENT_ID="x")
    assert "account" not in who_answers(ModelChoice("embedded"), settings, words)


def test_a_model_name_is_no_markup(words):
    assert "<b>" not in who_answers(ModelChoice("openai", "<b>"), Settings(), words)


def test_every_example_has_a_name_and_a_request():
    assert len(examples(words_for("de"))) == 4
    assert all(example["text"] and example["display_text"] for example in examples(words_for("de")))


def test_one_of_the_two_tabs_is_chosen(words):
    assert draw_sides(words).count('aria-selected="true"') == 1


@pytest.mark.parametrize(
    ("variables", "count"),
    [({}, 0), ({"OAUTH_CLIENT_ID": "x"}, 1), ({"OAUTH_CLIENT_ID": "x", "ALFRED_MODEL": "openai:tiny"}, 0)],
)
def test_a_button_to_sign_in_is_there_only_where_a_space_offers_it_and_it_buys_answers(
    variables, count, saved_agent, monkeypatch
):
    monkeypatch.setenv("SYSTEM", "spaces")
    monkeypatch.setenv("SPACE_ID", "somebody/alfred")
    for name in ("OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_SCOPES", "OPENID_PROVIDER_URL"):
        monkeypatch.setattr(f"gradio.oauth.{name}", "https://huggingface.co")
    page = AlfredUI(saved_agent, ModelChoice("embedded"), Settings(**variables)).create_app()
    assert sum(isinstance(block, gr.LoginButton) for block in page.blocks.values()) == count


def test_the_head_says_why_no_code_runs(words, monkeypatch):
    monkeypatch.setattr("alfred.agent.self_test", lambda: SelfTest(False, "No jail here.", "moon"))
    assert "No jail here." in who_answers(ModelChoice("embedded"), Settings(), words)
