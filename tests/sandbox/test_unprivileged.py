"""The jail without privileges: as uid 1000 with no capability, which is what a Space runs as.

The other tests run as whoever starts them; where that is root, this one repeats the self-test and attacks of each kind.
"""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from alfred.sandbox import self_test
from tests.stand_ins.interpreter import as_ordinary_user, ordinary_python

SCRIPT = """
import os, sys
assert os.getuid() == 1000
from alfred.sandbox import JailExecutor, StepError, self_test
verdict = self_test()
assert verdict.ok, verdict
executor = JailExecutor(["*"], memory_mb=64)
for code in sys.argv[1:]:
    try:
        executor(code)
    except StepError as error:
        assert "PermissionError" in str(error) or "MemoryError" in str(error), error
    else:
        raise SystemExit(f"escaped: {code}")
print(executor("6 * 7").output)
"""
ATTACKS = [
    "open('/etc/hostname')",
    "import os\nos.listdir('/proc')",
    "import socket\nsocket.socket()",
    "import os\nos.fork()",
    "import os\nos.kill(os.getppid(), 9)",
    "import os\nos.setuid(0)",
    "bytearray(1 << 30)",
]


def as_nobody(python, *arguments):
    options = {"cwd": Path.cwd(), "capture_output": True, "text": True, **as_ordinary_user()}
    return subprocess.run([python, "-B", "-c", *arguments], **options)


@pytest.fixture
def python():
    """An interpreter that uid 1000 may run."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        python = ordinary_python(Path(folder))
        if python is None or as_nobody(python, "import alfred").returncode:
            pytest.skip("uid 1000 may not read any interpreter here, or not this folder")
        yield python


@pytest.mark.skipif(os.geteuid() != 0, reason="already unprivileged: every other test is this one")
def test_the_jail_holds_for_an_unprivileged_user(python):
    result = as_nobody(python, SCRIPT, *ATTACKS)
    assert (result.stdout, result.stderr) == ("42\n", "")


def test_the_attacks_on_an_unprivileged_jail_work_without_it(attack):
    for code in ATTACKS[:4]:
        assert attack.free(f"{code}\ngot = LOOT") == attack.loot


def test_the_jail_holds_for_whoever_runs_the_tests():
    assert self_test().ok
