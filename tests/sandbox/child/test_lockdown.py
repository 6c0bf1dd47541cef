"""The lockdown: the allow-list itself. What it stops is in `attacks/`."""

import os
import subprocess
import sys
from pathlib import Path

import pyseccomp
import pytest

from alfred.sandbox import StepError
from alfred.sandbox.child import landlock, lockdown

FORBIDDEN = (
    "open openat openat2 stat socket socketpair connect bind accept clone clone3 fork vfork execve execveat kill tkill "
    "tgkill ptrace process_vm_readv process_vm_writev prctl setrlimit prlimit64 memfd_create io_uring_setup bpf ioctl "
    "fcntl dup pipe2 sendmsg recvmsg pidfd_open pidfd_getfd userfaultfd unshare setns mount keyctl seccomp read write"
)
ARCHITECTURES = {"x86-64": pyseccomp.Arch.X86_64, "aarch64": pyseccomp.Arch.AARCH64}


@pytest.mark.parametrize("name", FORBIDDEN.split())
def test_it_does_not_allow(name):
    assert name not in {*lockdown.ALLOWED, *lockdown.ALLOWED_NOT_EXECUTABLE, "recvfrom", "sendto"}


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_allowed_call_is_known_by_name(architecture):
    names = [*lockdown.ALLOWED, *lockdown.ALLOWED_NOT_EXECUTABLE, "recvfrom", "sendto"]
    numbers = {name: pyseccomp.resolve_syscall(ARCHITECTURES[architecture], name) for name in names}
    assert {name for name, number in numbers.items() if number is None or not 0 <= number < 0x4000_0000} == set()


def test_the_default_is_refusal():
    assert lockdown.build_filter().get_attr(pyseccomp.Attr.ACT_DEFAULT) == pyseccomp.ERRNO(1)


def test_a_child_that_is_not_locked_down_notices():
    with pytest.raises(OSError, match=r"the lockdown let the child open a file|the attempt to"):
        lockdown.prove()


def test_a_child_whose_server_is_gone_notices():
    code = "from alfred.sandbox.child.lockdown import die_with\ndie_with(1 << 22)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert "the fork server has ended" in run.stderr


@pytest.mark.skipif(landlock.abi() == 0, reason="this kernel has no Landlock")
def test_landlock_alone_closes_files():
    code = """
from alfred.sandbox import StepError
from alfred.sandbox.child import landlock, lockdown
lockdown.checked(lockdown.libc.prctl(38, 1, 0, 0, 0))
landlock.restrict_self(landlock.create_ruleset())
open("/etc/hostname")
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd())
    assert "PermissionError" in run.stderr


def test_the_address_space_is_counted_in_bytes():
    assert lockdown.address_space() % os.sysconf("SC_PAGE_SIZE") == 0


@pytest.mark.parametrize("way", ["wire.connect('elsewhere')", "wire.sendto(b'x', 'elsewhere')"])
def test_the_socket_of_a_child_reaches_nobody_else(impatient, way):
    find = "wire = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() == 0)"
    with pytest.raises(StepError, match="PermissionError"):
        impatient(f"import gc, socket\n{find}\n{way}")
