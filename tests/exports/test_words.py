from datetime import date, time
from decimal import Decimal

import pytest

from alfred.exports.words import clock, day, money, number, plain


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (Decimal("1500.00"), "EUR", "EUR 1,500.00"),
        (Decimal("1500.00"), "JPY", "JPY 1,500"),
        (Decimal("0.50"), None, "0.50"),
        (None, "EUR", "open"),
    ],
)
def test_money_has_its_currency_before_it(amount, currency, written):
    assert money(amount, currency) == written


def test_days_and_times_are_written_for_people():
    assert (day(date(2026, 12, 2)), day(None)) == ("Wed 2 Dec 2026", "open")
    assert (clock(time(9, 5)), clock(None)) == ("09:05", "open")


@pytest.mark.parametrize(
    ("value", "written"), [(9.6, "9.6"), (12.0, "12"), (1050, "1,050"), (11.414, "11.414"), (0, "0")]
)
def test_numbers_have_no_idle_zeros(value, written):
    assert number(value) == written


@pytest.mark.parametrize(
    ("text", "written"), [("a\n\tb", "a b"), ("a\x00b", "ab"), ("\u202eabc\u2069", "abc"), ("شكرا 🎉", "شكرا 🎉")]
)
def test_plain_text_is_one_line_without_marks_that_do_something(text, written):
    assert plain(text) == written
