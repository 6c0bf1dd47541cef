"""The lockdown: what a child gives up, once and for good, before it sees a line of the model's code.

`lock_down` applies the layers from top to bottom, then proves the last one by trying what must be refused. Any failure
raises, and the child never says that it is ready. pyseccomp must be loaded before: it looks for its library on disk.

Not covered: holes in the kernel behind the calls that stay allowed, and side channels.
"""

import ctypes
import errno
import os
import resource
import signal
import socket
from collections.abc import Callable

import pyseccomp

from . import landlock
from .landlock import checked, libc

SOCKET = 0
"""The one descriptor that a child keeps, in the place of its standard input."""
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
PROT_EXEC = 4
CPU_STEPS = 20
"""A child's whole life may cost as much processor time as this many full steps."""
PAGE = os.sysconf("SC_PAGE_SIZE")

ALLOWED = (
    "brk", "munmap", "mremap", "madvise", "futex",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "setitimer", "getitimer", "restart_syscall",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday",
    "getrandom", "getpid", "gettid", "exit", "exit_group",
)  # fmt: skip
"""System calls allowed with any argument; libseccomp knows their numbers on x86-64, aarch64 and the rest."""
ALLOWED_NOT_EXECUTABLE = ("mmap", "mprotect")


def build_filter() -> pyseccomp.SyscallFilter:
    """Return the allow-list: anything else is refused with EPERM, another architecture's calls kill."""
    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in ALLOWED:
        rules.add_rule(pyseccomp.ALLOW, name)
    for name in ALLOWED_NOT_EXECUTABLE:
        rules.add_rule(pyseccomp.ALLOW, name, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, PROT_EXEC, 0))
    own_socket, nobody = pyseccomp.Arg(0, pyseccomp.EQ, SOCKET), pyseccomp.Arg(4, pyseccomp.EQ, 0)
    rules.add_rule(pyseccomp.ALLOW, "recvfrom", own_socket, nobody)
    rules.add_rule(pyseccomp.ALLOW, "sendto", own_socket, nobody)
    return rules


def lock_down(rules: pyseccomp.SyscallFilter, ruleset: int | None, memory: int, cpu_seconds: int) -> None:
    """Give everything up; `memory` is the whole address space in bytes. Raises OSError."""
    os.environ.clear()
    checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    checked(libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
    landlock.restrict_self(ruleset)
    os.closerange(SOCKET + 1, os.sysconf("SC_OPEN_MAX"))
    set_limits(memory, cpu_seconds)
    rules.load()
    prove()


def die_with(parent: int) -> None:
    """End this process when its parent, the fork server, ends; raises OSError when it has ended already."""
    checked(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
    if os.getppid() != parent:
        raise OSError(errno.ESRCH, "the fork server has ended")


def address_space() -> int:
    """Return the bytes of address space that this process has."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * PAGE


def set_limits(memory: int, cpu_seconds: int) -> None:
    """Set the resource limits, soft and hard alike."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_NOFILE: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def prove() -> None:
    """Try what must be refused; raises OSError when it is not."""
    attempts: dict[str, Callable[[], object]] = {
        "open a file": lambda: os.open("/", os.O_RDONLY),
        "open a socket": socket.socket,
        "fork": os.fork,
        "signal a process": lambda: os.kill(os.getpid(), 0),
        "map executable memory": lambda: checked(
            libc.mprotect(ctypes.c_void_p(PAGE), ctypes.c_size_t(PAGE), PROT_EXEC)
        ),
    }
    for what, attempt in attempts.items():
        _must_be_refused(what, attempt)


def _must_be_refused(what: str, attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except PermissionError:
        return
    except OSError as error:
        raise OSError(f"the attempt to {what} failed with {error}, not by the lockdown") from error
    raise OSError(f"the lockdown let the child {what}")
