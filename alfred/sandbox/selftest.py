"""The self-test: can this machine run code in the jail? Asked once, at the start of the application.

One child is forked by the normal path, and inside it everything that must be refused is tried. Where an answer is not
the expected one, model-written code must not run; there is no fallback.
"""

import functools
import logging
import platform
from collections.abc import Callable
from dataclasses import dataclass

from alfred.sandbox.child.names import DEFAULT_IMPORTS
from alfred.sandbox.errors import SandboxError
from alfred.sandbox.executor import JailExecutor
from alfred.sandbox.launcher import launcher

log = logging.getLogger(__name__)

WHAT_TO_SET = (
    "Set ALFRED_EXECUTOR to docker, e2b, modal or blaxel to run the code elsewhere, "
    "or to local for development, which protects nothing."
)
ATTEMPTS = """
import ctypes, mmap, os, signal, socket, subprocess, threading
def name_of(attempt):
    try:
        attempt()
    except Exception as error:
        return type(error).__name__
    return "allowed"
{
    "open a file": name_of(lambda: open("/etc/passwd")),
    "list a folder": name_of(lambda: os.listdir("/")),
    "open a socket": name_of(lambda: socket.socket()),
    "fork": name_of(os.fork),
    "start a thread": name_of(lambda: threading.Thread(target=int).start()),
    "start a program": name_of(lambda: os.execv("/bin/true", ["true"])),
    "signal another process": name_of(lambda: os.kill(os.getppid(), 0)),
    "map executable memory": name_of(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)),
    "take more memory than granted": name_of(lambda: bytearray(1 << 30)),
}
"""
REFUSALS = {
    "open a file": "PermissionError",
    "list a folder": "PermissionError",
    "open a socket": "PermissionError",
    "fork": "PermissionError",
    "start a thread": "RuntimeError",
    "start a program": "PermissionError",
    "signal another process": "PermissionError",
    "map executable memory": "PermissionError",
    "take more memory than granted": "MemoryError",
}
NEEDED = "\n".join(
    [*(f"import {module}" for module in DEFAULT_IMPORTS if module != "__future__"),
     'datetime.datetime.strptime("1 May 2030", "%d %B %Y")', "echo(1 + 1)"]
)  # fmt: skip
GRANTED = ("ctypes", "mmap", "os", "signal", "socket", "subprocess", "threading")


@dataclass(frozen=True)
class SelfTest:
    """The result: `ok`; `reason`, a sentence or two for page and terminal; `machine`, where it was tested."""

    ok: bool
    reason: str
    machine: str


@functools.cache
def self_test() -> SelfTest:
    """Return whether this machine can jail, tested once for each process and logged."""
    result = judge(try_everything)
    log.log(logging.INFO if result.ok else logging.ERROR, "jail: %s (%s)", result.reason, result.machine)
    return result


def judge(attempt: Callable[[], list[str]]) -> SelfTest:
    """Return the verdict on `attempt`, a function that returns the misses of the jail or raises SandboxError."""
    try:
        misses = attempt()
    except SandboxError as error:
        return SelfTest(False, f"Code that a model wrote cannot run here. {error} {WHAT_TO_SET}", machine())
    if misses:
        return SelfTest(False, f"Code that a model wrote cannot run here: {misses[0]}. {WHAT_TO_SET}", machine())
    return SelfTest(True, "Code that a model wrote runs in the jail.", machine())


def try_everything() -> list[str]:
    """Return what the jail does not hold or lacks; raises SandboxError when no child comes up."""
    with JailExecutor(GRANTED, memory_mb=64) as executor:
        executor.send_tools({"echo": lambda value: value})
        answers = executor(ATTEMPTS).output
        needed = executor(NEEDED).output
    misses = [] if needed == 2 else ["a tool call in the jail came back with the wrong value"]
    return misses + [
        f"in the jail, the attempt to {what} ended with {answers.get(what)} where {expected} was expected"
        for what, expected in REFUSALS.items()
        if answers.get(what) != expected
    ]


def machine() -> str:
    """Return the kernel, the architecture and the version of Landlock in one line."""
    return f"{platform.system()} {platform.release()} {platform.machine()}, Landlock {launcher.landlock or 'absent'}"
