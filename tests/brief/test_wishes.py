import pytest

from alfred.brief.passage import Passage
from alfred.brief.wishes import is_question, read_wishes, whole_wish


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("make it fancier", ("fancier",)),
        ("with a chocolate fountain, for 20", ("a chocolate fountain",)),
        ("dog-friendly, black tie", ("dog-friendly", "black tie")),
    ],
)
def test_what_is_no_other_fact_is_a_wish(text, wishes):
    assert read_wishes(Passage.of(text)) == {"wishes": wishes}


def test_what_another_reader_knows_is_no_wish():
    assert read_wishes(Passage.of("with a budget of 300")) == {}


def test_a_short_follow_up_is_a_wish_as_a_whole():
    assert whole_wish(Passage.of("More balloons!")) == {"wishes": ("more balloons",)}


@pytest.mark.parametrize("text", ["thanks a lot!", "ok", "who is coming?", "!!"])
def test_small_talk_and_questions_are_no_wish(text):
    assert whole_wish(Passage.of(text)) == {}


def test_a_question_begins_or_ends_as_one():
    assert [is_question(text) for text in ("where is it", "really?", "a party")] == [True, True, False]
