"""The pictures of a plan."""

import re
import xml.etree.ElementTree as ET

import pytest

from alfred.ui.charts import budget_chart, timeline


def bars(svg, kind):
    found = [element for element in ET.fromstring(svg).iter("rect") if element.get("class") == kind]
    return [(float(e.get("x").rstrip("%")), float(e.get("width").rstrip("%"))) for e in found]


def budget(*amounts, limit=None):
    lines = [{"item": f"line {n}", "amount": amount, "basis": "estimate"} for n, amount in enumerate(amounts)]
    return {"budget": {"currency": "USD", "limit": limit, "lines": lines}}


def test_bars_follow_each_other_to_scale(words):
    assert bars(budget_chart(budget("300", "100", limit="400"), words), "estimate") == [(0, 75), (75, 25)]


def test_a_budget_over_its_limit_says_so_and_marks_the_limit_inside(words):
    svg = budget_chart(budget("500", limit="400"), words)
    assert "over the limit" in svg
    assert 'x1="80.00%"' in svg


def test_a_budget_without_a_limit_tells_its_sum(words):
    assert "total USD 500.00, no limit was given" in budget_chart(budget("500"), words)


def test_the_day_is_drawn_to_scale(words):
    plan = {
        "preparation": [{"start": "17:00", "end": "18:00", "task": "Drinks"}],
        "run_of_show": [{"start": "19:00", "end": "21:00", "what": "Dinner"}],
    }
    svg = timeline(plan, words)
    assert bars(svg, "preparation") == [(0, 25)]
    assert bars(svg, "show") == [(50, 50)]


def test_a_party_over_midnight_runs_on(words):
    plan = {"run_of_show": [{"start": "22:00", "end": "01:00", "what": "Dance"}, {"start": "01:00", "end": "02:00"}]}
    assert bars(timeline(plan, words), "show") == [(0, 75), (75, 25)]


def test_preparations_of_a_party_after_midnight_come_before_it(words):
    plan = {
        "preparation": [{"start": "23:00", "end": "00:00", "task": "Drinks"}],
        "run_of_show": [{"start": "01:00", "end": "03:00", "what": "Dance"}],
    }
    assert bars(timeline(plan, words), "preparation") == [(0, 25)]


@pytest.mark.parametrize("draw", [budget_chart, timeline])
def test_nothing_known_draws_nothing(draw, words):
    odd = {"budget": {"lines": [{"amount": "much"}]}, "run_of_show": [{"start": "soon", "end": 3}, {"start": "99:99"}]}
    assert draw({}, words) == draw(odd, words) == ""


@pytest.mark.parametrize("draw", [budget_chart, timeline])
def test_foreign_text_cannot_leave_its_place(draw, words):
    evil = "</text><script>alert(1)</script>\"' onload=x"
    plan = budget("5", limit="9") | {"run_of_show": [{"start": "19:00", "end": "20:00", "what": evil}]}
    plan["budget"]["lines"][0] |= {"item": evil, "basis": '" onload="x'}
    plan["budget"]["currency"] = "<b>"
    svg = draw(plan, words)
    assert {element.tag for element in ET.fromstring(svg).iter()} <= {"svg", "text", "rect", "line", "title"}
    assert not re.search(r"<[^>]*\son\w+=\"?x", re.sub(r'"[^"]*"', '""', svg))


def test_pictures_tell_their_content_in_words(plan, words):
    assert "19:00" in ET.fromstring(timeline(plan, words)).get("aria-label")
    assert "limit USD 6,000.00" in ET.fromstring(budget_chart(plan, words)).get("aria-label")
