import pytest

from tools.superhero_party_theme import SuperheroPartyThemeTool

theme = SuperheroPartyThemeTool()
THEMES = {
    "classic": "Classic Justice League theme with Superman, Batman, and Wonder Woman decorations, "
    "cape-making station, and heroic photo booth.",
    "villains": "Batman's Rogues Gallery theme featuring Joker, Penguin, and Riddler color schemes, "
    "villain costume contest, and Arkham Asylum-themed rooms.",
    "sidekicks": "Sidekick Celebration theme with Robin, Batgirl, and Alfred-inspired refreshments, "
    "butler service, and Batcave lounge area.",
    "classic heroes": "Justice League Gala: Guests come dressed as their favorite DC heroes with themed "
    "cocktails like 'The Kryptonite Punch'.",
    "villain masquerade": "Gotham Rogues' Ball: A mysterious masquerade where guests dress as classic Batman villains.",
    "futuristic Gotham": "Neo-Gotham Night: A cyberpunk-style party inspired by Batman Beyond, with neon "
    "decorations and futuristic gadgets.",
}


@pytest.mark.parametrize("category", THEMES)
def test_each_category_has_its_theme(category):
    assert theme(category).splitlines()[0] == THEMES[category]


@pytest.mark.parametrize("category", THEMES)
def test_each_theme_has_decoration_dress_code_music_and_activities(category):
    headings = [line.partition(": ")[0] for line in theme(category).splitlines()[1:]]
    assert headings == ["Decoration", "Dress code", "Music", "Activities"]


@pytest.mark.parametrize(
    ("spelling", "category"),
    [
        ("Villain", "villains"),
        (" SIDEKICK ", "sidekicks"),
        ("classics", "classic"),
        ("classic hero", "classic heroes"),
        ("Villain  Masquerades", "villain masquerade"),
        ("FUTURISTIC\tgotham", "futuristic Gotham"),
    ],
)
def test_case_blanks_and_plurals_do_not_matter(spelling, category):
    assert theme(spelling) == theme(category)


@pytest.mark.parametrize("category", ["pirates", "", "class", "classic villains", None, 3])
def test_an_unknown_category_is_refused_with_all_that_exist(category):
    assert theme(category) == (
        "Invalid category. Please choose from: classic, villains, sidekicks, classic heroes, "
        "villain masquerade, or futuristic Gotham."
    )


def test_the_description_names_every_category():
    assert all(category in theme.description for category in theme.themes)
