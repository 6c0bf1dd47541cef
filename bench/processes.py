"""What a measurement reads of another process."""

import re
from pathlib import Path


def megabytes(pid: int) -> float:
    """Return the memory that a process holds."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1000
