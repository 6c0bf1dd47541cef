"""Attacks on the wire: what a child can write to its one descriptor.

Covered: forged, huge, deep, truncated, dripping, out-of-turn and colliding frames, and objects of the attacker's
choice. The control of each is a parent that believes what it reads (`stand_ins/unjailed.py`): it takes the forged
frame, breaks on the malformed one, or waits. Not covered: lies. A child can report any plain value as the outcome of
its step.
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
COLLIDING = [n * (2**61 - 1) for n in range(2_000)]


@pytest.fixture
def impostor():
    """Run code that has the wire in its hands; the executor must lose the child and go on with a new one."""
    with JailExecutor(["*"], timeout_seconds=1) as executor:
        executor.send_tools({"vault": lambda key: "closed"})

        def attack(code):
            with pytest.raises(ChildLostError) as caught:
                executor(WIRE + code)
            assert executor("1 + 1").output == 2
            return str(caught.value)

        yield attack


def sending(message):
    """Return the code that forges a message."""
    return f"send(json.dumps(json.loads({json.dumps(message)!r})).encode())"


def call(tool):
    """Return the forged call of a tool."""
    return {"op": "call", "tool": tool, "args": ["x"], "kwargs": {}}


VALUE = b'{"op":"done","prints":"","error":null,"snapshot":"","left_out":[],"value":'
TRUNCATED = """
import signal, time
signal.setitimer(0, 0)
wire.sendall(struct.pack("<I", 10**6))
"""
FORGED = {
    "unknown op": {"op": "eval", "code": "1"},
    "op of another type": {"op": ["done"]},
    "a field too few": {"op": "done", "value": 1},
    "a field too many": DONE | {"is_final_answer": True},
    "prints that are no text": DONE | {"prints": 5},
    "prints over the limit": DONE | {"prints": "x" * 60_000},
    "ready twice": {"op": "ready"},
    "broken after ready": {"op": "broken", "text": "x"},
    "a call of the class": call("__class__"),
    "a call of a method": call("forward"),
    "a call by a path": call("vault.forward"),
    "a call of the call": call("__call__"),
    "a call of nothing": call(""),
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
    "hash collisions": DONE | {"value": {"$": "set", "v": COLLIDING}},
    "colliding keys": DONE | {"value": {"$": "dict", "v": [COLLIDING, [0] * 2_000]}},
}
MALFORMED = {
    "no JSON": (b"not json", "JSONDecodeError"),
    "no object": (b"[1]", "TypeError"),
    "no op": (b'{"value": 1}', "KeyError"),
    "no text": (b'"\xe9"', "UnicodeDecodeError"),
    "a number of 5,000 digits": (b"9" * 5_000, "ValueError"),
    "nothing": (b"", "JSONDecodeError"),
    "brackets": (b"[" * 100_000, "RecursionError"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_frame_ends_the_child(attack, impostor, name):
    forged = sending(FORGED[name])
    assert attack.believed(WIRE + forged)[0] == FORGED[name]
    assert "was ended" in impostor(forged)


def test_the_colliding_values_do_collide():
    assert len({hash(value) for value in COLLIDING}) == 1


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_frame_ends_the_child(attack, impostor, name):
    body, breaks = MALFORMED[name]
    code = f"send({body!r})"
    assert breaks in attack.breaks_the_believer(WIRE + code)
    assert "was ended" in impostor(code)


def test_an_infinite_op_ends_the_child(attack, impostor):
    code = """send(b'{"op": 1e999}')"""
    assert attack.believed(WIRE + code)[0] == {"op": float("inf")}
    assert "was ended" in impostor(code)


def test_a_deep_value_ends_the_child(attack, impostor):
    code = f"send({VALUE!r} + b'[' * 500 + b']' * 500 + b'}}')"
    assert depth(attack.believed(WIRE + code)[0]["value"]) == 500
    assert "not plain data" in impostor(code)


def depth(value):
    return 1 + depth(value[0]) if value else 1


def test_a_flood_of_items_ends_the_child(attack, impostor):
    code = f"send({VALUE!r} + b'[' + b'[],' * 900_000 + b'0]}}')"
    assert len(attack.believed(WIRE + code)[0]["value"]) == 900_001
    assert "not plain data" in impostor(code)


def test_a_huge_frame_is_refused_before_it_is_read(attack, impostor):
    code = 'wire.sendall(struct.pack("<I", 2**32 - 1))'
    assert attack.holds_the_believer(f"{WIRE}{code}\nwhile True: pass")
    assert "over the limit" in impostor(code)


@pytest.mark.parametrize("then", ["pass", "wire.sendall(b'x'), time.sleep(0.05)"], ids=["truncated", "dripping"])
def test_a_frame_that_does_not_end_does_not_move_the_clock(attack, impostor, then):
    code = f"{TRUNCATED}while True: {then}"
    assert attack.holds_the_believer(WIRE + code)
    assert "exceeded" in impostor(code)


def test_a_child_that_leaves_is_noticed_at_once(attack, impostor):
    code = "import os\nos._exit(3)"
    assert attack.holds_the_believer(code)
    assert "has ended" in impostor(code)


def test_a_pickle_stays_bytes(attack):
    bomb = pickle.dumps(_Bomb())
    with pytest.raises(ZeroDivisionError):
        pickle.loads(bomb)
    with JailExecutor() as executor:
        assert executor(repr(bomb)).output == bomb


class _Bomb:
    def __reduce__(self):
        return eval, ("1/0",)


def test_a_flood_of_calls_ends_the_child(attack):
    flood, taken = "for n in range(3_000): got = echo(n)", []
    assert attack.in_process(flood, {"echo": lambda n: taken.append(n) or len(taken)}) == "3000"
    with JailExecutor() as executor:
        executor.send_tools({"echo": lambda n: n})
        with pytest.raises(ChildLostError, match="more than 2,000 times"):
            executor(flood)


def test_a_forged_snapshot_is_not_believed(attack):
    forged = sending(DONE | {"snapshot": '{"x": {"$": "eval", "v": 1}}'})
    assert "eval" in attack.believed(WIRE + forged)[0]["snapshot"]
    with JailExecutor(["*"]) as executor:
        executor(WIRE + forged)
        with pytest.raises(ChildLostError, match="not variables"):
            executor.snapshot()


def test_a_result_cannot_be_forged_into_a_final_answer(attack):
    """A forged end of the step is believed, since a child may lie about its own step; only the tool's call is final."""
    forged = sending(DONE | {"value": attack.loot})
    assert attack.believed(WIRE + forged)[0]["value"] == attack.loot
    with JailExecutor(["*"]) as executor:
        assert not executor(WIRE + forged).is_final_answer
