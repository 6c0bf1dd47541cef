"""Runs a program where the kernel locks nothing down any more: `python -m tests.stand_ins.unlockable app.py`."""

import errno
import os
import sys

import pyseccomp

PR_SET_SECCOMP = 22


def refuse_filters() -> None:
    """Let this process and those that it starts install no further filter of system calls."""
    refused = pyseccomp.ERRNO(errno.EPERM)
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules.add_rule(refused, "seccomp")
    rules.add_rule(refused, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, PR_SET_SECCOMP))
    rules.load()


if __name__ == "__main__":
    refuse_filters()
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
