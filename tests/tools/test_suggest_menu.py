import pytest

from tools.suggest_menu import SuggestMenuTool

STANDARD = "Standard menu: Selection of hors d'oeuvres, Main course options, and Dessert variety"
menu = SuggestMenuTool()


@pytest.mark.parametrize(
    ("occasion", "answer"),
    [
        ("dinner", "Suggested dinner menu: Beef Wellington, Roasted Vegetables, Chocolate Soufflé"),
        ("reception", "Suggested reception menu: Assorted Canapés, Champagne, Petit Fours"),
        (
            "gala",
            "Suggested gala menu: Five-course meal including Lobster Bisque, Filet Mignon, and Crème Brûlée",
        ),
    ],
)
def test_the_classic_occasions_have_their_menus(occasion, answer):
    assert menu(occasion) == answer


@pytest.mark.parametrize(
    ("occasion", "spirit"),
    [("casual", "pizza snacks drinks"), ("formal", "wine dessert"), ("superhero", "buffet energy healthy")],
)
def test_parties_by_style_have_menus_in_their_spirit(occasion, spirit):
    answer = menu(occasion)
    assert answer.startswith(f"Suggested {occasion} menu: ")
    assert all(word in answer.lower() for word in spirit.split())


@pytest.mark.parametrize("occasion", ["brunch", "", "  ", "informal", "galaxy", None, 7, ["dinner"]])
def test_anything_else_gets_the_standard_menu(occasion):
    assert menu(occasion) == STANDARD


@pytest.mark.parametrize("occasion", ["DINNER", "  dinner\n", "dinners", "a quiet dinner, at home", "dinner-party"])
def test_case_blanks_and_the_words_around_do_not_matter(occasion):
    assert menu(occasion) == menu("dinner")


@pytest.mark.parametrize("occasion", ["super hero", "Super-Hero party", "superheroes"])
def test_superhero_may_be_written_in_two_words_or_the_plural(occasion):
    assert menu(occasion) == menu("superhero")


@pytest.mark.parametrize(
    ("phrase", "winner"),
    [
        ("formal dinner party", "formal"),
        ("dinner, formal", "formal"),
        ("casual dinner", "casual"),
        ("gala dinner", "gala"),
        ("formal reception", "reception"),
        ("superhero gala", "superhero"),
    ],
)
def test_theme_beats_event_beats_style_beats_meal(phrase, winner):
    assert menu(phrase) == menu(winner)
