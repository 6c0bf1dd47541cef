"""Alfred in a terminal: `python -m alfred plan "REQUEST"`, `serve`, `check`, `publish OWNER/NAME` and `save FOLDER`.

Answers go to standard output, everything else to standard error. Exit 0 when there is an answer, 1 when the turn
failed, the check found something or the Space cannot be written, 2 when the command was used wrongly; a fault is one
line.
"""

import argparse
import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from alfred.agent import SavedAgent
from alfred.commands import check, publish, save
from alfred.conversation import Conversation
from alfred.errors import AlfredError, ConversationError, MaintainerError, PlanError, RequestError, SpaceError
from alfred.events import (
    Code,
    Event,
    Observation,
    StepDone,
    Thought,
    ToolFinished,
    ToolStarted,
    TurnEnded,
)
from alfred.exports import FORMS, take_away
from alfred.models import choose_model
from alfred.settings import read_settings
from alfred.tracing import start_tracing
from alfred.turn import run_turn

FAILED, MISUSED = 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    logging.basicConfig(level=logging.CRITICAL)
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except SpaceError as error:
        return _fail(error, FAILED)
    except (RequestError, ConversationError, PlanError, MaintainerError) as error:
        return _fail(error, MISUSED)


class _OneLineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(MISUSED, f"{message}. See python -m alfred --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(prog="python -m alfred", description="Alfred, the party planner.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    plan = commands.add_parser("plan", help="answer one request about a party")
    plan.add_argument("request", metavar="REQUEST", help="what is asked, in plain words")
    plan.add_argument(
        "--conversation",
        type=Path,
        metavar="FILE",
        help="read the conversation from FILE and write it back there",
    )
    plan.add_argument("--now", type=_time, help="the local time to plan from, such as 2026-11-22T10:00")
    plan.add_argument("--format", choices=tuple(FORMS), default="text", help="how the answer is printed")
    plan.add_argument("--steps", action="store_true", help="show the agent's steps on standard error")
    plan.set_defaults(command=_plan)
    commands.add_parser("serve", help="serve the page").set_defaults(command=_serve)
    for room in (check, publish, save):
        room.add(commands)
    return parser


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write it as 2026-11-22T10:00") from None


def _plan(options: argparse.Namespace) -> int:
    settings, saved_agent = read_settings(), SavedAgent.load()
    conversation = _read(options.conversation)
    choice = choose_model(settings, saved_agent.model_id)
    events = run_turn(
        conversation,
        options.request,
        choice.build(),
        saved_agent=saved_agent,
        settings=settings,
        now=options.now or datetime.now(),
        tracer=start_tracing(settings).of(),
    )
    end = _last(_shown(events) if options.steps else events)
    if options.format == "json":
        print(json.dumps(_report(end, choice.model_id), ensure_ascii=False))
    if end.turn.status != "done":
        return _fail(end.turn.answer, FAILED)
    if options.format != "json":
        print(_answer(end, options.format), end="")
    if options.conversation:
        _write(options.conversation, end.conversation)
    return 0


def _answer(end: TurnEnded, form: str) -> str:
    if end.turn.plan or form not in ("text", "markdown"):
        return take_away(end.conversation, form)
    return end.turn.answer + "\n"


def _serve(options: argparse.Namespace) -> int:
    from alfred.ui import serve

    serve()
    return 0


def _read(path: Path | None) -> Conversation:
    if path is None or not path.exists():
        return Conversation()
    try:
        return Conversation.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConversationError(f"The conversation in {path} cannot be read ({error}): name another file.") from None


def _write(path: Path, conversation: Conversation) -> None:
    try:
        path.write_text(conversation.to_json() + "\n", encoding="utf-8")
    except OSError as error:
        raise ConversationError(f"The conversation cannot be written to {path} ({error}): name another file.") from None


def _last(events: Iterator[Event]) -> TurnEnded:
    *_, end = events
    return end


def _report(end: TurnEnded, model_id: str) -> dict:
    return {
        "answer": end.turn.answer,
        "plan": end.turn.plan,
        "status": end.turn.status,
        "model": model_id,
        "steps": end.steps,
        "model_calls": end.model_calls,
        "input_tokens": end.input_tokens,
        "output_tokens": end.output_tokens,
        "seconds": round(end.seconds, 3),
    }


def _shown(events: Iterator[Event]) -> Iterator[Event]:
    """Pass events on and write each to standard error as it comes."""
    for event in events:
        print(_words(event), end="", file=sys.stderr, flush=True)
        yield event


def _words(event: Event) -> str:
    match event:
        case Thought():
            return event.text
        case Code():
            return f"\n--- step {event.step}, code\n{event.text}\n"
        case ToolStarted():
            return f"--- {event.name} …\n"
        case ToolFinished():
            return f"--- {event.name} {'failed' if event.failed else 'done'} in {event.seconds:.2f} s\n"
        case Observation():
            return f"--- step {event.step}, observation\n{event.text}\n"
        case StepDone():
            error = f"--- step {event.step}, error\n{event.error}\n" if event.error else ""
            tokens = f"{event.input_tokens:,} tokens in, {event.output_tokens:,} out"
            return f"{error}--- step {event.step} done: {event.seconds:.2f} s, {tokens}\n"
        case TurnEnded():
            return (
                f"--- {event.steps} steps, {event.model_calls} model calls, {event.seconds:.2f} s "
                f"(model {event.model_seconds:.2f} s, tools {event.tool_seconds:.2f} s), "
                f"{event.input_tokens:,} tokens in, {event.output_tokens:,} out\n"
            )
    return ""


def _fail(fault: AlfredError | str, status: int) -> int:
    print(" ".join(str(fault).split()), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
