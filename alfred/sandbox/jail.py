"""The jail as the parent holds it: one child, its socket and its pidfd.

Every message that comes in is checked here, and anything that is not exactly a message of the protocol ends the child.
"""

import contextlib
import os
import signal
import socket
import threading
import time
from typing import Any

from alfred.sandbox.child.wire import Channel, FrameError, check_from_child
from alfred.sandbox.errors import JailUnavailableError
from alfred.sandbox.launcher import launcher

READY_SECONDS = 10


class Jail:
    """One locked child. `kill` may be called from any thread."""

    def __init__(self, connection: socket.socket, pidfd: int) -> None:
        self.channel = Channel(connection)
        self.pidfd = pidfd
        self.lock = threading.Lock()

    def send(self, message: dict[str, Any], deadline: float) -> None:
        """Send a message; raises FrameError, TimeoutError or another OSError."""
        self.channel.send(message, deadline)

    def receive(self, deadline: float) -> dict[str, Any]:
        """Return the next valid message; raises FrameError, EOFError, TimeoutError or another OSError."""
        return check_from_child(self.channel.receive(deadline))

    def kill(self) -> None:
        """End the child at once; a thread that waits for it is woken. Safe to repeat."""
        with self.lock, contextlib.suppress(ProcessLookupError):
            if self.pidfd >= 0:
                signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def close(self) -> None:
        """End the child and let go of the socket and the pidfd; safe to repeat."""
        self.kill()
        with self.lock:
            if self.pidfd >= 0:
                self.channel.connection.close()
                os.close(self.pidfd)
                self.pidfd = -1


def open_jail(request: dict[str, Any]) -> Jail:
    """Return a child that has locked itself down; raises JailUnavailableError. See `Launcher.spawn` for `request`."""
    jail = Jail(*launcher.spawn(request))
    try:
        message = jail.receive(time.monotonic() + READY_SECONDS)
    except (FrameError, EOFError, OSError) as error:
        jail.close()
        raise JailUnavailableError(f"A new child of the jail did not come up: {error}.") from error
    if message["op"] != "ready":
        jail.close()
        raise JailUnavailableError(f"A child could not be locked down: {message.get('text', message['op'])}.")
    return jail
