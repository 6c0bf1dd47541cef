import pytest
from icalendar import Calendar

from alfred.exports import FORMS, export
from alfred.plan import PartyPlan, read_plan
from tests.parties import DINNER, brief_of, plan_for

DATA = plan_for(brief_of(**DINNER))
AWKWARD = 'Ann "Annie", O\'Neil; \\n\r\nBEGIN:VEVENT\r\n=cmd|x 🎉 سلام \u202e\u2066 é <b> | $1$ \x07'


def test_json_reads_back_to_an_equal_plan():
    plan = read_plan(DATA)
    assert PartyPlan.from_json(export(plan, "json")) == plan


@pytest.mark.parametrize("form", FORMS)
def test_every_form_ends_its_last_line(form):
    assert export(read_plan(DATA), form).endswith("\n")


def test_an_unknown_form_is_an_error():
    with pytest.raises(KeyError):
        export(read_plan(DATA), "pdf")


@pytest.mark.parametrize("form", FORMS)
def test_awkward_text_everywhere_breaks_no_form(form):
    plan = read_plan(awkward(DATA))
    text = export(plan, form)
    assert text.encode("utf-8")
    if form == "json":
        assert PartyPlan.from_json(text) == plan
    if form == "ics":
        calendar = Calendar.from_ical(text)
        assert calendar.errors == []
        assert len(calendar.events) == 1 + len(plan.preparation) + len(plan.countdown)


def awkward(part, key=""):
    """The plan with every free text replaced."""
    if isinstance(part, dict):
        return {name: awkward(value, name) for name, value in part.items()}
    if isinstance(part, list):
        return [awkward(value, key) for value in part]
    fixed = {"date", "start", "end", "buy_by", "basis", "amount", "price_per_guest", "total", "limit"}
    return AWKWARD if isinstance(part, str) and key not in fixed else part
