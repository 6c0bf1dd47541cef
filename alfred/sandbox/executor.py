"""The executor: smolagents' `PythonExecutor` whose code runs in the jail.

Differences from smolagents' LocalPythonExecutor: the language is CPython, so nothing of it is refused but imports;
tool names are protected at the top level only, and before anything runs; "*" among the authorised imports grants what
the fork server has loaded, and a package grants the submodules that it loads; tools take and return plain data; a step
equal to the failed one before is not run again; the time limit is kept.
"""

import importlib.util
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from smolagents.local_python_executor import CodeOutput, PythonExecutor

from alfred.sandbox.child.names import DEFAULT_IMPORTS
from alfred.sandbox.child.plain import MAX_CHARACTERS, CannotCrossError, encode
from alfred.sandbox.errors import ChildLostError, ExecutorError, StepError
from alfred.sandbox.session import Limits, Session
from alfred.sandbox.step import Outcome

MAX_PRINTS = 50_000
"""Characters of prints kept for the model, as in smolagents."""


class JailExecutor(PythonExecutor):
    """Runs a turn's code in a jailed child, forked at the first step.

    additional_authorized_imports: modules granted besides DEFAULT_IMPORTS. timeout_seconds: of a step, the time of its
    tools not counted. memory_mb: what the code may take, in megabytes. max_print_outputs_length: in characters.
    Raises ExecutorError when an import is not installed.
    """

    def __init__(
        self,
        additional_authorized_imports: Sequence[str] = (),
        *,
        timeout_seconds: float = 10,
        memory_mb: int = 512,
        max_print_outputs_length: int | None = None,
    ) -> None:
        imports = installed(additional_authorized_imports)
        self.authorized_imports = sorted({*DEFAULT_IMPORTS, *additional_authorized_imports})
        self.state: dict[str, Any] = {"_print_outputs": ""}
        self.one_step = threading.Lock()
        self.failed: tuple[str, str] | None = None
        max_prints = min(MAX_PRINTS if max_print_outputs_length is None else max_print_outputs_length, MAX_CHARACTERS)
        self.session = Session(Limits(timeout_seconds, memory_mb, max_prints, tuple(self.authorized_imports), imports))

    def send_tools(self, tools: dict[str, Callable[..., Any]]) -> None:
        """Make `tools`, and no others, callable from the next step on."""
        self.session.set_tools(tools)

    def send_variables(self, variables: dict[str, Any]) -> None:
        """Set variables from the next step on; raises ExecutorError for one that is no plain data."""
        self.session.set_variables({name: encode_variable(name, value) for name, value in variables.items()})
        self.state.update(variables)

    def __call__(self, code_action: str) -> CodeOutput:
        """Run one step; raises StepError with a text for the model, and Stopped after `stop`.

        Raises JailUnavailableError when this machine cannot jail.
        """
        with self.one_step:
            self.state["_print_outputs"] = ""
            self.session.refuse_when_stopped()
            self._refuse_repetition(code_action)
            outcome = self._run(code_action)
            return CodeOutput(outcome.value, outcome.prints, outcome.is_final_answer)

    def snapshot(self) -> dict[str, Any]:
        """Return the plain-data variables after the last step, 64 KB at most, to be sent to another executor.

        Raises ChildLostError when the code forged them.
        """
        return self.session.plain_variables()

    def stop(self) -> None:
        """End the child and whatever step is running, from any thread; every call from now on raises Stopped."""
        self.session.stop()

    def cleanup(self) -> None:
        """End the child and let go of its descriptors; a later step would start a new one."""
        self.session.end()

    def __enter__(self) -> Self:
        """Return the executor."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clean up."""
        self.cleanup()

    def _run(self, code: str) -> Outcome:
        try:
            outcome = self.session.run(code)
        except ChildLostError as error:
            self.state["_print_outputs"] = error.prints
            self._remember(code, None if error.may_repeat else str(error))
            raise
        self.state["_print_outputs"] = outcome.prints
        self._remember(code, outcome.error)
        if outcome.error is not None:
            raise StepError(outcome.error)
        return outcome

    def _remember(self, code: str, error: str | None) -> None:
        self.failed = None if error is None else (code.strip(), error)

    def _refuse_repetition(self, code: str) -> None:
        if self.failed is not None and self.failed[0] == code.strip():
            raise StepError(
                "This is the same code as in the step before, which failed, so it was not run again. "
                f"Change what failed, or go on without it. The error was: {self.failed[1]}"
            )


def installed(imports: Sequence[str]) -> tuple[str, ...]:
    """Return the modules that `imports` name, without stars; raises ExecutorError when one is not installed."""
    modules = tuple(name.removesuffix(".*") for name in imports if name != "*")
    missing = [name for name in modules if importlib.util.find_spec(name.partition(".")[0]) is None]
    if missing:
        raise ExecutorError(
            f"These authorised imports are not installed: {', '.join(missing)}. Install or remove them."
        )
    return modules


def encode_variable(name: str, value: Any) -> Any:
    """Return a variable as data; raises ExecutorError when it is no plain data."""
    try:
        return encode(value)
    except CannotCrossError as error:
        raise ExecutorError(f"The variable {name} cannot be given to the code: {error}.") from error
