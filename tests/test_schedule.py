import pytest

from alfred.schedule import makespan


@pytest.mark.parametrize(("helpers", "minutes"), [(0, 180), (1, 180), (2, 90), (3, 75), (4, 60), (99, 60)])
def test_helpers_work_at_once_longest_task_first(helpers, minutes):
    assert makespan([30, 60, 45, 45], helpers) == minutes


def test_nothing_to_do_takes_no_time():
    assert makespan([], 3) == 0
