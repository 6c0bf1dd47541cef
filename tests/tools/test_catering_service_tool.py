import pytest

from tools.catering_service_tool import CateringServiceTool

catering = CateringServiceTool()


def best(query):
    return catering(query).removeprefix("Best match: ").split(" (rated")[0]


def why(query):
    return catering(query).splitlines()[1]


@pytest.mark.parametrize("query", ["", "   ", None, 5, "something nobody wrote down"])
def test_without_a_known_word_the_highest_rated_is_chosen(query):
    assert best(query) == "Gotham Catering Co."
    assert "the rating decides" in why(query)


def test_every_answer_says_that_the_book_is_fiction_in_us_dollars():
    for query in ("", "sushi", "for 5000 guests"):
        assert "fictional book" in catering(query)
        assert "US dollar prices are invented" in catering(query)


@pytest.mark.parametrize(
    ("query", "service"),
    [
        ("sushi", "Miagani Sushi Bar"),
        ("ITALIAN pizzas", "Little Italy Trattoria"),
        ("a superhero birthday", "Gotham City Events"),
        ("halal wedding buffet", "Crescent Moon Halal"),
    ],
)
def test_what_the_query_asks_for_comes_before_the_rating(query, service):
    assert best(query) == service


def test_the_rating_decides_between_equal_matches():
    assert best("French dinner") == "Gotham Catering Co."
    assert "Runners-up: Wayne Manor Catering (rated 4.8" in catering("French dinner")


@pytest.mark.parametrize(
    ("query", "guests"),
    [
        ("120 people", 120),
        ("party of 40", 40),
        ("dinner for 12, 2 vegans", 12),
        ("for 8 at 19:30", 8),
        ("1,200 guests", 1200),
        ("a 40-person lunch", 40),
        ("30-35 guests", 35),
        ("45 euros a head", None),
        ("for 3 hours", None),
        ("dinner at 20:00", None),
    ],
)
def test_the_number_of_guests_is_read_from_the_query(query, guests):
    assert catering._guests(query) == guests


@pytest.mark.parametrize(
    ("query", "price"),
    [
        ("under €45 a head", 45),
        ("at most 45.50 € per person", 45.5),
        ("45,50 euros each guest", 45.5),
        ("£30/guest", 30),
        ("30 per head", 30),
        ("cheap, under $20", 20),
        ("120 people", None),
        ("total budget $1,000", None),
    ],
)
def test_the_price_ceiling_is_read_number_for_number_in_any_currency(query, price):
    assert catering._ceiling(query, None) == price


def test_a_budget_for_the_party_is_shared_among_the_guests():
    assert "at most 50 a guest" in why("$1,000 budget for 20 people")


def test_the_party_must_fit_the_service():
    for query, guests in (("dinner for 6", 6), ("dinner for 600", 600)):
        entry = catering.book[best(query)]
        assert entry["smallest"] <= guests <= entry["largest"]


def test_the_price_is_never_above_the_ceiling():
    assert catering.book[best("French gala under €45 a head")]["price"] <= 45


@pytest.mark.parametrize("diet", ["vegan", "kosher", "gluten-free", "nut-free", "sesame-free"])
def test_the_service_can_serve_the_diet(diet):
    assert diet in catering.serves[best(f"a gala dinner, {diet}")].split()


@pytest.mark.parametrize(
    ("words", "diet"),
    [
        ("2 vegans", "vegan"),
        ("gluten free", "gluten-free"),
        ("a coeliac", "gluten-free"),
        ("peanut allergy", "nut-free"),
    ],
)
def test_diets_are_known_by_their_usual_words(words, diet):
    assert diet in catering._needs(words)


def test_a_wish_that_was_dropped_is_named():
    assert why("Italian for 30, vegan") == "Why: fits 30 guests, vegan; not known for Italian."


def test_nothing_suitable_is_said_with_what_to_relax():
    answer = catering("kosher for 2000 guests")
    assert answer.startswith("No service in the book fits all of: 2000 guests, kosher.")
    assert "without '2000 guests' Old Gotham Kosher" in answer


def test_needs_that_no_single_change_can_meet_point_to_the_web():
    assert "search the web" in catering("kosher vegan for 9000 guests under $3 a head")


def test_the_tables_of_the_book_name_the_same_services_and_diets():
    assert catering.book.keys() == catering.known_for.keys() == catering.serves.keys()
    assert {diet for served in catering.serves.values() for diet in served.split()} == catering.diets.keys()
    assert all(1 <= entry["smallest"] < entry["largest"] for entry in catering.book.values())


def test_guests_price_and_diets_may_be_arguments():
    answer = catering("reception", guests=120, budget_per_guest=45, dietary=[{"need": "vegan", "guests": 3}])
    assert answer.startswith("Best match: Crescent Moon Halal (rated 4.6, $38 a guest")
    assert "fits 120 guests, at most 45 a guest, vegan" in answer


def test_an_argument_counts_before_the_query():
    assert catering("dinner for 5000 people", guests=20).startswith("Best match")


@pytest.mark.parametrize(
    "odd", [{"guests": "many"}, {"guests": -5}, {"budget_per_guest": float("nan")}, {"dietary": 7}]
)
def test_an_argument_that_says_nothing_changes_nothing(odd):
    assert catering("sushi", **odd) == catering("sushi")
