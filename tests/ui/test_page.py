"""The page's head: who answers, and why no code runs where none does."""

from alfred.models import ModelChoice
from alfred.settings import Settings
from alfred.ui import AlfredUI


def head(saved_agent, choice, warning=None):
    page = AlfredUI(saved_agent, choice, Settings(), warning).create_app()
    return next(part["props"]["value"] for part in page.config["components"] if part["type"] == "markdown")


def test_the_page_says_why_no_code_runs(saved_agent):
    assert "No jail here." in head(saved_agent, ModelChoice("embedded"), "No jail here.")


def test_the_page_names_the_hosted_model_that_answers(saved_agent):
    text = head(saved_agent, ModelChoice("hf", "Qwen/Qwen2.5-Coder-32B-Instruct"))
    assert "Qwen/Qwen2.5-Coder-32B-Instruct (Hugging Face)" in text


def test_the_embedded_planner_is_called_rules_with_a_way_to_something_better(saved_agent):
    text = head(saved_agent, ModelChoice("embedded"))
    assert "rules, not a language model" in text
    assert "HF_TOKEN" in text
