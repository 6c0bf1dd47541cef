import json
import random
from datetime import datetime
from pathlib import Path

import pytest

from alfred.brief import Brief, read_brief

SUNDAY = datetime(2026, 11, 22, 10, 0)
REQUESTS = json.loads((Path(__file__).parent / "requests.json").read_text(encoding="utf-8"))
WORDS = sorted({word for case in REQUESTS for word in case["request"].split()})


def read_all(*requests: str) -> Brief:
    brief = None
    for request in requests:
        brief = read_brief(request, SUNDAY, brief)
    return brief


def said(brief: Brief) -> dict:
    """The keys of a brief that are not null, without now."""
    return {key: value for key, value in json.loads(brief.to_json()).items() if value is not None and key != "now"}


@pytest.mark.parametrize("case", REQUESTS, ids=lambda case: case["request"][:60] or "empty")
def test_a_request_is_read_as_people_mean_it_and_nothing_is_invented(case):
    assert said(read_all(*case.get("after", []), case["request"])) == case["brief"]


@pytest.mark.parametrize("seed", range(20))
def test_words_in_any_order_are_read_without_error_and_survive_json(seed):
    dice = random.Random(seed)
    brief = None
    for _ in range(15):
        brief = read_brief(" ".join(dice.choices(WORDS, k=dice.randint(0, 40))), SUNDAY, brief)
        assert Brief.from_json(brief.to_json()) == brief


@pytest.mark.parametrize("seed", range(10))
def test_random_characters_are_read_without_error(seed):
    dice = random.Random(seed)
    letters = [chr(dice.randint(0, 0x10FFFF)) for _ in range(300)] + list("0123456789 -/.,:;$€£%'\"()")
    brief = read_brief("".join(dice.choices(letters, k=2_000)), SUNDAY)
    assert Brief.from_json(brief.to_json()) == brief


@pytest.mark.parametrize(
    "request_text",
    [
        "party " * 1_400,
        "12 " * 2_700,
        "1,2,3 guests and " * 500,
        "a" * 8_000,
        "'" * 8_000,
        "vegan " * 1_300,
        "at A " * 2_000,
    ],
    ids=lambda text: text[:12],
)
def test_long_monotonous_requests_are_read_without_error(request_text):
    assert read_brief(request_text, SUNDAY).asked


@pytest.mark.parametrize(
    "text", ["派对五十人", "вечеринка на 50 человек", "حفلة", "Fête d'été à la maison", "\ud83d\x00\u202e"]
)
def test_other_scripts_invent_nothing_but_numbers_beside_known_words(text):
    assert said(read_brief(text, SUNDAY)).keys() <= {"asked"}


def test_right_now_is_not_the_start_of_the_party():
    brief = read_brief("If we start right now and decorating takes 60 minutes, when are we ready?", SUNDAY)
    assert (brief.date, brief.start) == (None, None)


def test_the_time_zone_and_the_seconds_of_now_are_left_out():
    brief = read_brief("party", datetime.fromisoformat("2026-11-22T10:00:59+01:00"))
    assert json.loads(brief.to_json())["now"] == "2026-11-22T10:00"
