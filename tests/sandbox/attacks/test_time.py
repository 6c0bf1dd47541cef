"""Attacks on time: code that does not end, and code that does not want to be ended.

Covered: loops in Python and in C, swallowed interruptions, regular expressions, big numbers, sleeping, a stopped clock.
The control shows that each goes on without the jail. Every test here is bounded by the executor itself: a jail that did
not hold would hang it. Not covered: what a tool takes; the parent gives a tool up after five minutes.
"""

import pytest

from alfred.sandbox import ChildLostError, JailExecutor, StepError
from alfred.sandbox.launcher import launcher

INTERRUPTED = {
    "a regular expression": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    "a big power": "x = 7 ** (7 ** 10)",
    "a loop": "while True: pass",
    "a loop that catches exceptions": "while True:\n    try:\n        1 / 0\n    except Exception:\n        pass",
    "sleep": "import time\ntime.sleep(60)",
    "an endless generator": "sum(1 for _ in iter(int, 1))",
    "recursion that branches": "def f(n): return n < 2 or (f(n - 1), f(n - 2))\nf(60)",
    "a lock": "import queue\nqueue.Queue().get()",
}
KILLED = {
    "a loop in C": "sum(range(10**13))",
    "an endless search": "1 in iter(int, 2)",
    "swallowed interruptions": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "an endless finally": "try:\n    while True: pass\nfinally:\n    while True: pass",
    "a clock that was stopped": "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass",
    "a signal that is ignored": "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass",
    "an endless description": "class Long(Exception):\n    def __str__(self):\n        while True: pass\nraise Long",
}

PRETENDING = """
import gc, json, socket, struct
wire = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() == 0)
body = b'{"op":"done","value":1,"prints":"","error":null,"snapshot":"{}","left_out":[]}'
wire.sendall(struct.pack("<I", len(body)) + body)
while True:
    try:
        while True: pass
    except BaseException: pass
"""


@pytest.mark.parametrize("name", INTERRUPTED)
def test_it_is_interrupted_at_the_limit_and_variables_stay(attack, impatient, name):
    assert attack.outlasts(INTERRUPTED[name])
    impatient("kept = 5")
    with pytest.raises(
        StepError, match=r"exceeded the maximum execution time of 0\.3 seconds\. The variables are kept"
    ):
        impatient(INTERRUPTED[name])
    assert impatient("kept").output == 5


@pytest.mark.parametrize("name", KILLED)
def test_it_is_killed_a_second_after_the_limit(attack, impatient, name):
    assert attack.outlasts(KILLED[name])
    with pytest.raises(ChildLostError):
        impatient(KILLED[name])
    assert impatient("1 + 1").output == 2


def test_a_step_that_pretends_to_be_over_does_not_burn_for_ever(attack, eventually, is_alive, children_of):
    message, runs_on = attack.believed(PRETENDING)
    assert (message["value"], runs_on) == (1, True)
    before = set(children_of(launcher.pid()))
    with JailExecutor(["*"], timeout_seconds=0.05) as executor:
        executor(PRETENDING)
        (child,) = set(children_of(launcher.pid())) - before
        assert eventually(lambda: not is_alive(child))
