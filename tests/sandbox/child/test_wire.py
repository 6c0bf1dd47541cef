"""The wire: frames come back whole, and what is no frame is refused. Hostile children are in `attacks/test_wire.py`."""

import socket
import time

import pytest

from alfred.sandbox.child.wire import MAX_FRAME, Channel, FrameError, check_from_child, pack, unpack


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), Channel(theirs)


def test_messages_arrive_in_order(ends):
    for text in ("é", "b"):
        ends[0].send({"op": "prints", "text": text})
    assert [ends[1].receive()["text"] for _ in range(2)] == ["é", "b"]


def test_a_closed_end_is_an_eof(ends):
    ends[0].connection.close()
    with pytest.raises(EOFError):
        ends[1].receive()


def test_a_deadline_that_has_passed_is_a_timeout(ends):
    with pytest.raises(TimeoutError):
        ends[1].receive(time.monotonic() - 1)


def test_a_message_over_the_cap_is_not_sent():
    with pytest.raises(FrameError, match="over the limit"):
        pack({"op": "x" * MAX_FRAME})


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"op": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_message_is_refused(body):
    with pytest.raises(FrameError):
        unpack(body)


def test_a_message_must_have_the_fields_of_its_op():
    assert check_from_child({"op": "ready"}) == {"op": "ready"}
    for message in ({"op": "ready", "x": 1}, {"op": "prints"}, {"op": "prints", "text": 1}, {"op": "step"}):
        with pytest.raises(FrameError):
            check_from_child(message)
