"""The page: the wires from its boxes and buttons to what they do, and how it is served.

`AlfredUI` is a smolagents `GradioUI` by name, constructor and `launch`; the page that it creates is our own, because
the stock page shares one agent among all visitors. Layout and handlers are in `alfred.ui.layout` and `.control`.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import gradio as gr
from smolagents import GradioUI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from alfred import __version__
from alfred.agent import SavedAgent
from alfred.errors import SettingError
from alfred.models import ModelChoice
from alfred.settings import Settings
from alfred.tracing import Tracing
from alfred.ui.control import Control
from alfred.ui.endpoints import Endpoints
from alfred.ui.layout import Buttons, Parts, lay_out
from alfred.ui.mcp import answer_in_json
from alfred.ui.policy import ContentPolicy
from alfred.ui.texts import TEXTS, words_for
from alfred.ui.turns import Turns

FOLDER = Path(__file__).parent
# Threads beside those of the turns that run and wait: for clicks, uploads and endpoints.
SPARE_THREADS = 20

# The visitor's own clock, not the server's, says what "tomorrow" is.
ASK = "(text, kept) => [text, kept, window.alfred.now()]"
ASK_AGAIN = "(kept) => [kept, window.alfred.now()]"
SAVE = "(kept) => window.alfred.save(kept)"


class AlfredUI(GradioUI):
    """Serves the agent of a folder to many visitors, each of whose turns has an agent of its own.

    Args:
        saved_agent: the agent's prompts and tools.
        choice: the model that answers.
        settings: limits and addresses.
        tracing: keeps what happens in turns.

    Raises:
        SettingError: when a setting asks for a package that is not there.
    """

    def __init__(
        self, saved_agent: SavedAgent, choice: ModelChoice, settings: Settings, tracing: Tracing | None = None
    ) -> None:
        super().__init__(saved_agent)
        if settings.mcp and not find_spec("mcp"):
            raise SettingError("ALFRED_MCP is set, which needs the package mcp: install 'mcp<2' or unset it.")
        self.choice = choice
        self.settings = settings
        self._turns = Turns(saved_agent, choice, settings, tracing)
        self._i18n = gr.I18n(**TEXTS)

    def create_app(self) -> gr.Blocks:
        """Return the page."""
        title = words_for("en")("title")
        with gr.Blocks(title=title, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as page:
            parts, buttons = lay_out(self.choice, self.settings, self._i18n)
            _wire(page, Control(parts, self._turns), parts, buttons)
            endpoints = Endpoints(self._turns)
            endpoints.offer()
        endpoints.hide_all_else(page)
        return page.queue(default_concurrency_limit=None)

    def launch(self, share: bool = False, **options: Any) -> None:
        """Serve the page until the process ends."""
        page = self.create_app()
        # The first model imports its client: now, so that the first visitor's turn and its Stop need not wait for it.
        self.choice.build()
        _, address, _ = page.launch(
            share=share,
            quiet=True,
            prevent_thread_lock=True,
            server_name=self.settings.server_name,
            server_port=self.settings.server_port,
            max_threads=self.settings.concurrency + self.settings.waiting + SPARE_THREADS,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            show_error=False,
            max_file_size="5mb",
            state_session_capacity=200,
            pwa=False,
            ssr_mode=False,
            mcp_server=self.settings.mcp,
            i18n=self._i18n,
            theme=_theme(),
            head='<link rel="stylesheet" href="alfred.css">',
            js=(FOLDER / "page.js").read_text(encoding="utf-8"),
            app_kwargs={"routes": self._routes(), "middleware": [Middleware(ContentPolicy)]},
            **options,
        )
        if page.mcp_server_obj:
            answer_in_json(page.mcp_server_obj)
        print(f"Alfred is at {address} and answers with {self.choice.label}.", flush=True)
        page.block_thread()

    def _routes(self) -> list[Route]:
        return [
            Route("/healthz", self.health),
            Route("/metrics", self.metrics),
            Route("/alfred.css", lambda request: FileResponse(FOLDER / "style.css")),
        ]

    def health(self, request: Request) -> JSONResponse:
        """Answer whether the page is up, which model answers and which version this is."""
        return JSONResponse({"status": "ok", "model": self.choice.model_id, "version": __version__})

    def metrics(self, request: Request) -> Response:
        """Answer with the metrics in Prometheus's form, where the settings want them."""
        text = self._turns.tracing.prometheus()
        return Response(text, 200 if text else 404, media_type="text/plain; version=0.0.4")


def _theme() -> gr.Theme:
    return gr.themes.Base(
        font=[gr.themes.LocalFont("IBM Plex Sans", (400, 700)), "system-ui", "sans-serif"],
        font_mono=[gr.themes.LocalFont("IBM Plex Mono", (400, 700)), "ui-monospace", "monospace"],
        text_size="md",
    )


def _wire(page: gr.Blocks, control: Control, parts: Parts, buttons: Buttons) -> None:
    _wire_turns(control, parts, buttons)
    _wire_desk(control, parts, buttons)
    page.load(control.restore, parts.kept, parts.all, show_progress="hidden", api_visibility="private")
    page.unload(control.leave)


def _wire_turns(control: Control, parts: Parts, buttons: Buttons) -> None:
    """Wire what starts a turn, and Stop; a turn waits in our own line, not in Gradio's queue."""
    options = {
        "outputs": parts.all,
        "show_progress": "hidden",
        "trigger_mode": "once",
        "concurrency_limit": None,
        "api_visibility": "private",
    }
    for ask in (parts.box.submit, parts.send.click):
        ask(control.send, [parts.box, parts.kept, buttons.now], js=ASK, **options)
    for ask_again, handler in (
        (parts.chat.example_select, control.send_example),
        (parts.chat.retry, control.retry),
        (parts.retry.click, control.retry),
        (parts.chat.edit, control.edit),
    ):
        ask_again(handler, [parts.kept, buttons.now], js=ASK_AGAIN, **options)
    parts.stop.click(control.stop, None, None, queue=False, show_progress="hidden", api_visibility="private")


def _wire_desk(control: Control, parts: Parts, buttons: Buttons) -> None:
    """Wire what changes the desk without a turn."""
    for changed, handler, inputs in (
        (parts.chat.undo, control.undo, [parts.kept]),
        (buttons.new.click, control.new, [parts.kept]),
        (buttons.delete.click, control.delete, [parts.kept]),
        (buttons.open.upload, control.read_file, [buttons.open, parts.kept]),
        (parts.conversations.input, control.open, [parts.conversations, parts.kept]),
    ):
        changed(handler, inputs, parts.all, queue=False, show_progress="hidden", api_visibility="private")
    if control.takes_likes:
        parts.chat.like(control.like, [parts.chat, parts.kept], None, queue=False, api_visibility="private")
    buttons.save.click(None, [parts.kept], None, js=SAVE, api_visibility="private")
