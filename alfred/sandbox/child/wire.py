"""The wire between parent and child: frames of JSON over one stream socket.

A frame is a length (four bytes, little-endian) and that many bytes of UTF-8 JSON, an object with the key `op`.

    parent to child   step {code, tools, variables, restore, updates}, result {value}, failure {type, text}, final {}
    child to parent   ready {}, broken {text}, call {tool, args, kwargs}, prints {text},
                      done {value, prints, error, snapshot, left_out}

The length is checked before the body is read, and a frame from the child must have exactly the fields of its `op`,
each of its type. Anything else is a FrameError, and the parent kills the child.
"""

import socket
import struct
import time
from json import dumps, loads
from typing import Any

MAX_FRAME = 4 * 1024 * 1024
"""Bytes in a frame: 32 MB of nested empty lists became more than 600 MB of objects when read."""
HEADER = struct.Struct("<I")
TEXT_OR_NOTHING = (str, type(None))
CHILD_FIELDS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "ready": {},
    "broken": {"text": str},
    "call": {"tool": str, "args": list, "kwargs": dict},
    "prints": {"text": str},
    "done": {"value": object, "prints": str, "error": TEXT_OR_NOTHING, "snapshot": str, "left_out": list},
}


class FrameError(ValueError):
    """A frame is no frame of this protocol."""


def pack(message: dict[str, Any]) -> bytes:
    """Return `message` as a frame; raises FrameError when it is over the cap."""
    body = dumps(message, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")
    if len(body) > MAX_FRAME:
        raise FrameError(f"a message of {len(body):,} bytes is over the limit of {MAX_FRAME:,}")
    return HEADER.pack(len(body)) + body


def unpack(body: bytes) -> dict[str, Any]:
    """Return the message in the body of a frame; raises FrameError."""
    try:
        message = loads(body.decode())
    except (ValueError, RecursionError, MemoryError) as error:
        raise FrameError("a frame is not JSON") from error
    if type(message) is not dict or type(message.get("op")) is not str:
        raise FrameError("a frame is not an object with an op")
    return message


def check_from_child(message: dict[str, Any]) -> dict[str, Any]:
    """Return `message` when it is one that a child may send, field for field; raises FrameError."""
    fields = CHILD_FIELDS.get(message["op"])
    if fields is None or message.keys() != {"op", *fields}:
        raise FrameError("a frame has an unknown op or other fields than its op has")
    for name, kind in fields.items():
        if not isinstance(message[name], kind):
            raise FrameError(f"the field {name} of a frame has the wrong type")
    return message


class Channel:
    """One end of the wire. Deadlines are values of `time.monotonic()`; None waits without limit."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.received = bytearray()

    def send(self, message: dict[str, Any], deadline: float | None = None) -> None:
        """Send a message; raises FrameError, TimeoutError or another OSError."""
        frame = pack(message)
        self._wait_until(deadline)
        self.connection.sendall(frame)

    def receive(self, deadline: float | None = None) -> dict[str, Any]:
        """Return the next message; raises FrameError, EOFError, TimeoutError or another OSError."""
        (length,) = HEADER.unpack(self._read(HEADER.size, deadline))
        if length > MAX_FRAME:
            raise FrameError(f"a frame announces {length:,} bytes, over the limit of {MAX_FRAME:,}")
        return unpack(self._read(length, deadline))

    def _read(self, size: int, deadline: float | None) -> bytes:
        while len(self.received) < size:
            self._wait_until(deadline)
            part = self.connection.recv(65_536)
            if not part:
                raise EOFError("the other end is closed")
            self.received += part
        taken = bytes(self.received[:size])
        del self.received[:size]
        return taken

    def _wait_until(self, deadline: float | None) -> None:
        if deadline is None:
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        self.connection.settimeout(left)
