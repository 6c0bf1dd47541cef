"""Load and clean-up: many executors at once, and nothing left of them afterwards, however they end.

Covered: memory of idle children, descriptors and processes after cleanup, a crash, the end of the parent (kill -9) and
the end of the fork server. Not covered: 200 steps computing at once; they share the processors like any processes.
"""

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from alfred.sandbox import ChildLostError, JailExecutor
from alfred.sandbox.launcher import launcher

MANY = 200
PARENT = """
import time
from alfred.sandbox import JailExecutor
from alfred.sandbox.launcher import launcher
executors = [JailExecutor() for _ in range(3)]
for executor in executors:
    executor("1")
print(launcher.pid(), flush=True)
executors[0]("while True: pass")
"""


@pytest.fixture
def ours(children_of):
    """Return the children of this process's fork server."""
    return lambda: set(children_of(launcher.pid()))


@pytest.fixture
def parent(eventually):
    """A process with three children in the jail, one of them computing."""
    process = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    yield process
    process.kill()
    process.communicate()


def private_kilobytes(pid):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


def test_two_hundred_are_alive_at_once_and_all_gone_afterwards(descriptors, ours, eventually):
    before, children = descriptors(), ours()
    executors = [JailExecutor() for _ in range(MANY)]
    answers = [executor(f"x = {number}").output for number, executor in enumerate(executors)]
    assert len(ours() - children) == MANY
    assert answers == [executor("x").output for executor in executors]
    [executor.cleanup() for executor in executors]
    assert eventually(lambda: ours() <= children)
    assert descriptors() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may measure a process that is not dumpable")
def test_an_idle_executor_costs_at_most_five_megabytes(ours):
    before = ours()
    executors = [JailExecutor() for _ in range(10)]
    [executor("x = 1") for executor in executors]
    assert max(private_kilobytes(pid) for pid in ours() - before) < 5_000
    [executor.cleanup() for executor in executors]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into a process that is not dumpable")
def test_a_child_holds_its_socket_and_no_other_descriptor(executor, ours):
    before = ours()
    executor("1")
    (child,) = ours() - before
    assert os.listdir(f"/proc/{child}/fd") == ["0"]
    assert os.readlink(f"/proc/{child}/fd/0").startswith("socket:")


def test_nothing_is_left_of_an_executor_that_was_forgotten(descriptors, ours, eventually):
    before, children = descriptors(), ours()
    JailExecutor()("1")
    gc.collect()
    assert eventually(lambda: ours() <= children)
    assert eventually(lambda: descriptors() == before)


def test_nothing_is_left_after_a_crash(descriptors, ours, eventually):
    children = ours()
    before = descriptors()
    with JailExecutor(["ctypes"]) as executor, pytest.raises(ChildLostError):
        executor("import ctypes\nctypes.string_at(0)")
    assert eventually(lambda: ours() <= children)
    assert descriptors() == before


def test_a_busy_child_is_gone_after_cleanup_by_a_stop(executor, ours, eventually):
    children = ours()
    executor("1")
    executor.stop()
    assert eventually(lambda: ours() <= children)


def test_children_and_server_are_gone_after_the_parent_is_killed(parent, children_of, is_alive, eventually):
    server = int(parent.stdout.readline())
    family = [server, *children_of(server)]
    assert len(family) == 4
    parent.kill()
    assert eventually(lambda: not any(is_alive(pid) for pid in family))


def test_children_are_gone_after_the_fork_server_is_killed(executor, ours, is_alive, eventually):
    executor("1")
    server, children = launcher.pid(), ours()
    os.kill(server, signal.SIGKILL)
    assert eventually(lambda: not any(is_alive(pid) for pid in children))
    with pytest.raises(ChildLostError):
        executor("1")
    assert executor("2").output == 2
    assert launcher.pid() != server


def test_the_fork_server_inherits_nothing(ours):
    server = launcher.pid()
    assert Path(f"/proc/{server}/environ").read_bytes() == b""
    assert Path(f"/proc/{server}/cwd").resolve() == Path("/")
    assert len(os.listdir(f"/proc/{server}/task")) == 1


def test_a_forked_process_gets_a_server_of_its_own(executor):
    executor("1")
    server = launcher.pid()
    child = os.fork()
    if child == 0:
        os._exit(0 if launcher.pid() != server and JailExecutor()("1 + 1").output == 2 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert launcher.pid() == server
    assert executor("1 + 1").output == 2
