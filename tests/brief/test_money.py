from decimal import Decimal

import pytest

from alfred.brief.money import read_money
from alfred.brief.passage import Passage


@pytest.mark.parametrize(
    ("words", "budget", "currency"),
    [
        ("$400", "400", "USD"),
        ("1.500 €", "1500", "EUR"),
        ("1500EUR", "1500", "EUR"),
        ("£2k", "2000", "GBP"),
        ("two grand, £2,000", "2000", "GBP"),
        ("1.234,56 euros", "1234.56", "EUR"),
        ("900 swiss francs", "900", "CHF"),
        ("50 000 ₹", "50000", "INR"),
        ("US$ 99.90", "99.90", "USD"),
        ("$400 CAD", "400", "CAD"),
        ("fifty quid", "50", "GBP"),
        ("between 300 and 400 dollars", "400", "USD"),
    ],
)
def test_a_budget_is_read_to_the_cent_in_its_currency(words, budget, currency):
    assert read_money(Passage.of(words), None) == {"budget": Decimal(budget), "currency": currency}


@pytest.mark.parametrize("each", ["a head", "per head", "per person", "pp", "each", "per guest", "/person"])
def test_an_amount_for_each_guest_is_no_total(each):
    assert read_money(Passage.of(f"€45 {each}"), None) == {"budget_per_guest": Decimal(45), "currency": "EUR"}


def test_a_total_and_an_amount_a_head_are_both_kept():
    fields = read_money(Passage.of("£2000 in total, £40 a head"), None)
    assert fields == {"budget": Decimal(2000), "budget_per_guest": Decimal(40), "currency": "GBP"}


def test_crowns_have_no_certain_currency():
    assert read_money(Passage.of("5000 kr"), None) == {"budget": Decimal(5000)}


@pytest.mark.parametrize("words", ["50 guests", "5 pounds of ice", "at 7", "12/12/2026", "2 try outs", "$"])
def test_what_is_no_money_is_not_read(words):
    assert read_money(Passage.of(words), None) == {}


@pytest.mark.parametrize("words", ["the cake costs $40", "a $200 deposit", "the dj is £100"])
def test_the_price_of_a_thing_is_a_wish_and_no_budget(words):
    assert read_money(Passage.of(words), None).keys() == {"wishes"}


def test_the_budget_is_read_beside_a_price():
    assert read_money(Passage.of("the band costs $600, $3000 in all"), None)["budget"] == Decimal(3000)
