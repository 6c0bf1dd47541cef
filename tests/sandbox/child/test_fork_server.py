"""The fork server: what it loads before it forks. Its life and death are in `test_load.py` and `test_launcher.py`."""

import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alfred.sandbox.child import fork_server


def test_every_time_zone_is_held():
    assert ZoneInfo("Europe/Paris") in fork_server.load_zones()


def test_a_module_that_starts_threads_is_refused(tmp_path):
    (tmp_path / "busy.py").write_text(
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    code = f"import sys\nsys.path.append({str(tmp_path)!r})\nfrom alfred.sandbox.child import fork_server as server\n"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}server.load(['busy'])"], input="", capture_output=True, text=True, cwd=Path.cwd()
    )
    assert "importing busy starts threads, so it cannot be granted" in run.stderr


def test_a_module_that_is_not_there_is_an_import_error():
    with pytest.raises(ImportError):
        fork_server.load(["nowhere_at_all"])
