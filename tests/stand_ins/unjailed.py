"""Places without walls, where an attack must work for its refusal by the jail to prove something.

A process of its own, this process, smolagents' own executor, and a parent that believes whatever its child writes to
the socket between them.
"""

import contextlib
import json
import subprocess
import sys
import textwrap
from typing import Any

from smolagents.local_python_executor import CodeOutput, LocalPythonExecutor

FREE = """
import json, sys
names, code = json.load(sys.stdin)
print("started", flush=True)
exec(code, names)
print(names["got"])
"""
BELIEVING = """
import ctypes, json, os, signal, socket, struct, sys
names, code = json.load(sys.stdin)
wire, theirs = socket.socketpair()
child = os.fork()
if child == 0:
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    os.dup2(theirs.fileno(), 0)
    del wire, theirs
    theirs = socket.socket(fileno=0)
    exec(code, names)
    os._exit(0)
theirs.close()
print("started", flush=True)
def read(size):
    taken = b""
    while len(taken) < size:
        taken += wire.recv(size - len(taken))
    return taken
message = json.loads(read(struct.unpack("<I", read(4))[0]))
print(json.dumps([message["op"], message, os.waitpid(child, os.WNOHANG)[0] == 0]))
"""
"""The peer of a child as one writes it without a thought of malice: no cap, no clock, no check of what it read."""


class Unjailed:
    """Runs attacking code, which finds `names` as its variables, without the jail."""

    def __init__(self, names: dict[str, Any], environment: dict[str, str]) -> None:
        self.names = names
        self.environment = environment

    def free(self, code: str, *arguments: str) -> str:
        """Return the text of what the code left in `got`, in a process of its own."""
        return self.printed(code, *arguments).strip().splitlines()[-1]

    def printed(self, code: str, *arguments: str) -> str:
        """Return all that the code printed in a process of its own."""
        run = self._start(FREE, code, *arguments)
        printed, problems = run.communicate()
        assert run.returncode == 0, problems
        return printed

    def ending(self, code: str) -> int:
        """Return how a process of its own ended: its exit code, or minus the signal that crashed it."""
        run = self._start(FREE, code)
        run.communicate()
        return run.returncode

    def outlasts(self, code: str, seconds: float = 0.3) -> bool:
        """Say whether the code is still running some time after it was started."""
        return self._runs_on(self._start(FREE, code), seconds)

    def in_process(self, code: str, tools: dict[str, Any]) -> str:
        """Return the text of what the code left in `got`, run beside the tools in this process."""
        names = dict(tools)
        exec(textwrap.dedent(code), names)
        return str(names["got"])

    def believed(self, code: str) -> tuple[dict[str, Any], bool]:
        """Return the message that a believing parent took from its child, and whether the child then ran on."""
        run = self._start(BELIEVING, code)
        printed, problems = run.communicate()
        assert run.returncode == 0, problems
        _, message, runs_on = json.loads(printed.splitlines()[-1])
        return message, runs_on

    def breaks_the_believer(self, code: str) -> str:
        """Return the exception that ended a believing parent, as the last line of its traceback."""
        run = self._start(BELIEVING, code)
        _, problems = run.communicate()
        assert run.returncode == 1
        return problems.strip().splitlines()[-1]

    def holds_the_believer(self, code: str, seconds: float = 0.3) -> bool:
        """Say whether a believing parent still waits some time after its child began."""
        return self._runs_on(self._start(BELIEVING, code), seconds)

    def _runs_on(self, run: subprocess.Popen, seconds: float) -> bool:
        assert run.stdout.readline() == "started\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(seconds)
        runs_on = run.poll() is None
        run.terminate()
        run.communicate()
        return runs_on

    def _start(self, script: str, code: str, *arguments: str) -> subprocess.Popen:
        run = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-c", script, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        run.stdin.write(json.dumps([self.names, textwrap.dedent(code)]))
        run.stdin.close()
        run.stdin = None
        return run


def stock(code: str, tools: dict[str, Any] | None = None) -> CodeOutput:
    """Return what smolagents' own executor makes of the code, in this process."""
    executor = LocalPythonExecutor([])
    executor.send_tools(tools or {})
    return executor(textwrap.dedent(code))
