"""Texts of strangers made harmless."""

import pytest

from alfred.ui.safe import MAX_CHARACTERS, MAX_LOG_CHARACTERS, fenced, prose


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<style>body{}</style>", "<style"),
        ("![x](https://evil.example/pixel.png)", "!["),
        ("![x][ref]\n\n[ref]: https://evil.example/p", "]:"),
        ("[x](javascript:alert(1))", "javascript:"),
        ("[x]( JavaScript:alert(1))", "JavaScript:"),
        ("[x](data:text/html,hi)", "data:"),
        ("[x](/etc/passwd)", "/etc"),
    ],
)
def test_what_could_act_on_the_page_is_gone(text, gone):
    assert gone not in prose(text)


@pytest.mark.parametrize("text", ["$500 for food, $300 for drinks", "**bold** and [a](https://a.example/)", "1. one"])
def test_ordinary_text_stays_as_it_is(text):
    assert prose(text) == text


def test_a_fence_inside_a_text_does_not_end_its_block():
    block = fenced("a\n```\n<b>\n````", "python")
    assert block.startswith("`````python\n")
    assert block.endswith("\n`````")


def test_long_texts_are_cut_with_a_word():
    assert prose("x" * (MAX_CHARACTERS + 5)).endswith("… 5 more characters")
    assert "… 5 more characters" in fenced("x" * (MAX_LOG_CHARACTERS + 5))
