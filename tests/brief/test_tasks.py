import pytest

from alfred.brief.passage import Passage
from alfred.brief.tasks import read_tasks


def test_in_a_sentence_that_times_its_tasks_a_bare_number_is_minutes():
    fields = read_tasks(Passage.of("Balloons take 20 minutes, candles 5"))
    assert fields["tasks"] == ({"task": "balloons", "minutes": 20}, {"task": "candles", "minutes": 5})


def test_a_length_may_stand_before_its_task():
    fields = read_tasks(Passage.of("15 minutes for ironing, 1 hour for the cake"))
    assert fields["tasks"] == ({"task": "ironing", "minutes": 15}, {"task": "cake", "minutes": 60})


@pytest.mark.parametrize(("text", "helpers"), [("with 3 helpers", 3), ("just me", 1), ("on my own", 1)])
def test_helpers_are_counted(text, helpers):
    assert read_tasks(Passage.of(text)) == {"helpers": helpers}


def test_guests_and_times_are_no_tasks():
    assert read_tasks(Passage.of("Dinner for 20 guests at 7")) == {}
