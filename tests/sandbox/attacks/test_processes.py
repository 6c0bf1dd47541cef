"""Attacks on processes: starting them, signalling and inspecting others, native code, outliving the turn.

Covered: system calls, `ctypes`, executable memory. Not covered: holes in the kernel behind the calls that stay allowed.
"""

import subprocess
import sys

import pytest


@pytest.fixture
def victim(attack):
    process = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)
    attack.names["VICTIM"] = process.pid
    yield process
    process.kill()
    process.communicate()


def test_it_cannot_fork(attack):
    code = """
        import os
        out, into = os.pipe()
        if os.fork() == 0:
            os.write(into, LOOT.encode())
            os._exit(0)
        got = os.read(out, 99).decode()
    """
    assert "PermissionError" in attack(code)


def test_it_cannot_fork_by_a_direct_call(attack):
    code = "import os\npid = os.fork()\nif pid == 0: os._exit(0)\ngot = LOOT"
    assert "PermissionError" in attack(code)


def test_it_cannot_start_a_program(attack):
    code = "import subprocess\ngot = subprocess.check_output(['echo', LOOT], text=True)"
    assert "PermissionError" in attack(code)


def test_it_cannot_become_a_program(attack):
    code = "import os\nos.execv('/bin/echo', ['echo', LOOT])"
    assert "PermissionError" in attack.jailed(code)
    assert attack.free(code) == attack.loot


def test_it_cannot_spawn_a_program_by_posix(attack):
    code = "import os\nos.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)\ngot = LOOT"
    assert "PermissionError" in attack(code)


def test_it_cannot_start_a_thread(attack):
    code = "import threading\nt = threading.Thread(target=int)\nt.start()\nt.join()\ngot = LOOT"
    assert "can't start new thread" in attack(code)


def test_it_cannot_signal_another_process(attack, victim):
    code = "import os\nos.kill(VICTIM, 9)\ngot = LOOT"
    assert "PermissionError" in attack.jailed(code)
    assert victim.poll() is None
    assert attack.free(code) == attack.loot


def test_it_cannot_signal_its_process_group(attack):
    code = "import os, signal\nsignal.signal(15, lambda *_: None)\nos.setsid()\nos.killpg(0, 15)\ngot = LOOT"
    assert "PermissionError" in attack(code)


def test_it_cannot_open_a_handle_on_another_process(attack, victim):
    assert "PermissionError" in attack("import os\nos.pidfd_open(VICTIM)\ngot = LOOT")


def test_it_cannot_trace_another_process(attack):
    code = "import ctypes\ngot = LOOT if ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0 else 'refused'"
    assert attack(code) == "refused"


def test_it_cannot_ask_the_resource_limits_away(attack):
    code = """
        import resource
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        got = LOOT
    """
    assert "PermissionError" in attack(code)


def test_it_cannot_make_memory_executable(attack):
    code = "import mmap\nmmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)\ngot = LOOT"
    assert "PermissionError" in attack(code)


def test_it_cannot_make_existing_memory_executable(attack):
    code = """
        import ctypes, mmap
        page = ctypes.c_char.from_buffer(mmap.mmap(-1, 4096))
        place = ctypes.addressof(page)
        got = LOOT if ctypes.CDLL(None).mprotect(ctypes.c_void_p(place), 4096, 7) == 0 else "refused"
    """
    assert attack(code) == "refused"


@pytest.mark.parametrize("call", ["prctl(4, 1, 0, 0, 0)", "unshare(0)", "personality(0xffffffff)", "umask(0)"])
def test_it_cannot_change_what_it_is(attack, call):
    code = f"import ctypes\ngot = LOOT if ctypes.CDLL(None).{call} != -1 else 'refused'"
    assert attack(code) == "refused"


def test_it_cannot_load_native_code_from_disk(attack):
    assert "OSError" in attack("import ctypes\nctypes.CDLL('libanl.so.1')\ngot = LOOT")
