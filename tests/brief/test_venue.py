import pytest

from alfred.brief.passage import Passage
from alfred.brief.venue import read_venue


def read(text):
    return read_venue(Passage.of(text)).get("venue")


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("a gala at the Grand Hotel Budapest", "Grand Hotel Budapest"),
        ("party in rome", "Rome"),
        ("20 guests, Trattoria Bella, 7pm", "Trattoria Bella"),
        ("party at 12 Main Street", "12 Main Street"),
        ("venue: church hall", "church hall"),
    ],
)
def test_a_place_for_the_party_keeps_its_spelling_and_loses_its_article(text, venue):
    assert read(text) == venue


@pytest.mark.parametrize(
    "text",
    [
        "my aunt lives in Berlin",
        "for my wife, Anna Smith, on Friday",
        "party for 8. Thanks, Bruce Wayne",
        "Happy Birthday, Live Music, Black Tie",
        "in June",
        "at noon",
    ],
)
def test_names_of_people_and_days_are_no_venue(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "outdoors"), [("on the beach", True), ("in the garden, indoors", False), ("at the pub", None)]
)
def test_outdoors_follows_from_the_words_or_from_the_place(text, outdoors):
    assert read_venue(Passage.of(text)).get("outdoors") is outdoors
