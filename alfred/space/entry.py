"""The entry point: imported as the Space would start it, in a process of its own and without a secret."""

import os
import subprocess
import sys
from collections.abc import Iterator

from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder

SECONDS = 120
PROGRAM = "import runpy, sys; sys.path.insert(0, ''); runpy.run_path(sys.argv[1], run_name='imported')"
KEPT = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV")


def check_entry(space: SpaceFolder) -> Iterator[Finding]:
    """Import the card's app_file; its imports must stand, and it must not start serving."""
    file = (space.card or {}).get("app_file")
    if file not in space.files:
        return
    try:
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, file],
            cwd=space.path,
            env={name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        yield Finding(
            file, f"does not come back within {SECONDS} seconds", 'serve under if __name__ == "__main__" alone'
        )
        return
    if ran.returncode:
        error = ran.stderr.strip().splitlines()[-1:] or [f"exit status {ran.returncode}"]
        yield Finding(file, f"cannot be imported ({error[0].rstrip('.')})", "correct the import, or pin its package")
