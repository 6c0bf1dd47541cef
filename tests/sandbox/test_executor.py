"""The executor as smolagents sees it: tools, variables, prints, state from step to step, repetition, stop."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from smolagents import Tool
from smolagents.local_python_executor import CodeOutput, PythonExecutor

from alfred.sandbox import ChildLostError, ExecutorError, JailExecutor, StepError, Stopped
from alfred.sandbox.launcher import launcher

VALUES = [
    None, True, 5, -(10**30), 1.5, float("inf"), 2 + 3j, "é €", "", b"\x00\xff", [1, [2]], (1, (2,)), {1, 2},
    frozenset({"a"}), {"a": {"b": 1}}, {1: "x", (2, 3): "y"}, {"$": 1}, Decimal("12.50"), Fraction(1, 3),
    date(2030, 6, 12), time(19, 30), datetime(2030, 6, 12, 19, 30), datetime(2030, 6, 12, tzinfo=UTC),
    datetime(2030, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Paris")), timedelta(days=-1, seconds=5),
]  # fmt: skip


class Share(Tool):
    name = "share"
    description = "Shares a cost."
    inputs = {
        "cost": {"type": "number", "description": "The cost."},
        "guests": {"type": "integer", "description": "The guests.", "nullable": True},
    }
    output_type = "number"

    def forward(self, cost: float, guests: int | None = None) -> float:
        return cost / (guests or 1)


def test_it_is_a_python_executor_of_smolagents(executor):
    assert isinstance(executor, PythonExecutor)
    assert executor("print('a')\n1") == CodeOutput(output=1, logs="a\n", is_final_answer=False)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_plain_values_cross_as_themselves(executor, value):
    executor.send_tools({"echo": lambda same: same})
    executor.send_variables({"value": value})
    answer = executor("echo(value)").output
    assert (answer, type(answer)) == (value, type(value))


def test_a_named_zone_crosses_by_its_name(executor):
    executor.send_variables({"when": datetime(2030, 7, 1, tzinfo=ZoneInfo("Europe/Paris"))})
    assert executor("when").output.tzinfo.key == "Europe/Paris"


def test_a_variable_that_is_no_plain_data_is_refused_with_its_name(executor):
    with pytest.raises(ExecutorError, match="The variable photo cannot be given to the code"):
        executor.send_variables({"photo": object()})


def test_an_argument_that_is_no_plain_data_is_refused_with_a_remedy(executor):
    executor.send_tools({"echo": lambda same: same})
    with pytest.raises(StepError, match="cannot be handed to echo: a Guest is not plain data"):
        executor("class Guest: pass\necho([Guest()])")


def test_a_value_that_is_no_plain_data_is_described(executor):
    assert executor("class Guest:\n    def __repr__(self): return 'guest'\n[1, Guest()]").output == [1, "guest"]


def test_variables_functions_and_classes_persist(executor):
    executor("import math\nx = 2\ndef area(r): return math.pi * r * x\nclass Guest:\n    name = 'Ada'")
    assert executor("Guest.name, round(area(1))").output == ("Ada", 6)


def test_tools_are_called_by_position_and_by_name(executor):
    executor.send_tools({"share": Share()})
    assert executor("share(90, 3), share(guests=2, cost=90), share(90)").output == (30, 45, 90)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            "share()",
            "TypeError: share: cost is missing. Its inputs are: cost (number), guests (integer, may be left out).",
        ),
        ("share('90')", "cost must be number, not str ('90')"),
        ("share(90, 2.5)", "guests must be integer, not float (2.5)"),
        ("share(True)", "cost must be number, not bool"),
        ("share(90, 3, 4)", "takes 2 arguments, not 3"),
        ("share(90, cost=3)", "cost is given twice"),
        ("share(90, price=3)", "there is no input price"),
    ],
)
def test_arguments_that_do_not_fit_are_told_with_the_inputs(executor, fails, call, text):
    executor.send_tools({"share": Share()})
    assert text in fails(call)


def test_what_a_tool_raises_can_be_caught_by_its_type(executor):
    executor.send_tools({"share": Share()})
    executor.send_tools({"find": {}.__getitem__})
    assert executor("try:\n    find('x')\nexcept KeyError:\n    y = 'caught'\ny").output == "caught"


def test_tools_may_be_sent_again(executor):
    executor.send_tools({"first": lambda: 1})
    executor("first()")
    executor.send_tools({"second": lambda: 2})
    assert executor("second()").output == 2
    with pytest.raises(StepError, match="name 'first' is not defined"):
        executor("first()")


def test_variables_sent_again_replace_only_themselves(executor):
    executor.send_variables({"a": 1, "b": 2})
    executor("b = 3")
    executor.send_variables({"a": 9})
    assert executor("a, b").output == (9, 3)


def test_the_final_answer_may_be_any_object_that_the_tool_returns(executor):
    answer = object()
    executor.send_tools({"final_answer": lambda _: answer})
    output = executor("print('done')\nfinal_answer('x')\nprint('never')")
    assert (output.output, output.logs, output.is_final_answer) == (answer, "done\n", True)


def test_a_final_answer_that_fails_does_not_end_the_step(executor):
    executor.send_tools({"final_answer": {}.__getitem__})
    assert executor("try:\n    final_answer('x')\nexcept KeyError:\n    v = 'go on'\nv").output == "go on"


def test_variables_are_there_after_the_final_answer(executor):
    executor.send_tools({"final_answer": lambda answer: answer})
    executor("x = 5\nfinal_answer(1)")
    assert executor.snapshot() == {"x": 5}
    assert executor("x").output == 5


def test_prints_are_kept_when_a_step_fails(executor):
    with pytest.raises(StepError):
        executor("print('so far')\n1 / 0")
    assert str(executor.state["_print_outputs"]) == "so far\n"


def test_prints_are_kept_when_time_is_over(impatient):
    with pytest.raises(StepError):
        impatient("print('so far')\nwhile True: pass")
    assert impatient.state["_print_outputs"] == "so far\n"


def test_prints_are_kept_when_the_child_is_killed(impatient):
    with pytest.raises(ChildLostError):
        impatient("print('so far')\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass")
    assert impatient.state["_print_outputs"] == "so far\n"


def test_prints_are_cut_at_the_length_that_was_asked_for():
    with JailExecutor(max_print_outputs_length=100) as executor:
        assert "truncated to stay below 100 characters" in executor("print('x' * 1_000)").logs


def test_the_same_code_after_a_failure_is_answered_by_saying_so(executor, fails):
    fails("1 / 0")
    assert "the same code as in the step before, which failed, so it was not run again" in fails(" 1 / 0\n")
    assert "division by zero" in fails("1 / 0")
    assert executor("2").output == 2


def test_the_same_code_after_a_success_runs_again(executor):
    executor("x = 1")
    assert [executor("x += 1").output for _ in range(3)] == [2, 3, 4]


def test_a_snapshot_starts_another_executor(executor):
    executor("plan = {'guests': 12, 'when': None}\ndef f(): pass\nimport math")
    with JailExecutor() as another:
        another.send_variables(executor.snapshot())
        assert another("plan['guests']").output == 12


def test_a_snapshot_before_the_first_step_is_what_was_sent(executor):
    executor.send_variables({"brief": {"guests": 3}})
    assert executor.snapshot() == {"brief": {"guests": 3}}


def test_after_a_kill_the_next_step_starts_from_the_last_snapshot(impatient):
    impatient.send_variables({"brief": {"guests": 3}})
    impatient("total = 40\nimport math\ndef share(): return total")
    with pytest.raises(ChildLostError, match=r"kept from before this step: brief, total\. Lost, .*: math, share\."):
        impatient("total = 50\nsum(range(10**13))")
    assert impatient("total, brief['guests']").output == (40, 3)


def test_a_crash_is_told_and_does_not_count_as_repetition(executor):
    executor.send_variables({"x": 1})
    crash = "import gc, ctypes\nctypes.string_at(0)"
    with JailExecutor(["ctypes", "gc"]) as other:
        for _ in range(2):
            with pytest.raises(ChildLostError, match="has ended"):
                other(crash)
    assert executor("x").output == 1


def test_time_in_a_tool_is_not_the_codes():
    waited = threading.Event()
    with JailExecutor(timeout_seconds=0.3) as executor:
        executor.send_tools({"wait": lambda: waited.wait(0.8)})
        assert executor("wait()\nwait()\n'still here'").output == "still here"


def test_stop_ends_running_code(executor):
    threading.Timer(0.2, executor.stop).start()
    with pytest.raises(Stopped):
        executor("while True: pass")


def test_stop_ends_a_step_while_a_tool_is_running(executor):
    begun, release = threading.Event(), threading.Event()
    executor.send_tools({"wait": lambda: begun.set() or release.wait(60)})
    threading.Thread(target=lambda: begun.wait(30) and executor.stop(), daemon=True).start()
    with pytest.raises(Stopped):
        executor("wait()")
    assert not release.is_set()
    release.set()


def test_a_stopped_executor_stays_stopped(executor):
    executor.stop()
    with pytest.raises(Stopped):
        executor("1")


def test_a_stop_is_no_exception_that_smolagents_would_catch():
    assert not issubclass(Stopped, Exception)


def test_an_import_that_is_not_installed_is_refused_at_once():
    with pytest.raises(ExecutorError, match="not installed: surely_not_installed"):
        JailExecutor(["surely_not_installed"])


def test_an_additional_import_is_loaded_before_the_lockdown():
    with JailExecutor(["html.parser", "colorsys"]) as executor:
        assert executor("import html.parser, colorsys\ncolorsys.rgb_to_hsv(0, 0, 1)[2]").output == 1


def test_a_star_grants_what_is_loaded():
    with JailExecutor(["*"]) as executor:
        assert executor("import os\nos.sep").output == "/"
        with pytest.raises(StepError, match="That module is not loaded here"):
            executor("import this_is_not_there")


def test_a_lost_fork_server_is_told_and_replaced(executor):
    executor("x = 1\ndef f(): pass")
    launcher.close()
    with pytest.raises(ChildLostError, match=r"has ended.*kept.*: x\. Lost.*: f\."):
        executor("x")
    assert executor("x").output == 1


def test_executors_of_many_threads_do_not_meet():
    answers = {}

    def work(number):
        with JailExecutor() as executor:
            executor.send_tools({"own": lambda: number})
            answers[number] = [executor("x = own()").output, executor("x * 2").output]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert answers == {number: [number, number * 2] for number in range(16)}
