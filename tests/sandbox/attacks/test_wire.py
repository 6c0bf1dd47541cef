"""Attacks on the wire: what a child can write to its one descriptor.

Covered: forged, huge, deep, truncated, dripping, out-of-turn and colliding frames, and objects of the attacker's
choice. The control of the forged ones is only that they are well-formed JSON, which a reader without checks would
take; the malformed ones have none. Not covered: lies. A child can report any plain value as the outcome of its step.
"""

import json
import pickle

import pytest

from alfred.sandbox import ChildLostError, JailExecutor

WIRE = """
import gc, json, socket, struct
wire = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() == 0)
def send(body):
    wire.sendall(struct.pack("<I", len(body)) + body)
"""
DONE = {"op": "done", "value": None, "prints": "", "error": None, "snapshot": "{}", "left_out": []}


@pytest.fixture
def impostor():
    """Run code that has the wire in its hands; the executor must lose the child and go on with a new one."""
    with JailExecutor(["*"], timeout_seconds=1) as executor:

        def attack(code):
            with pytest.raises(ChildLostError) as caught:
                executor(WIRE + code)
            assert executor("1 + 1").output == 2
            return str(caught.value)

        yield attack


def naive(message):
    """Read a message as a parent without checks would."""
    return json.loads(json.dumps(message))


VALUE = b'{"op":"done","prints":"","error":null,"snapshot":"","left_out":[],"value":'
TRUNCATED = """
import signal, time
signal.setitimer(0, 0)
wire.sendall(struct.pack("<I", 10**6))
"""
FORGED = {
    "unknown op": {"op": "eval", "code": "1"},
    "no op": {"value": 1},
    "op of another type": {"op": ["done"]},
    "a field too few": {"op": "done", "value": 1},
    "a field too many": DONE | {"is_final_answer": True},
    "prints that are no text": DONE | {"prints": 5},
    "prints over the limit": DONE | {"prints": "x" * 60_000},
    "ready twice": {"op": "ready"},
    "broken after ready": {"op": "broken", "text": "x"},
    "a tool that is not there": {"op": "call", "tool": "__class__", "args": [], "kwargs": {}},
    "a message of the parent": {"op": "result", "value": 1},
    "an unknown tag": DONE | {"value": {"$": "object", "v": "os.system"}},
    "a tag that is no text": DONE | {"value": {"$": ["list"], "v": []}},
    "a tag without payload": DONE | {"value": {"$": "set"}},
    "a fraction over zero": DONE | {"value": {"$": "fraction", "v": [1, 0]}},
    "a set of lists": DONE | {"value": {"$": "set", "v": [[]]}},
    "a decimal that is a list": DONE | {"value": {"$": "decimal", "v": [0, [1], 5]}},
    "a huge decimal": DONE | {"value": {"$": "decimal", "v": "1e999999999"}},
    "a date outside the calendar": DONE | {"value": {"$": "date", "v": "9999-99-99"}},
    "a time zone that is a path": DONE | {"value": {"$": "time", "v": ["10:00", "../../etc/passwd", 0]}},
    "an error that is an object": DONE | {"error": {"type": "x"}},
    "hash collisions": DONE | {"value": {"$": "set", "v": [n * (2**61 - 1) for n in range(2_000)]}},
    "colliding keys": DONE | {"value": {"$": "dict", "v": [[n * (2**61 - 1) for n in range(2_000)], [0] * 2_000]}},
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_frame_ends_the_child(impostor, name):
    assert naive(FORGED[name]) == FORGED[name]
    assert "was ended" in impostor(f"send(json.dumps(json.loads({json.dumps(FORGED[name])!r})).encode())")


@pytest.mark.parametrize(
    "body",
    ["b'not json'", "b'[1]'", "b'\\xff\\xfe'", "b'{\"op\": 1e999}'", "b'9' * 5000", "b''", "b'[' * 100_000"],
)
def test_a_malformed_frame_ends_the_child(impostor, body):
    assert "was ended" in impostor(f"send({body})")


def test_a_deep_value_ends_the_child(impostor):
    assert "not plain data" in impostor(f"send({VALUE!r} + b'[' * 500 + b']' * 500 + b'}}')")


def test_a_flood_of_items_ends_the_child(impostor):
    assert "not plain data" in impostor(f"send({VALUE!r} + b'[' + b'[],' * 900_000 + b'0]}}')")


def test_a_huge_frame_is_refused_before_it_is_read(impostor):
    assert "over the limit" in impostor('wire.sendall(struct.pack("<I", 2**32 - 1))')


def test_a_truncated_frame_ends_with_the_clock(impostor):
    assert "exceeded" in impostor(f"{TRUNCATED}while True: pass")


def test_a_dripping_frame_does_not_move_the_clock(impostor):
    assert "exceeded" in impostor(f"{TRUNCATED}while True: wire.sendall(b'x'), time.sleep(0.05)")


def test_a_child_that_leaves_is_noticed_at_once(impostor):
    assert "has ended" in impostor("import os\nos._exit(3)")


def test_a_pickle_stays_bytes(attack):
    bomb = pickle.dumps(_Bomb())
    with pytest.raises(ZeroDivisionError):
        pickle.loads(bomb)
    with JailExecutor() as executor:
        assert executor(repr(bomb)).output == bomb


class _Bomb:
    def __reduce__(self):
        return eval, ("1/0",)


def test_a_flood_of_calls_ends_the_child():
    with JailExecutor() as executor:
        executor.send_tools({"echo": lambda value: value})
        with pytest.raises(ChildLostError, match="more than 2,000 times"):
            executor("while True: echo(1)")


def test_a_forged_snapshot_is_not_believed():
    forged = json.dumps(DONE | {"snapshot": '{"x": {"$": "eval", "v": 1}}'})
    with JailExecutor(["*"]) as executor:
        executor(WIRE + f"send({forged.encode()!r})")
        with pytest.raises(ChildLostError, match="not variables"):
            executor.snapshot()


def test_a_result_cannot_be_forged_into_a_final_answer():
    with JailExecutor(["*"]) as executor:
        assert not executor(WIRE + f"send({json.dumps(DONE).encode()!r})").is_final_answer
