"""A plan's files as links."""

import json
import re
from base64 import b64decode

from icalendar import Calendar

from alfred.ui.downloads import BYTE_ORDER_MARK, plan_links


def files(links):
    found = re.findall(r'download="([^"]+)" href="data:[^,]+;base64,([^"]+)"', links)
    return {name: b64decode(data).decode() for name, data in found}


def test_every_file_of_a_plan_can_be_taken(plan, words):
    found = files(plan_links(plan, words))
    assert [name.partition("wayne-mansion")[2] for name in found] == [
        ".md",
        ".ics",
        "-shopping.csv",
        "-budget.csv",
        "-schedule.csv",
        ".json",
    ]
    by_ending = {name.rpartition(".")[2]: text for name, text in found.items()}
    assert json.loads(by_ending["json"]) == plan
    assert len(Calendar.from_ical(by_ending["ics"]).walk("VEVENT")) > 5
    assert by_ending["csv"].startswith(BYTE_ORDER_MARK)
    assert by_ending["md"].startswith("# ")


def test_a_plan_that_is_not_whole_can_be_taken_as_data_alone(words):
    found = files(plan_links({"title": '../../"><script>'}, words))
    assert list(found) == ["script.json"]
