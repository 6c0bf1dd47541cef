import pytest

from alfred.brief.numbers import as_digits


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("fifty guests", "50 guests"),
        ("twenty-five", "25"),
        ("a hundred", "100"),
        ("two hundred and fifty", "250"),
        ("fifteen hundred", "1500"),
        ("two thousand five hundred", "2500"),
        ("1,500", "1500"),
        ("1.500 €", "1500 €"),
        ("1.234.567,89 €", "1234567.89 €"),
        ("1 500 €", "1500 €"),
        ("1'200 chf", "1200 chf"),
        ("£2k", "£2000"),
        ("2.5k", "2500"),
        ("a couple of vegans", "2 vegans"),
        ("half a dozen", "6"),
    ],
)
def test_numbers_in_every_habit_become_plain_digits(words, digits):
    assert as_digits(words) == digits


def test_two_dozen_are_twenty_four():
    assert as_digits("two dozen friends").split() == ["24", "friends"]


@pytest.mark.parametrize(
    "text", ["12.5", "25.12.2026", "12/12/2026", "19.30", "on 5 december 200 guests", "dozens of friends"]
)
def test_dates_times_and_decimals_stay_as_they_are(text):
    assert as_digits(text) == text
