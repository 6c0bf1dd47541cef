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


def rows(**asked):
    lines = menu(**({"occasion_type": "dinner"} | asked)).splitlines()
    return [line for line in lines if line.partition(":")[0] in {"starter", "main", "side", "dessert", "drink", "bite"}]


def test_guests_turn_the_menu_into_dishes_by_course():
    assert menu("dinner", guests=30).splitlines()[0] == menu("dinner")
    assert [row.partition(" [")[0] for row in rows(guests=30)] == [
        "main: Beef Wellington",
        "side: Roasted Vegetables",
        "dessert: Chocolate Soufflé",
    ]


@pytest.mark.parametrize("occasion", ["dinner", "gala", "formal", "superhero", "reception", "casual", "brunch"])
@pytest.mark.parametrize("need", list(SuggestMenuTool.diets))
def test_every_course_has_a_dish_for_every_diet(occasion, need):
    found = rows(occasion_type=occasion, dietary=[{"need": need, "guests": 1}])
    courses = {row.partition(":")[0] for row in found}
    served = {
        row.partition(":")[0] for row in found if need in row.partition("suits ")[2].partition(";")[0].split(", ")
    }
    served |= {row.partition(":")[0] for row in found if f"{need}]" in row or f"{need};" in row}
    assert served == courses


def test_one_alternative_serves_several_diets_at_once():
    mains = [row for row in rows(dietary="2 vegan, 1 nut allergy, coeliac") if row.startswith("main")]
    assert len(mains) == 2


@pytest.mark.parametrize("season", ["spring", "summer", "Autumn", "fall", "in the winter"])
def test_a_season_adds_its_side(season):
    assert len(rows(season=season)) == 4


def test_a_diet_that_no_table_knows_is_passed_on_to_guest_and_caterer():
    assert "ask guest and caterer: low-fodmap" in menu("dinner", dietary="low-fodmap")


def test_it_asks_to_confirm_and_promises_nothing():
    answer = menu("dinner", guests=4, dietary="nut-free")
    assert answer.splitlines()[-1].startswith("Confirm")
    assert "safe" not in answer
