import pytest

from alfred.brief.passage import Passage
from alfred.brief.theme import read_theme


def read(text):
    return read_theme(Passage.of(text)).get("theme")


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("a party with the theme 'Roman holiday'", "roman holiday"),
        ("theme: under the sea, 20 kids", "under the sea"),
        ("a James Bond casino night", "James Bond casino"),
        ("an ocean-themed evening", "ocean"),
        ("birthday party, dinosaurs, 9 kids", "dinosaurs"),
        ("some villain theme ideas", "villain"),
    ],
)
def test_a_theme_is_named_at_its_word_or_known_beside_the_party(text, theme):
    assert read(text) == theme


@pytest.mark.parametrize("text", ["theme ideas", "a wedding theme", "creative themes", "space for 30", "a fun party"])
def test_what_names_no_theme_invents_none(text):
    assert read(text) is None


def test_a_theme_can_be_dropped():
    assert read_theme(Passage.of("forget the theme")) == {"theme": None}


def test_a_title_is_not_read_again_as_a_place():
    passage = Passage.of("Alice in Wonderland party")
    read_theme(passage)
    assert "Wonderland" not in passage.said
