"""Notes what a process opens for writing and where it connects to: Python imports this before the program.

Put this folder on PYTHONPATH and name the log in AUDIT_LOG. Only Python's own calls are seen, which are all that
Alfred and his packages make.
"""

import os
import sys

CHANGING = ("os.mkdir", "os.rename", "os.remove", "os.symlink")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _watch(log: int) -> None:
    def note(event: str, arguments: tuple) -> None:
        if event in CHANGING or (event == "open" and isinstance(arguments[0], str) and arguments[2] & WRITING):
            os.write(log, f"write {os.path.abspath(arguments[0])}\n".encode())
        elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
            os.write(log, f"connect {arguments[1][0]}\n".encode())
        elif event == "socket.getaddrinfo":
            os.write(log, f"connect {arguments[0]}\n".encode())

    sys.addaudithook(note)


if "AUDIT_LOG" in os.environ:
    _watch(os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND))
