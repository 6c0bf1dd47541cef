"""Attacks on secrets: the environment, files, /proc, the memory of the parent, other conversations.

Covered: the ways of CPython to each. Not covered: side channels of the processor, and what a tool hands out when asked.
"""

import platform

import pytest

from alfred.sandbox import JailExecutor


def test_the_environment_is_empty(attack):
    assert attack("import os\ngot = os.environ.get('PLANTED_SECRET')") == "None"


def test_the_c_environment_is_empty(attack):
    code = """
        import ctypes
        getenv = ctypes.CDLL(None).getenv
        getenv.restype = ctypes.c_char_p
        got = (getenv(b"PLANTED_SECRET") or b"nothing").decode()
    """
    assert attack(code) == "nothing"


def test_the_initial_environment_cannot_be_read_from_proc(attack):
    code = "got = open('/proc/self/environ').read().split('PLANTED_SECRET=')[1].strip(chr(0))"
    assert "PermissionError" in attack(code)


@pytest.mark.parametrize(
    "reader",
    [
        "open(PLANTED).read()",
        "__import__('pathlib').Path(PLANTED).read_text()",
        "__import__('os').read(__import__('os').open(PLANTED, 0), 99).decode()",
        "__import__('io').FileIO(PLANTED).read().decode()",
        "__import__('linecache').getline(PLANTED, 1)",
        "__import__('importlib.machinery').machinery.SourceFileLoader('x', PLANTED).get_data(PLANTED).decode()",
        "__import__('json').__spec__.loader.get_data(PLANTED).decode()",
        "random._os.popen('cat ' + PLANTED).read()",
    ],
)
def test_a_file_cannot_be_read(attack, reader):
    attack(f"import random\ngot = {reader}")


def test_a_file_cannot_be_opened_by_the_c_library(attack):
    code = """
        import ctypes
        libc, text = ctypes.CDLL(None), ctypes.create_string_buffer(99)
        libc.read(libc.open(PLANTED.encode(), 0), text, 98)
        got = text.value.decode() or "nothing"
    """
    assert attack(code) == "nothing"


def test_a_file_cannot_be_opened_by_a_raw_system_call(attack):
    code = """
        import ctypes
        libc, text = ctypes.CDLL(None), ctypes.create_string_buffer(99)
        openat, read = {"x86_64": (257, 0), "aarch64": (56, 63)}[%r]
        libc.syscall(read, libc.syscall(openat, -100, PLANTED.encode(), 0), text, 98)
        got = text.value.decode() or "nothing"
    """
    assert attack(code % platform.machine()) == "nothing"


def test_a_folder_cannot_be_listed(attack):
    code = "import os\ngot = LOOT if 'planted.txt' in os.listdir(os.path.dirname(PLANTED)) else 'nothing'"
    assert "PermissionError" in attack(code)


def test_the_existence_of_a_file_cannot_be_asked(attack):
    assert attack("import os\ngot = LOOT if os.path.exists(PLANTED) else 'nothing'") == "nothing"


def test_the_memory_of_another_process_cannot_be_read(attack):
    code = """
        import ctypes, os
        here, there = ctypes.create_string_buffer(99), ctypes.create_string_buffer(LOOT.encode())
        class Part(ctypes.Structure):
            _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
        to, by = Part(ctypes.addressof(here), 11), Part(ctypes.addressof(there), 11)
        ctypes.CDLL(None).process_vm_readv(os.getpid(), ctypes.byref(to), 1, ctypes.byref(by), 1, 0)
        got = here.value.decode() or "nothing"
    """
    assert attack(code) == "nothing"


def test_the_memory_of_the_parent_cannot_be_opened(attack):
    assert "PermissionError" in attack("import os\nopen(f'/proc/{os.getppid()}/mem', 'rb').close()\ngot = LOOT")


def test_a_child_knows_nothing_of_its_neighbour(attack):
    find = (
        "import gc\ngot = next((o for o in gc.get_objects() if isinstance(o, dict) and 'guests_of_b' in o), 'nothing')"
    )
    beside = {"guests_of_b": [attack.loot]}
    assert attack.loot in attack.in_process(find, {"beside": beside})
    with JailExecutor() as neighbour:
        neighbour.send_variables(beside)
        assert neighbour("guests_of_b").output == [attack.loot]
        assert attack.jailed(find) == "nothing"


def test_a_child_starts_with_nothing_of_the_child_before(attack):
    leave = "import random, json\nrandom.left = json.left = LOOT\ngot = 0"
    look = "import random, json\ngot = hasattr(random, 'left') or hasattr(json, 'left')"
    assert attack.free(f"{leave}\n{look}") == "True"
    attack.jailed(leave)
    assert attack.jailed(look) == "False"


def test_the_arguments_of_the_fork_server_hold_nothing_of_the_parent(attack):
    code = "import sys\ngot = repr((sys.argv, sys.path, sys.orig_argv))"
    assert attack.loot in attack.free(code, attack.loot)
    assert attack.loot not in attack.jailed(code)
