import pytest

from alfred.brief.spelling import corrected


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("guets", "guest"),
        ("poeple", "people"),
        ("vegetarain", "vegetarian"),
        ("tommorow", "tomorrow"),
        ("birhtday", "birthday"),
        ("plalist", "playlist"),
        ("saterday", "saturday"),
        ("fourty", "forty"),
    ],
)
def test_one_slip_in_a_key_word_is_mended(wrong, right):
    assert corrected(wrong).startswith(right)


@pytest.mark.parametrize(
    "word", ["there", "thirsty", "eighth", "diner", "server", "parts", "mention", "fifth", "gotham", "quest"]
)
def test_a_real_word_stays(word):
    assert corrected(word) == word
