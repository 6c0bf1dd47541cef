"""Landlock: a second wall around files, TCP, abstract sockets and signals, where the kernel has it.

It is a bonus and never required: seccomp alone refuses all of these. Where the kernel has Landlock, failing to set it
up is an error, never passed over.
"""

import ctypes
import os

CREATE_RULESET, RESTRICT_SELF = 444, 446
"""System calls, the same numbers on every architecture."""
ASK_VERSION = 1
FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
"""ABI version to all file rights it knows (linux/landlock.h)."""
BIND_AND_CONNECT_TCP = 0x3
ABSTRACT_SOCKETS_AND_SIGNALS = 0x3

libc = ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """Return the version of Landlock, 0 where there is none."""
    return max(0, libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION))


def create_ruleset() -> int | None:
    """Return the descriptor of a ruleset that grants nothing, or None where there is no Landlock; raises OSError."""
    version = abi()
    if version == 0:
        return None
    masks = [FILE_RIGHTS[min(version, max(FILE_RIGHTS))]]
    if version >= 4:
        masks.append(BIND_AND_CONNECT_TCP)
    if version >= 6:
        masks.append(ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = (ctypes.c_uint64 * len(masks))(*masks)
    return checked(libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(ctypes.sizeof(attributes)), 0))


def restrict_self(ruleset: int | None) -> None:
    """Put this process under the ruleset; raises OSError."""
    if ruleset is not None:
        checked(libc.syscall(RESTRICT_SELF, ruleset, 0))


def checked(result: int) -> int:
    """Return the result of a C call; raises OSError when it says failure."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
