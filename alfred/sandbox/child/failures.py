"""Failures: the sentence that tells the model which line failed, how, and what to do about it.

The wording is smolagents' ("Code execution failed at line '…' due to: …"), the remedy behind it is ours. The line is
the innermost one that the model wrote, in this step or an earlier one.
"""

import difflib
import linecache
import traceback
from collections.abc import Collection

from .rules import InterpreterError, ProtectedNameError

STEP_FILE = "<step "
MAX_TEXT = 4_000
MAX_LINE = 200

NO_OUTSIDE = "This code runs without files, network, processes and threads: use the tools, or plain Python."
REMEDIES: tuple[tuple[type[BaseException], str, str], ...] = (
    (PermissionError, "", NO_OUTSIDE),
    (RuntimeError, "can't start new thread", NO_OUTSIDE),
    (RuntimeError, "lost sys.stdin", "Nobody can type here: take the facts from the task."),
    (ModuleNotFoundError, "No module named", "That module is not loaded here: use another one."),
    (MemoryError, "", "The memory of this code is limited: work on less at once."),
    (RecursionError, "", "Use a loop in place of the recursion."),
)
"""Exception, a part of its text, and what to do: the first that fits counts."""


class StepTimeoutError(BaseException):
    """The time of a step is over; no Exception, so that `except Exception` does not catch it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"Code execution exceeded the maximum execution time of {seconds:g} seconds. "
            "The variables are kept: do less in one step."
        )


class ToolError(Exception):
    """A tool failed with an exception that is not one of Python's own."""


def remember_source(file: str, code: str) -> None:
    """Keep the lines of a step, so that a failure can quote them."""
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)


def explain(error: BaseException, file: str, known: Collection[str]) -> str:
    """Return the sentence about `error`, raised by the step `file`; `known` are the names the code may have meant."""
    try:
        return _sentence(error, file, known)[:MAX_TEXT]
    except Exception:
        return f"Code execution failed due to: {type(error).__name__}"[:MAX_TEXT]


def _sentence(error: BaseException, file: str, known: Collection[str]) -> str:
    if isinstance(error, SyntaxError) and (error.filename in (file, "<unknown>")):
        return _syntax(error)
    what = f"Code execution failed at line '{_failed_line(error, file)}' due to: {_label(error)}: {error}"
    advice = remedy(error, known)
    return f"{what.rstrip('.')}. {advice}" if advice else what


def _syntax(error: SyntaxError) -> str:
    caret = " " * ((error.offset or 1) - 1) + "^"
    text = (error.text or "").rstrip("\n")
    return f"Code parsing failed on line {error.lineno} due to: SyntaxError: {error.msg}\n{text}\n{caret}"


def _label(error: BaseException) -> str:
    return "InterpreterError" if isinstance(error, InterpreterError) else type(error).__name__


def _failed_line(error: BaseException, file: str) -> str:
    if isinstance(error, ProtectedNameError):
        return _line(file, error.line)
    frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    written = [(name, line) for name, line in frames if name.startswith(STEP_FILE)]
    return _line(*written[-1]) if written else ""


def _line(file: str, number: int) -> str:
    return linecache.getline(file, number).strip()[:MAX_LINE]


def remedy(error: BaseException, known: Collection[str]) -> str:
    """Return what the model should do about `error`, or nothing."""
    if isinstance(error, NameError):
        close = difflib.get_close_matches(error.name or "", known, n=1)
        return f"Did you mean '{close[0]}'?" if close else ""
    if isinstance(error, InterpreterError):
        return ""
    return next((text for kind, part, text in REMEDIES if isinstance(error, kind) and part in str(error)), "")
