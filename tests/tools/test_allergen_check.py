import pytest

from tools.allergen_check import AllergenCheckTool
from tools.suggest_menu import SuggestMenuTool

check = AllergenCheckTool()
EU_14 = "gluten crustaceans eggs fish peanuts soy milk nuts celery mustard sesame sulphites lupin molluscs"


def dish(name, dietary=None):
    return check(menu=[name], dietary=dietary)["dishes"][0]


def test_the_table_has_the_fourteen_allergens_of_the_regulation():
    assert sorted(check.allergens) == sorted(EU_14.split())


@pytest.mark.parametrize(
    ("name", "allergens"),
    [
        ("Spaghetti Carbonara", {"gluten", "eggs", "milk"}),
        ("Lobster Bisque", {"crustaceans", "milk"}),
        ("Caesar Salad", {"eggs", "fish", "milk"}),
        ("Chicken Satay", {"peanuts"}),
        ("Miso-Glazed Aubergine", {"soy"}),
        ("Pesto Pasta", {"gluten", "nuts", "milk"}),
        ("Waldorf Salad", {"celery"}),
        ("Hummus with Vegetables", {"sesame"}),
        ("Moules Frites with Mussels", {"molluscs"}),
        ("Crème Brûlée", {"eggs", "milk"}),
        ("Mulled Wine", {"sulphites"}),
        ("Lupin Flour Bread", {"gluten", "lupin"}),
        ("Ham with Mustard", {"mustard"}),
    ],
)
def test_telling_words_give_allergens_away(name, allergens):
    found = dish(name)
    assert set(found["allergens"]) == allergens
    assert set(found["because"]) >= allergens


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        ("Butternut Squash", "nuts"),
        ("Butternut Squash", "milk"),
        ("Coconut Milk Curry with Rice", "milk"),
        ("Peanut Butter Bars", "milk"),
        ("Nutmeg Pumpkin", "nuts"),
        ("Oyster Mushroom Rice", "molluscs"),
        ("Grilled Eggplant", "eggs"),
        ("Gluten-free Pizza", "gluten"),
        ("Brownie without nuts", "nuts"),
        ("Vegan Lasagne", "milk"),
        ("Buckwheat Blossoms", "gluten"),
    ],
)
def test_words_that_mislead_do_not(name, absent):
    assert absent not in dish(name)["allergens"]


@pytest.mark.parametrize(
    ("name", "need", "suits"),
    [
        ("Beef Wellington", "vegetarian", False),
        ("Beef Wellington", "no beef", False),
        ("Mushroom Risotto", "vegetarian", True),
        ("Mushroom Risotto", "vegan", False),
        ("Grilled Salmon", "pescatarian", True),
        ("Pork Belly", "halal", False),
        ("Roast Chicken", "halal", False),
        ("Halal Roast Chicken", "halal", True),
        ("Coq au Vin", "no alcohol", False),
        ("Kosher Beef with Cream", "kosher", False),
        ("Chocolate Cake", "diabetic", False),
        ("Stuffed Pepper", "vegan", True),
        ("Shrimp Skewers", "shellfish-free", False),
    ],
)
def test_a_dish_suits_a_diet_or_not(name, need, suits):
    assert (need in dish(name, dietary=[need])["suits"]) is suits


@pytest.mark.parametrize("name", ["Zorgle Surprise", "Healthy Wraps", "Soup", "5"])
def test_a_name_that_does_not_tell_what_is_inside_is_unknown_and_suits_nobody(name):
    report = check(menu=[name])
    assert report["unknown_dishes"] == [name]
    assert report["dishes"][0]["suits"] == []


@pytest.mark.parametrize(
    "menu",
    [
        "Suggested dinner menu: Beef Wellington, Roasted Vegetables, Chocolate Soufflé",
        "Beef Wellington, Roasted Vegetables, Chocolate Soufflé",
        "- Beef Wellington\n- Roasted Vegetables\n- Chocolate Soufflé",
        ["Beef Wellington", "Roasted Vegetables", "Chocolate Soufflé"],
        [{"name": "Beef Wellington"}, {"name": "Roasted Vegetables"}, {"name": "Chocolate Soufflé"}],
        {"main": "Beef Wellington", "side": ["Roasted Vegetables"], "dessert": "Chocolate Soufflé"},
        "Main: Beef Wellington\nSide: Roasted Vegetables\nDessert: Chocolate Soufflé",
    ],
)
def test_a_menu_may_come_in_any_wording(menu):
    names = [row["name"] for row in check(menu=menu)["dishes"]]
    assert names == ["Beef Wellington", "Roasted Vegetables", "Chocolate Soufflé"]


@pytest.mark.parametrize(
    "dietary",
    ["2 vegan, 1 nut allergy", [{"need": "vegan", "guests": 2}, {"need": "nut-free", "guests": 1}], ["vegans", "nuts"]],
)
def test_diets_may_come_in_any_wording(dietary):
    needs = {clash["need"] for clash in check(menu=["Walnut Cheese Tart"], dietary=dietary)["conflicts"]}
    assert needs == {"vegan", "nut-free"}


def test_a_conflict_tells_the_word_and_a_dish_to_serve_instead():
    clash = check(menu="Main: Beef Wellington", dietary="vegan")["conflicts"][0]
    assert "beef" in clash["because"]
    assert clash["substitute"] == "Stuffed Pepper with Rice and Black Beans"


def test_a_dish_of_the_same_course_is_the_first_substitute():
    report = check(menu="Main: Beef Wellington\nMain: Vegan Stew with Lentils", dietary="vegan")
    assert report["conflicts"][0]["substitute"] == "Vegan Stew with Lentils"
    assert report["substitutes"] == []


def test_the_substitutes_suit_every_diet_that_a_name_can_tell():
    dishes = check(menu=list(check.substitutes.values()), dietary=list(check.excludes))["dishes"]
    assert [row["name"] for row in dishes if set(row["suits"]) != set(check.excludes)] == []


def test_a_need_that_no_rule_judges_is_named():
    assert check(menu=["Rice"], dietary="low-fodmap")["unknown_needs"] == ["low-fodmap"]


@pytest.mark.parametrize("menu", ["", None, [], {}])
def test_an_empty_menu_is_answered_with_a_sentence(menu):
    assert "No dish" in check(menu=menu)


def test_it_says_confirm_and_never_safe():
    report = check(menu="Suggested reception menu: Assorted Canapés, Champagne, Petit Fours", dietary="vegan")
    assert "Confirm" in report["note"]
    assert "safe" not in str(report).casefold()


def test_the_labels_of_suggest_menu_agree_with_what_the_names_tell():
    menu = SuggestMenuTool()
    for name in menu.dishes:
        found = dish(name, dietary=list(menu.diets))
        labelled = {need for need in menu.diets if menu._suits(name, need)}
        assert not found["known"] or labelled == set(found["suits"]), name
