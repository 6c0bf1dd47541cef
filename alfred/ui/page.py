"""The page: its layout, and the wires from its boxes and buttons to a turn.

`AlfredUI` is a smolagents `GradioUI` by name, constructor and `launch`; the page that it creates is our own, because
the stock page shares one agent among all visitors. What it shows of a turn is made in `alfred.ui.transcript`.
"""

import json
import logging
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import gradio as gr
from smolagents import GradioUI
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from alfred import __version__
from alfred.agent import SavedAgent
from alfred.conversation import Conversation
from alfred.errors import HostError
from alfred.events import Event, Failure, TurnEnded
from alfred.models import ModelChoice
from alfred.settings import Settings
from alfred.stop import Stop
from alfred.turn import run_turn
from alfred.ui import texts
from alfred.ui.pacing import paced
from alfred.ui.running import RunningTurns
from alfred.ui.transcript import Message, Transcript, said

log = logging.getLogger(__name__)

UPDATES_A_SECOND = 10
STYLE = Path(__file__).with_name("style.css")

# The visitor's own clock, not the server's, says what "tomorrow" is.
_WITH_LOCAL_TIME = """(request, conversation, now) => {
    const date = new Date();
    const local = new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
    return [request, conversation, local];
}"""


class AlfredUI(GradioUI):
    """Serves the agent of a folder to many visitors, each of whose turns has an agent of its own.

    Args:
        saved_agent: the agent's prompts and tools.
        choice: the model that answers.
        settings: limits and addresses.
        warning: why no code runs, where none does.
    """

    def __init__(
        self, saved_agent: SavedAgent, choice: ModelChoice, settings: Settings, warning: str | None = None
    ) -> None:
        super().__init__(saved_agent)
        self.warning = warning
        self.choice = choice
        self.settings = settings
        self._running = RunningTurns()

    def create_app(self) -> gr.Blocks:
        """Return the page."""
        with gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_height=True) as page:
            gr.Markdown(f"# {texts.TITLE}\n{self._who_answers()}", elem_id="alfred-title")
            chat = self._chat()
            with gr.Row(elem_id="alfred-desk"):
                box = gr.Textbox(
                    label=texts.LABEL_REQUEST,
                    placeholder=texts.PLACEHOLDER,
                    lines=1,
                    max_lines=8,
                    scale=6,
                    submit_btn=texts.SEND,
                    elem_id="alfred-request",
                )
                stop = gr.Button(texts.STOP, variant="stop", scale=1, interactive=False, elem_id="alfred-stop")
                new = gr.Button(texts.NEW, scale=1, elem_id="alfred-new")
            conversation = gr.State("")
            now = gr.Textbox(visible="hidden", elem_id="alfred-now")
            request = gr.State("")
            self._wire(page, chat, box, stop, new, conversation, now, request)
            gr.api(self.chat, api_name="chat", concurrency_limit=self.settings.concurrency, concurrency_id="turn")
        return page.queue(max_size=self.settings.concurrency * 20)

    def launch(self, share: bool = False, **options: Any) -> None:
        """Serve the page until the process ends."""
        page = self.create_app()
        _, address, _ = page.launch(
            share=share,
            quiet=True,
            prevent_thread_lock=True,
            server_name=self.settings.server_name,
            server_port=self.settings.server_port,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            show_error=False,
            max_file_size="5mb",
            state_session_capacity=200,
            pwa=False,
            ssr_mode=False,
            css_paths=STYLE,
            app_kwargs={"routes": [Route("/healthz", self.health)]},
            **options,
        )
        print(f"Alfred is at {address} and answers with {self.choice.label}.", flush=True)
        page.block_thread()

    def health(self, request: Request) -> JSONResponse:
        """Answer whether the page is up, which model answers and which version this is."""
        return JSONResponse({"status": "ok", "model": self.choice.model_id, "version": __version__})

    def chat(self, request: str, conversation: dict | None = None) -> tuple[str, dict]:
        """Answer a request about a party.

        Args:
            request: what is asked, in plain words.
            conversation: what this endpoint returned before, for a follow-up; nothing for a new conversation.

        Returns:
            The answer and the conversation with one more turn.
        """
        try:
            earlier = Conversation.from_json(_as_json(conversation))
            *_, end = self._turn(earlier, request, datetime.now(), Stop())
        except HostError as error:
            raise gr.Error(str(error)) from None
        if end.turn.status != "done":
            raise gr.Error(end.turn.answer)
        return end.turn.answer, end.conversation.model_dump(mode="json")

    def _who_answers(self) -> str:
        line = texts.ANSWERED_BY.format(model=self.choice.label)
        better = f" {texts.BETTER_MODEL}" if self.choice.kind == "embedded" else ""
        warning = f"\n\n**{self.warning}**" if self.warning else ""
        return line + better + warning

    def _chat(self) -> gr.Chatbot:
        return gr.Chatbot(
            label=texts.LABEL_CHAT,
            height=None,
            scale=1,
            latex_delimiters=[],
            allow_tags=False,
            buttons=["copy"],
            placeholder=texts.INTRODUCTION,
            examples=[{"text": text, "display_text": name} for name, text in texts.EXAMPLES.items()],
            elem_id="alfred-chat",
        )

    def _wire(
        self,
        page: gr.Blocks,
        chat: gr.Chatbot,
        box: gr.Textbox,
        stop: gr.Button,
        new: gr.Button,
        conversation: gr.State,
        now: gr.Textbox,
        request: gr.State,
    ) -> None:
        private = {"api_visibility": "private"}
        taken = {"outputs": [box, request, stop], "queue": False, "trigger_mode": "once", **private}
        runs = []
        for start in (
            box.submit(self._take, box, **taken),
            chat.example_select(self._take_example, None, **taken),
        ):
            run = start.success(
                self._answer,
                [request, conversation, now],
                [chat, conversation],
                js=_WITH_LOCAL_TIME,
                show_progress="hidden",
                concurrency_limit=self.settings.concurrency,
                concurrency_id="turn",
                **private,
            )
            run.success(_unlocked, None, [stop, box], queue=False, **private)
            run.failure(self._free, None, [stop, box], queue=False, **private)
            runs.append(run)
        stop.click(self._stop, None, None, queue=False, **private)
        for begin_anew in (new.click, chat.clear):
            begin_anew(self._forget, None, [chat, conversation, box], queue=False, cancels=runs, **private)
        page.unload(self._leave)

    def _take(self, text: str, visitor: gr.Request) -> tuple:
        """Take the request out of the box and the visitor's one place."""
        if self._running.begin(visitor.session_hash) is None:
            raise gr.Error(texts.BUSY)
        return gr.Textbox(value="", submit_btn=False), text, gr.Button(interactive=True)

    def _take_example(self, chosen: gr.SelectData, visitor: gr.Request) -> tuple:
        return self._take(chosen.value["text"], visitor)

    def _answer(self, request: str, conversation: str, now: str, visitor: gr.Request) -> Iterator[tuple]:
        stop = self._running.get(visitor.session_hash) or Stop()
        earlier = Conversation.from_json(conversation) if conversation else Conversation()
        past = said(earlier)
        transcript = Transcript(request)
        try:
            for events in paced(self._turn(earlier, request, _local_time(now), stop), UPDATES_A_SECOND):
                for event in events:
                    transcript.add(event)
                ended = isinstance(event, TurnEnded)
                kept = event.conversation.to_json() if ended else gr.skip()
                yield [*past, *transcript.messages()], kept
        except HostError as error:
            yield [*past, *_refused(transcript, str(error))], gr.skip()
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("page %s failed", reference)
            yield [*past, *_refused(transcript, texts.BROKEN.format(reference=reference))], gr.skip()
        finally:
            self._running.end(visitor.session_hash)

    def _turn(self, conversation: Conversation, request: str, now: datetime, stop: Stop) -> Iterator[Event]:
        return run_turn(
            conversation,
            request,
            self.choice.build(),
            saved_agent=self.agent,
            settings=self.settings,
            now=now,
            stop=stop,
        )

    def _free(self, visitor: gr.Request) -> tuple:
        """Give the visitor's place back when a turn never began: its request was cancelled or found no place."""
        self._running.end(visitor.session_hash)
        return _unlocked()

    def _stop(self, visitor: gr.Request) -> None:
        self._running.stop(visitor.session_hash)

    def _forget(self, visitor: gr.Request) -> tuple:
        self._running.stop(visitor.session_hash)
        return [], "", ""

    def _leave(self, visitor: gr.Request) -> None:
        self._running.stop(visitor.session_hash)
        self._running.end(visitor.session_hash)


def _unlocked() -> tuple:
    return gr.Button(interactive=False), gr.Textbox(submit_btn=texts.SEND)


def _refused(transcript: Transcript, sentence: str) -> list[Message]:
    transcript.add(Failure("failed", sentence))
    return transcript.messages()


def _local_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.now()


def _as_json(conversation: dict | None) -> str:
    return json.dumps(conversation or {})
