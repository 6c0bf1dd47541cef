"""A Python that an ordinary user may run, with the packages of the one that runs the tests."""

import contextlib
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

UID = 1000


def as_ordinary_user() -> dict:
    """Return the options of a process that run it as uid 1000, where the tests run as root."""
    return {"user": UID, "group": UID, "extra_groups": []} if os.getuid() == 0 else {}


def ordinary_python(folder: Path) -> str | None:
    """Return such a Python: this one, or a new environment in the folder on the system's; None where neither runs."""
    for python in (sys.executable, _environment(folder)):
        with contextlib.suppress(OSError):
            if subprocess.run([python, "-c", "import smolagents"], cwd="/", **as_ordinary_user()).returncode == 0:
                return python
    return None


def _environment(folder: Path) -> str:
    system = f"/usr/bin/python3.{sys.version_info.minor}"
    if not os.path.exists(system):
        return sys.executable
    subprocess.run([system, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib"))
    return str(folder / "bin" / "python")
