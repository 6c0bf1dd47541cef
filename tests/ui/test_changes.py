"""What a plan changed in the plan before it."""

from alfred.ui.changes import compare
from alfred.ui.sections import Row


def marks(now, before):
    return [(marked.row.key, marked.mark, marked.before) for marked in compare(now, before)]


def test_without_a_plan_before_nothing_is_marked():
    assert marks([Row("guests", ("50",))], None) == [("guests", "", "")]


def test_a_changed_row_says_what_it_was():
    assert marks([Row("guests", ("60",))], [Row("guests", ("50",))]) == [("guests", "changed", "50")]


def test_a_new_row_and_a_dropped_row_are_told():
    assert marks([Row("soup", ("soup",))], [Row("cake", ("cake",))]) == [("soup", "new", ""), ("cake", "gone", "")]


def test_only_the_cells_that_differ_are_told():
    now, before = [Row("ice", ("ice", "42 kg", "by Sat"))], [Row("ice", ("ice", "35 kg", "by Sat"))]
    assert marks(now, before) == [("ice", "changed", "35 kg")]
