"""Texts of strangers made harmless."""

import pytest

from alfred.ui.safe import MAX_CHARACTERS, MAX_LOG_CHARACTERS, fenced, prose, typed, untyped


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


@pytest.mark.parametrize("text", ["a < b & c > d", "R&B for 5 < 10", "2 > 1"])
def test_signs_that_are_no_tag_stay_as_they_are(text):
    assert prose(text) == text


def test_code_in_prose_shows_its_characters():
    assert prose("say `a < b & c`") == "say <code>a &#60; b &#38; c</code>"
    assert prose("```python\nif a < b:\n```").strip() == "```python\nif a < b:\n```"


@pytest.mark.parametrize(
    "text",
    [
        "`<img src=x>`",
        "``<img src=x>``",
        "`` ` <img src=x> ``",
        "` <img src=x>",
        "`\n<img src=x>\n`",
        "\\`<img src=x>`",
        "`a``<img src=x>``b`",
        "```<img src=x>```",
        "~~~\n<img src=x>\n~~~",
        "> ```\n<img src=x>",
        "- ```\n<img src=x>\n```",
        "    ```\n<img src=x>\n```",
    ],
)
def test_a_tag_in_what_looks_like_code_is_text_or_stands_in_a_block_of_ours(text):
    outside = []
    inside = False
    for line in prose(text).splitlines():
        fence = line.startswith("```")
        inside = inside != fence
        outside += [] if inside or fence else [line]
    assert "<img" not in "\n".join(outside)


@pytest.mark.parametrize("text", ["<b>bold</b> & `code` &lt; 5 < 6", "drinks & food", "$500", "&amp;amp;"])
def test_a_visitors_words_come_back_from_an_edit_as_they_were_typed(text):
    assert untyped(typed(text)) == text


def test_a_fence_inside_a_text_does_not_end_its_block():
    block = fenced("a\n```\n<b>\n````", "python")
    assert block.startswith("`````python\n")
    assert block.endswith("\n`````")


def test_long_texts_are_cut_with_a_word():
    assert prose("x" * (MAX_CHARACTERS + 5)).endswith("… 5 more characters")
    assert "… 5 more characters" in fenced("x" * (MAX_LOG_CHARACTERS + 5))
