"""Attacks on the parent's objects: from whatever the code is given to what it is not given.

Covered: tools' attributes, format strings, frames, tracebacks, generators, classes, patched builtins, arguments that
are more than data. The control runs the same code with plain `exec` in the process that holds the tool, where it finds
the secret next to it. Not covered: a tool that hands out a secret when asked.
"""

import json
import random
import sys
from contextlib import suppress

import pytest
from smolagents import Tool
from smolagents.local_python_executor import FinalAnswerException

from alfred.sandbox import JailExecutor

SECRET = "loot-7f3a1c"


class Vault(Tool):
    name = "vault"
    description = "Opens."
    inputs = {"key": {"type": "string", "description": "The key."}}
    output_type = "string"
    combination = SECRET

    def forward(self, key: str) -> str:
        return "closed"


class Strongbox:
    combination = SECRET


def lookup(key, combination=SECRET):
    if key == "open":
        return combination
    raise KeyError("closed")


TOOLS = {"vault": Vault(), "lookup": lookup}


@pytest.mark.parametrize(
    "way",
    {
        "an attribute of the tool": "vault.combination",
        "the globals of the tool": "lookup.__globals__['SECRET']",
        "the method of the tool": "vault.forward.__self__.combination",
        "the class of the tool": "type(vault).combination",
        "the defaults of the tool": "lookup.__defaults__[0]",
        "a format string": "'{0.combination}'.format(vault)",
        "a format string to the globals": "'{0.__globals__[SECRET]}'.format(lookup)",
        "a subclass of object": "next(c for c in object.__subclasses__() if c.__name__ == 'Strongbox').combination",
        "a format map": "'{v.combination}'.format_map({'v': vault})",
        "vars": "vars(type(vault))['combination']",
        "an f-string": "f'{vault.combination}'",
        "a loaded module": "__import__('sys').modules[type(vault).__module__].SECRET",
        "the collector": "next(o for o in __import__('gc').get_objects() if type(o).__name__ == 'Vault').combination",
    }.items(),
    ids=lambda item: item[0],
)
def test_the_secret_beside_a_tool_is_out_of_reach(attack, way):
    attack(f"import json\ngot = {way[1]}", TOOLS)


def test_the_frames_of_a_failed_tool_are_out_of_reach(attack):
    code = """
        try:
            lookup("wrong")
        except KeyError as error:
            trace = error.__traceback__
            while trace.tb_next:
                trace = trace.tb_next
            got = trace.tb_frame.f_locals.get("combination", "nothing")
    """
    assert attack(code, TOOLS) == "nothing"


def test_the_callers_frames_are_out_of_reach(attack):
    code = """
        import sys
        def frames(frame):
            while frame:
                yield frame.f_globals
                frame = frame.f_back
        got = next((names["SECRET"] for names in frames(sys._getframe()) if "SECRET" in names), "nothing")
    """
    assert attack(code, TOOLS) == "nothing"


def test_the_frames_of_a_generator_are_out_of_reach(attack):
    code = """
        def climb():
            frame = (yield).gi_frame
            while frame and "SECRET" not in frame.f_globals:
                frame = frame.f_back
            yield frame.f_globals["SECRET"] if frame else "nothing"
        climber = climb()
        next(climber)
        got = climber.send(climber)
    """
    assert attack(code, TOOLS) == "nothing"


def test_a_patched_module_stays_patched_in_the_child_alone(attack):
    code = "import json, random\njson.dumps = random.random = lambda *_, **__: LOOT\ngot = json.dumps(1)"
    assert attack.jailed(code) == attack.free(code) == attack.loot
    assert json.dumps(1) == "1"
    assert random.random() != attack.loot


def test_a_patched_builtin_stays_patched_in_the_child_alone(attack):
    code = "import builtins\nbuiltins.len = lambda _: 42\n__builtins__['len'] = builtins.len\ngot = len([])"
    assert attack.free(code) == "42"
    attack.jailed(code)
    assert len([]) == 0
    assert attack.jailed("got = len([])") == "0"


def test_a_tool_gets_no_object_of_the_codes_making(attack):
    code = f"class Evil(str):\n    def strip(self): return {attack.loot!r}\ngot = peek(Evil('x'))"
    assert attack(code, {"peek": lambda value: value.strip()}) == "x"


def test_an_object_without_data_does_not_reach_a_tool(attack):
    code = "class Evil:\n    __slots__ = ()\n    def __str__(self): return 'x'\ngot = peek(Evil())"
    seen = []
    tools = {"peek": seen.append}
    attack.in_process(code, tools)
    assert type(seen.pop()).__name__ == "Evil"
    assert "cannot be handed to peek" in attack.jailed(code, tools)
    assert seen == []


@pytest.mark.parametrize("name", ["__class__", "forward", "__call__", "combination"])
def test_only_tools_by_their_names_can_be_called(attack, name):
    vault = {"vault": TOOLS["vault"]}
    assert attack.in_process(f"got = hasattr(vault, {name!r})", vault) == "True"
    code = f"""
        import gc
        worker = next(o for o in gc.get_objects() if type(o).__name__ == "Worker")
        got = worker.call({name!r}, ("x",), {{}})
    """
    assert "was ended" in attack.jailed(code, vault)


def test_arguments_that_do_not_fit_a_tool_do_not_reach_it(attack):
    code = "got = vault(['x'])"
    assert attack.in_process(code, TOOLS) == "closed"
    assert "vault: key must be string, not list" in attack.jailed(code, TOOLS)


STUBBORN = {
    "it catches all": "for n in range(50):\n    try:\n        final_answer(n)\n    except BaseException:\n        pass",
    "it has a finally": "try:\n    final_answer(0)\nfinally:\n    final_answer(1)",
}


@pytest.mark.parametrize("name", STUBBORN)
def test_the_final_answer_ends_the_step_whatever_the_code_does_next(name):
    taken = []

    def ends_the_step(answer):
        taken.append(answer)
        raise FinalAnswerException(answer)

    with suppress(FinalAnswerException):
        exec(STUBBORN[name], {"final_answer": ends_the_step})
    assert len(taken) > 1
    taken.clear()
    with JailExecutor() as executor:
        executor.send_tools({"final_answer": lambda answer: taken.append(answer) or answer})
        output = executor(STUBBORN[name])
    assert (output.output, output.is_final_answer, taken) == (0, True, [0])


def test_code_that_answers_for_ever_is_ended_by_its_answer(attack):
    code = "while True:\n    try:\n        final_answer(42)\n    except BaseException:\n        pass"
    assert attack.outlasts(f"def final_answer(answer): raise KeyboardInterrupt\n{code}")
    with JailExecutor() as executor:
        executor.send_tools({"final_answer": lambda answer: answer})
        assert executor(code).output == 42


def test_paths_and_secrets_are_struck_from_the_errors_of_tools(attack):
    def broken():
        raise ValueError(f"{sys.prefix}/lib: {attack.loot}")

    with pytest.raises(ValueError, match=f"{sys.prefix}/lib: {attack.loot}"):
        attack.in_process("got = broken()", {"broken": broken})
    assert "…/lib: ***" in attack.jailed("got = broken()", {"broken": broken})
