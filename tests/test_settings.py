"""Settings: read from the environment, explained when wrong, never shown when secret."""

import pytest

from alfred.errors import SettingError
from alfred.settings import Settings, read_settings, settings_table


def test_defaults_hold_without_any_variable():
    settings = read_settings()
    assert (settings.model, settings.server_port, settings.max_steps) == (None, 7860, 10)


def test_a_variable_of_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("ALFRED_MODEL", "embedded")
    assert read_settings().model == "embedded"


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "")
    assert read_settings().hf_token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALFRED_MAX_STEPS", "none"), ("GRADIO_SERVER_PORT", "70000"), ("ALFRED_EXECUTOR", "cloud")],
)
def test_a_wrong_value_is_named_with_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=f"{name} is '{value}': "):
        read_settings()


def test_on_a_space_an_address_with_a_closed_port_is_refused(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example.org:11434/v1")
    assert read_settings().openai_base_url
    monkeypatch.setenv("SPACE_ID", "bruce/alfred")
    with pytest.raises(SettingError, match=r"OPENAI_BASE_URL is 'http://models.*': a Space reaches no other ports"):
        read_settings()
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example.org/v1")
    assert read_settings().openai_base_url


def test_secrets_do_not_show_in_the_settings_text(monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_very_secret")
    assert "hf_very_secret" not in repr(read_settings())


def test_the_table_has_a_row_for_each_variable():
    assert all(f"| `{field.alias}` |" in settings_table() for field in Settings.model_fields.values())
