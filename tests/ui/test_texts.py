"""The texts of the page."""

import re

import pytest

from alfred.ui.texts import TEXTS, count_of_steps, day, words_for


def values_in(text):
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", sorted(set(TEXTS) - {"en"}))
def test_every_language_has_every_text_with_the_same_values(language):
    assert TEXTS[language].keys() == TEXTS["en"].keys()
    for key, text in TEXTS["en"].items():
        assert values_in(TEXTS[language][key]) == values_in(text), key


@pytest.mark.parametrize(
    ("accepted", "send"),
    [("de-AT,de;q=0.9,en;q=0.5", "Senden"), ("fr,de;q=0.8", "Senden"), ("fr", "Send"), (None, "Send"), ("", "Send")],
)
def test_the_first_language_that_is_here_is_taken_and_english_otherwise(accepted, send):
    assert words_for(accepted)("send") == send


def test_a_date_is_written_with_its_day_of_the_week():
    assert day("2026-12-12", words_for("en")) == "Sat 12 Dec 2026"
    assert day("2026-12-12", words_for("de")) == "Sa 12 Dez. 2026"


def test_what_is_no_date_stays_as_it_is_and_nothing_is_open():
    assert day("soon", words_for("en")) == "soon"
    assert day(None, words_for("en")) == "open"


def test_steps_are_counted_in_words():
    assert [count_of_steps(n, words_for("en")) for n in (1, 3)] == ["1 step", "3 steps"]
