"""The plan as a document."""

import copy
import re
from html.parser import HTMLParser

import pytest

from alfred.ui.board import draw_board

EVIL = "<img src=x onerror=alert(1)></td><script>alert(1)</script><form action=//evil.example> `$6` [a](javascript:x)"
OWN_TAGS = {
    *("article", "section", "h2", "h3", "h4", "p", "nav", "a", "button", "span", "b", "mark", "s", "small"),
    *("dl", "div", "dt", "dd", "ul", "li", "details", "summary", "table", "thead", "tbody", "tr", "th", "td"),
    *("svg", "text", "rect", "line", "title", "label", "input"),
}


class Reader(HTMLParser):
    """Collects the tags, what each may do, and the text."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def poisoned(value):
    """Return the value with every text in it replaced."""
    if isinstance(value, dict):
        return {key: poisoned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item) for item in value]
    return EVIL if isinstance(value, str) else value


def test_every_section_of_a_whole_plan_is_there(plan, words):
    text = read(draw_board(plan, None, words)).text
    for heading in (
        "Menu",
        "Budget",
        "The day",
        "Shopping list",
        "Countdown",
        "Quantities",
        "Staff and space",
        "Risks",
    ):
        assert heading in text


def test_without_a_plan_the_board_says_what_will_stand_there(words):
    assert "The plan will stand here" in draw_board(None, None, words)


def test_a_failing_check_is_told_with_its_sentence(plan, words):
    plan["checks"][0] |= {"ok": False, "detail": "no main dish suits vegan"}
    text = read(draw_board(plan, None, words)).text
    assert "1 check fails" in text
    assert "no main dish suits vegan" in text


def test_a_changed_plan_marks_what_changed(plan, words):
    before = copy.deepcopy(plan)
    plan["guests"]["total"] = 60
    plan["menu"]["dishes"][0]["name"] = "Tomato Soup"
    html = draw_board(plan, before, words)
    assert "<mark>60</mark>" in html
    assert "was 50" in html
    assert "<mark>Tomato Soup</mark>" in html
    assert f"<s>{before['menu']['dishes'][0]['name']}</s>" in html
    assert "<mark>" not in draw_board(plan, plan, words)


def test_poison_in_every_text_stays_text(plan, words):
    html = draw_board(poisoned(plan), plan, words)
    reader = read(html)
    assert reader.tags <= OWN_TAGS
    assert [name for name, _ in reader.attributes if name.startswith("on")] == []
    assert [value for name, value in reader.attributes if name == "href" and not value.startswith("data:")] == []
    assert "<script>alert(1)</script>" in reader.text


@pytest.mark.parametrize("odd", [None, 7, "text", [1, None], {"dishes": 3}, [{"amount": {}, "date": []}], True])
def test_parts_that_are_missing_or_of_another_kind_are_left_out(odd, plan, words):
    assert draw_board({"title": "Party"}, plan, words)
    assert draw_board(plan, {"title": "Party"}, words)
    for key in plan:
        assert draw_board({**plan, key: odd}, plan, words)


def test_a_huge_plan_makes_no_huge_page(plan, words):
    plan["shopping"] = [{"item": f"thing {n} {'x' * 5000}", "amount": 1, "unit": "kg"} for n in range(5000)]
    shown = re.sub(r'href="data:[^"]*"', "", draw_board(plan, None, words))
    assert len(shown) < 700_000


def test_sources_open_on_the_web_and_nowhere_else(plan, words):
    plan["sources"] = [{"title": "Caterer", "url": "https://a.example/"}, {"title": "Trap", "url": "javascript:x"}]
    html = draw_board(plan, None, words)
    assert 'href="https://a.example/"' in html
    assert "javascript" not in html
