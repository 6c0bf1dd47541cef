"""The page's endpoints for programs: a conversation, a plan, its check and its files. All else is private.

With `ALFRED_MCP` the same functions are MCP tools; their docstrings say what they do.
"""

import json
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Literal

import gradio as gr

from alfred.brief import read_brief
from alfred.conversation import Conversation
from alfred.errors import HostError
from alfred.events import TurnEnded
from alfred.exports import export
from alfred.plan import check_plan, read_plan
from alfred.ui.control import failed
from alfred.ui.texts import words_for
from alfred.ui.turns import Turns, Visitor


class Endpoints:
    """What programs may call.

    Args:
        turns: runs turns for all visitors.
    """

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    def offer(self) -> None:
        """Add the endpoints to the page that is being built."""
        for name, function in self._by_name().items():
            summary = function.__doc__.split("\n\n")[0]
            gr.api(function, api_name=name, api_description=summary, concurrency_limit=None)

    def hide_all_else(self, page: gr.Blocks) -> None:
        """Make private what Gradio's own components added to the page, such as the button to sign in."""
        for function in page.fns.values():
            if function.api_name not in self._by_name():
                function.api_visibility = "private"

    def _by_name(self) -> dict[str, Callable]:
        return {
            "chat": self.chat,
            "plan_party": self.plan_party,
            "check_plan": self.check_plan,
            "export": self.export,
        }

    def chat(self, request: str, conversation: dict | None = None, visitor: gr.Request = None) -> tuple[str, dict]:
        """Answer a request about a party.

        Args:
            request: what is asked, in plain words.
            conversation: what this endpoint returned before, for a follow-up; nothing for a new conversation.

        Returns:
            The answer and the conversation with one more turn.
        """
        end = self._turn(request, conversation, visitor)
        return end.turn.answer, end.conversation.model_dump(mode="json")

    def plan_party(self, request: str, visitor: gr.Request = None) -> dict:
        """Plan a party and return the whole plan as data: menu, budget, timeline, quantities, shopping, checks.

        Args:
            request: who comes, when, where and for how much, in plain words.

        Returns:
            The plan.
        """
        end = self._turn(request, None, visitor)
        if end.turn.plan is None:
            raise gr.Error(f"No plan came of this request, but this answer: {end.turn.answer[:500]}")
        return end.turn.plan

    def check_plan(self, plan: dict, request: str) -> list[dict]:
        """Hold a party plan against the request that it is for, by rules, and return each rule that it breaks.

        Args:
            plan: a plan as plan_party returns it.
            request: what was asked, in plain words.

        Returns:
            The violations: rule, what was found, what was asked, what to do. Empty when all is well.
        """
        try:
            broken = check_plan(read_plan(plan), read_brief(request, datetime.now()))
        except HostError as error:
            raise gr.Error(str(error)) from None
        return [vars(violation) for violation in broken]

    def export(self, plan: dict, form: Literal["text", "markdown", "ics", "csv", "json"]) -> str:
        """Return a party plan as a document, a calendar, a spreadsheet or data.

        Args:
            plan: a plan as plan_party returns it.
            form: text, markdown, ics, csv or json.

        Returns:
            The file's text.
        """
        try:
            return export(read_plan(plan), form)
        except HostError as error:
            raise gr.Error(str(error)) from None
        except KeyError:
            raise gr.Error(f"The form {form!r} is not known: use text, markdown, ics, csv or json.") from None

    def _turn(self, request: str, conversation: dict | None, caller: gr.Request) -> TurnEnded:
        visitor = _caller(caller)
        try:
            earlier = Conversation.from_json(json.dumps(conversation or {}))
        except HostError as error:
            raise gr.Error(str(error)) from None
        stop, refusal = self._turns.begin(visitor, request)
        if stop is None:
            raise gr.Error(refusal)
        try:
            *_, end = self._turns.run(earlier, request, datetime.now(), visitor, stop)
        except HostError as error:
            *_, end = failed(earlier, request, str(error))
        finally:
            self._turns.end(visitor, stop)
        if end.turn.status != "done":
            raise gr.Error(end.turn.answer)
        return end


def _caller(request: gr.Request) -> Visitor:
    address = request.client.host if request.client else "unknown"
    name = request.username or address
    # Gradio asks for every MCP client in one session of its own, where only one of them could have a turn.
    of_mcp = request.headers.get("x-gradio-user") == "mcp"
    session = secrets.token_hex(6) if of_mcp else request.session_hash
    return Visitor(f"api-{session}", name, words_for("en"), user=request.username)
