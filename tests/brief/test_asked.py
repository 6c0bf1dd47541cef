import pytest

from alfred.brief.asked import read_asked, speaks_of_party


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("plan a brunch", ("plan",)),
        ("plan a menu for the brunch", ("menu",)),
        ("i need a wedding playlist", ("music",)),
        ("a birthday menu", ("menu",)),
        ("find a caterer and a playlist", ("caterer", "music")),
        ("who can do the food", ("caterer",)),
        ("how many chairs for 20 people", ("quantities",)),
        ("what does it cost", ("cost",)),
        ("the hall costs $40", ()),
        ("on saturday", ()),
    ],
)
def test_the_first_verb_or_the_headline_says_what_is_asked(text, asked):
    assert read_asked(text, theme=False) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("give me a pirate theme", ("theme",)),
        ("a menu and a theme for a pirate party, please suggest", ("menu",)),
        ("no, the pirate theme", ()),
        ("suggest a menu for a dinner, pirate theme", ("menu",)),
        ("plan a pirate theme party", ("plan",)),
    ],
)
def test_a_theme_that_is_named_is_asked_only_when_a_verb_governs_it(text, asked):
    assert read_asked(text, theme=True) == asked


def test_a_party_is_known_by_its_word_its_occasion_or_its_guests():
    assert all(speaks_of_party(text) for text in ("a bash", "our wedding", "12 guests"))
    assert not speaks_of_party("the weather in london")
