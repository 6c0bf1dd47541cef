"""The jail without privileges: as uid 1000 with no capability, which is what a Space runs as.

The other tests run as whoever starts them; where that is root, this one repeats the self-test and attacks of each kind.
"""

import contextlib
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from alfred.sandbox import self_test

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
    nobody = {"user": 1000, "group": 1000, "extra_groups": []}
    return subprocess.run([python, "-B", "-c", *arguments], cwd=Path.cwd(), capture_output=True, text=True, **nobody)


@pytest.fixture
def python():
    """An interpreter that uid 1000 may run: this one, or the system's with this one's packages."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for python in (sys.executable, environment(Path(folder))):
            with contextlib.suppress(PermissionError):
                if as_nobody(python, "import alfred, smolagents").returncode == 0:
                    yield python
                    return
        pytest.skip("uid 1000 may not read any interpreter here, or not this folder")


def environment(folder):
    system = f"/usr/bin/python3.{sys.version_info.minor}"
    if not os.path.exists(system):
        return sys.executable
    subprocess.run([system, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"))
    return str(folder / "bin" / "python")


@pytest.mark.skipif(os.geteuid() != 0, reason="already unprivileged: every other test is this one")
def test_the_jail_holds_for_an_unprivileged_user(python):
    result = as_nobody(python, SCRIPT, *ATTACKS)
    assert (result.stdout, result.stderr) == ("42\n", "")


def test_the_attacks_on_an_unprivileged_jail_work_without_it(attack):
    for code in ATTACKS[:4]:
        assert attack.free(f"{code}\ngot = LOOT") == attack.loot


def test_the_jail_holds_for_whoever_runs_the_tests():
    assert self_test().ok
