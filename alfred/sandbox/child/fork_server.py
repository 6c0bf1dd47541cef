"""The fork server: a fresh, single-threaded interpreter that loads everything once and forks a child on request.

Run as `python -I -B FOLDER-OF-SANDBOX NUMBER-OF-CONTROL-SOCKET` (see `../__main__.py`) with an empty environment. A
request carries settings, never a visitor's data, and the child's end of a socket pair; the answer carries the child's
pidfd. When the parent goes away the control socket closes, the server ends, and the kernel ends its children with it.
"""

import gc
import importlib
import json
import os
import resource
import selectors
import signal
import socket
import sys
from typing import Any
from zoneinfo import ZoneInfo

from . import landlock, lockdown
from .names import DEFAULT_IMPORTS, HIDDEN_IMPORTS
from .plain import known_zones
from .wire import Channel
from .worker import Settings, Worker

MAX_REQUEST = 64 * 1024
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""Libraries such as numpy start a pool of threads when loaded, and a process with threads must not fork."""


class ForkServer:
    """The server's state: the control socket, what children are locked down with, and who is alive."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.rules = lockdown.build_filter()
        self.ruleset = landlock.create_ruleset()
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)

    def serve(self) -> None:
        """Answer requests and reap the dead, until the parent closes the control socket."""
        self.control.send(json.dumps({"landlock": landlock.abi()}).encode())
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is not self.control:
                    self.reap(key.fd)
                elif not self.answer():
                    return

    def reap(self, pidfd: int) -> None:
        """Take leave of a child that has ended."""
        self.selector.unregister(pidfd)
        os.waitid(os.P_PIDFD, pidfd, os.WEXITED)
        os.close(pidfd)

    def answer(self) -> bool:
        """Answer one request; returns False when the parent is gone."""
        body, descriptors, _, _ = socket.recv_fds(self.control, MAX_REQUEST, 1)
        if not body:
            return False
        if not descriptors:
            self.refuse("the fork server has no free descriptor")
            return True
        try:
            socket.send_fds(self.control, [b"{}"], [self.fork(json.loads(body), descriptors[0])])
        except (ImportError, OSError, RuntimeError) as error:
            self.refuse(str(error))
        finally:
            os.close(descriptors[0])
        return True

    def refuse(self, why: str) -> None:
        """Tell the parent why there is no child."""
        self.control.send(json.dumps({"error": why}).encode())

    def fork(self, request: dict[str, Any], connection: int) -> int:
        """Fork a child that serves `connection`; returns its pidfd. Raises ImportError, OSError or RuntimeError."""
        load(request["imports"])
        server, memory = os.getpid(), lockdown.address_space() + request["memory"]
        child = os.fork()
        if child == 0:
            self.become_child(request | {"memory": memory}, connection, server)
        pidfd = os.pidfd_open(child)
        self.selector.register(pidfd, selectors.EVENT_READ)
        return pidfd

    def become_child(self, request: dict[str, Any], connection: int, server: int) -> None:
        """Lock down and serve; never returns."""
        try:
            lockdown.die_with(server)
            os.dup2(connection, lockdown.SOCKET)
            channel = Channel(socket.socket(fileno=lockdown.SOCKET))
            self.lock_down(request, channel)
            granted = tuple(request["granted"])
            Worker(channel, Settings(request["seconds"], request["max_prints"], granted)).serve()
        except BaseException:
            os._exit(1)
        os._exit(0)

    def lock_down(self, request: dict[str, Any], channel: Channel) -> None:
        """Lock this child down, or tell the parent why not; raises OSError."""
        cpu_seconds = int(request["seconds"] * lockdown.CPU_STEPS) + 1
        try:
            lockdown.lock_down(self.rules, self.ruleset, request["memory"], cpu_seconds)
        except OSError as error:
            channel.send({"op": "broken", "text": str(error)})
            raise


def load(modules: list[str]) -> None:
    """Import `modules`; raises RuntimeError when one of them starts threads, since this process has to fork."""
    for module in [module for module in modules if module not in sys.modules]:
        importlib.import_module(module)
        if len(os.listdir("/proc/self/task")) > 1:
            raise RuntimeError(f"importing {module} starts threads, so it cannot be granted")


def load_zones() -> list[ZoneInfo]:
    """Return every time zone: while they are held, `ZoneInfo(name)` finds them without opening a file."""
    return [ZoneInfo(name) for name in known_zones()]


def main() -> None:
    """Load, then serve the control socket whose number is the first argument."""
    os.environ.update(ONE_THREAD)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load([*DEFAULT_IMPORTS, *HIDDEN_IMPORTS])
    zones = load_zones()
    server = ForkServer(socket.socket(fileno=int(sys.argv[1])))
    gc.collect()
    gc.freeze()
    server.serve()
    del zones
