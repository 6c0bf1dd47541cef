"""The launcher: keeps the fork server of this process running and asks it for children.

The server is started when the first child is wanted, in a fresh process with an empty environment, and started again
when it is found dead. Any thread may ask.
"""

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from alfred.sandbox.errors import JailUnavailableError

FOLDER = Path(__file__).resolve().parent
START_SECONDS = 30
"""A cold start takes 0.4 s here, several times that on a machine under load."""
ANSWER_SECONDS = 30
"""Longer than the import of any granted package should take."""
REMEDIES = {
    "Unable to find libseccomp": "Install the library: apt-get install libseccomp2.",
    "No module named 'pyseccomp'": "Install the package: pip install pyseccomp==0.1.2.",
}


class Launcher:
    """The parent's hold on one fork server."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.landlock: int | None = None

    def spawn(self, request: dict[str, Any]) -> tuple[socket.socket, int]:
        """Return the socket and the pidfd of a new child; raises JailUnavailableError.

        `request` is plain data: memory (bytes), seconds, max_prints, granted and imports (module names).
        """
        body = json.dumps(request).encode()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                return ours, self._ask_twice(body, theirs.fileno())
            except BaseException:
                ours.close()
                raise

    def pid(self) -> int:
        """Return the process id of the fork server, starting it when there is none."""
        with self.lock:
            self._running()
            return self.process.pid

    def close(self) -> None:
        """End the fork server and with it every child."""
        with self.lock:
            self._end()

    def after_fork(self) -> None:
        """Forget the server in a process that was forked from this one: it is the parent's."""
        if self.control is not None:
            self.control.close()
        self.lock, self.process, self.control = threading.Lock(), None, None

    def _ask_twice(self, body: bytes, connection: int) -> int:
        with self.lock:
            with contextlib.suppress(ConnectionError, TimeoutError, EOFError):
                return self._ask(body, connection)
            self._end()
            try:
                return self._ask(body, connection)
            except (ConnectionError, TimeoutError, EOFError) as error:
                raise JailUnavailableError(f"The fork server of the jail does not answer: {error}.") from error

    def _ask(self, body: bytes, connection: int) -> int:
        control = self._running()
        socket.send_fds(control, [body], [connection])
        return _answer(control)

    def _running(self) -> socket.socket:
        if self.control is not None and self.process.poll() is None:
            return self.control
        self._end()
        return self._start()

    def _start(self) -> socket.socket:
        if sys.platform != "linux":
            raise JailUnavailableError(f"The jail needs Linux; this is {sys.platform}.")
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = _start_server(theirs.fileno())
        self.control = control
        control.settimeout(START_SECONDS)
        self.landlock = _landlock(control)
        if self.landlock is None:
            raise JailUnavailableError(self._why_not())
        self.process.stderr.close()
        control.settimeout(ANSWER_SECONDS)
        return control

    def _why_not(self) -> str:
        self.process.kill()
        said = self.process.stderr.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
        remedy = next((text for part, text in REMEDIES.items() if part in said[-1]), "")
        self._end()
        return f"The fork server of the jail did not start: {said[-1]}. {remedy}".rstrip()

    def _end(self) -> None:
        if self.control is not None:
            self.control.close()
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stderr.close()
        self.process = self.control = None


def _start_server(control: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-B", str(FOLDER), str(control)],
            pass_fds=[control],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
            env={},
            start_new_session=True,
        )
    except OSError as error:
        raise JailUnavailableError(f"The fork server of the jail did not start: {error}.") from error


def _landlock(control: socket.socket) -> int | None:
    """Return the version of Landlock that a server which is ready names, None when it did not start."""
    try:
        said = control.recv(1_000)
    except OSError:
        return None
    return json.loads(said)["landlock"] if said else None


def _answer(control: socket.socket) -> int:
    body, descriptors, _, _ = socket.recv_fds(control, 65_536, 1)
    if not body:
        raise EOFError("it has ended")
    answer = json.loads(body)
    if not descriptors:
        error = answer.get("error", "this process has no free descriptor")
        raise JailUnavailableError(f"The fork server of the jail could not fork a child: {error}.")
    return descriptors[0]


launcher = Launcher()
"""The one of this process."""
atexit.register(launcher.close)
os.register_at_fork(after_in_child=launcher.after_fork)
