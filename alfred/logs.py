"""The log: plain lines or JSON, each with the turn and the trace that it belongs to, and nobody's words.

An exception is written as its kinds and places. Its message may hold what a visitor said, so it is only there at the
level `DEBUG`.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

_TURN: ContextVar[dict[str, str | None]] = ContextVar("turn")
_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

Trouble = tuple[type[BaseException], BaseException, TracebackType | None]


def belongs_to(turn: str, trace: str | None) -> None:
    """Give every record of this thread the turn and the trace that it belongs to."""
    _TURN.set({"turn": turn, "trace": trace})


def write_logs(form: Literal["text", "json"], level: str) -> None:
    """Write the log to standard error.

    Args:
        form: plain lines, or one JSON object a line.
        level: the least level of Alfred's own records; of others', warnings are the least.
    """
    handler = logging.StreamHandler()
    handler.setFormatter((JsonLines if form == "json" else PlainLines)(words=level == "DEBUG"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("alfred").setLevel(level)


class PlainLines(logging.Formatter):
    """A record as a line for people.

    Args:
        words: whether the messages of exceptions are written.
    """

    def __init__(self, words: bool = False) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._words = words

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line, with what belongs to it at the end."""
        facts = " ".join(f"{name}={value}" for name, value in _facts(record).items())
        line, *trouble = super().format(record).split("\n", 1)
        return "\n".join([f"{line} [{facts}]" if facts else line, *trouble])

    def formatException(self, ei: Trouble) -> str:  # noqa: N802
        """Return an exception's kinds and places."""
        return super().formatException(ei) if self._words else _kinds_and_places(ei[1])


class JsonLines(PlainLines):
    """A record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's object."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    extra = {name: value for name, value in vars(record).items() if name not in _STANDARD}
    return {name: value for name, value in {**_TURN.get({}), **extra}.items() if value is not None}


def _kinds_and_places(error: BaseException) -> str:
    shown = traceback.TracebackException.from_exception(error, lookup_lines=False)
    return "\n".join(_one(shown))


def _one(shown: traceback.TracebackException | None) -> list[str]:
    if shown is None:
        return []
    places = [f'  File "{place.filename}", line {place.lineno}, in {place.name}' for place in shown.stack]
    earlier = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    return [*_one(earlier), *places, shown.exc_type.__name__]
