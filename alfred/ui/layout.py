"""What stands where on the page: the head, the conversation on one side, the plan on the other."""

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from alfred import __version__
from alfred.agent import why_no_code_runs
from alfred.models import ModelChoice
from alfred.settings import Settings
from alfred.ui.board import draw_board
from alfred.ui.keeping import STORAGE_KEY
from alfred.ui.texts import EXAMPLES, Words, words_for


@dataclass(frozen=True)
class Parts:
    """The components that handlers change."""

    chat: gr.Chatbot
    board: gr.HTML
    kept: gr.BrowserState
    conversations: gr.Radio
    box: gr.Textbox
    send: gr.Button
    stop: gr.Button
    retry: gr.Button
    notice: gr.HTML
    whole: gr.HTML
    who: gr.HTML
    sides: gr.HTML

    @property
    def all(self) -> list[Any]:
        """Every component, as the outputs of a handler."""
        return list(vars(self).values())


@dataclass(frozen=True)
class Buttons:
    """What is clicked and never changes; `now`, which nobody sees, brings the time from the browser."""

    new: gr.Button
    save: gr.Button
    open: gr.UploadButton
    delete: gr.Button
    now: gr.Textbox


def lay_out(choice: ModelChoice, settings: Settings, i18n: gr.I18n) -> tuple[Parts, Buttons]:
    """Put the components on the page that is being built.

    Args:
        choice: the model that answers.
        settings: whether visitors may sign in, and the key of what the browser keeps.
        i18n: the texts, by key.
    """
    words = words_for("en")
    secret = settings.browser_secret.get_secret_value()
    kept = gr.BrowserState(None, storage_key=STORAGE_KEY, secret=secret)
    with gr.Row(elem_id="alfred-head"):
        gr.HTML(name_and_version(words), elem_id="alfred-name")
        who = gr.HTML(who_answers(choice, settings, words), elem_id="alfred-who")
        if _offers_sign_in(settings):
            gr.LoginButton(words("sign_in"), words("sign_out", name="{}"), size="sm", elem_id="alfred-login")
        new = gr.Button(i18n("new"), size="sm", elem_id="alfred-new")
    sides = gr.HTML(draw_sides(words), elem_id="alfred-sides")
    with gr.Row(elem_id="alfred-desk"):
        with gr.Column(elem_id="alfred-talk", min_width=0):
            with gr.Accordion(i18n("conversations"), open=False, elem_id="alfred-conversations"):
                conversations = gr.Radio([], label=i18n("conversations"), info=i18n("conversations_info"))
                with gr.Row(elem_id="alfred-files-of-talk"):
                    save = gr.Button(i18n("save"), size="sm", elem_id="alfred-save")
                    opener = gr.UploadButton(
                        i18n("open"), size="sm", file_types=[".json"], type="binary", elem_id="alfred-open"
                    )
                    delete = gr.Button(i18n("delete"), size="sm", elem_id="alfred-delete")
            chat = _chat(words)
            notice = gr.HTML("", elem_id="alfred-notice")
            whole = gr.HTML("", elem_id="alfred-whole")
            retry = gr.Button(i18n("retry"), visible=False, size="sm", elem_id="alfred-retry")
            with gr.Row(elem_id="alfred-ask"):
                box = gr.Textbox(
                    label=i18n("label_request"),
                    placeholder=i18n("placeholder"),
                    interactive=False,
                    lines=1,
                    max_lines=8,
                    container=False,
                    scale=1,
                    min_width=0,
                    html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
                    elem_id="alfred-request",
                )
                send = gr.Button(i18n("send"), variant="primary", min_width=0, interactive=False, elem_id="alfred-send")
                stop = gr.Button(i18n("stop"), variant="stop", min_width=0, interactive=False, elem_id="alfred-stop")
        with gr.Column(elem_id="alfred-paper", min_width=0):
            board = gr.HTML(draw_board(None, None, words), elem_id="alfred-board")
    parts = Parts(chat, board, kept, conversations, box, send, stop, retry, notice, whole, who, sides)
    return parts, Buttons(new, save, opener, delete, gr.Textbox(visible="hidden"))


def name_and_version(words: Words) -> str:
    """Return Alfred's name and version, which read the same in every language, after the way past them."""
    skip = f'<a class="alfred-skip" href="#alfred-request">{escape(words("skip"))}</a>'
    return f'{skip}<h1>{escape(words("name"))}</h1> <span class="alfred-version">{__version__}</span>'


def who_answers(choice: ModelChoice, settings: Settings, words: Words, signed_in: bool = False) -> str:
    """Return which model answers and who pays, the way to a better one, and why no code runs where none does."""
    lines = [words("answered_by", model=choice.label)]
    if signed_in and choice.kind == "hf":
        lines += [words("signed_in")]
    elif choice.kind == "embedded":
        lines += [words("sign_in_hint" if _offers_sign_in(settings) else "better_model")]
    warning = why_no_code_runs(settings)
    return f"<p>{escape(' '.join(lines))}</p>" + (f'<p role="alert">{escape(warning)}</p>' if warning else "")


def draw_sides(words: Words) -> str:
    """Return the two tabs that a phone has in the place of two columns."""
    tabs = "".join(
        f'<button type="button" role="tab" id="alfred-tab-{side}" aria-controls="alfred-{panel}"'
        f' aria-selected="{chosen}" tabindex="{focus}" data-alfred="side" data-side="{side}">'
        f"{escape(words(f'side_{side}'))}</button>"
        for side, panel, chosen, focus in (("talk", "talk", "true", 0), ("plan", "paper", "false", -1))
    )
    return f'<div role="tablist" aria-label="{escape(words("name"))}">{tabs}</div>'


def examples(words: Words) -> list[dict[str, str]]:
    """Return the requests that run on a click, by kind of party."""
    return [{"text": words(f"example_{name}_request"), "display_text": words(f"example_{name}")} for name in EXAMPLES]


def _offers_sign_in(settings: Settings) -> bool:
    """Tell whether visitors may sign in, and a model then answers that their account pays for."""
    return bool(settings.oauth_client_id) and (settings.model or "hf:").startswith("hf:")


def _chat(words: Words) -> gr.Chatbot:
    return gr.Chatbot(
        label=words("label_chat"),
        show_label=False,
        container=False,
        height=None,
        layout="panel",
        latex_delimiters=[],
        allow_tags=False,
        editable="user",
        buttons=["copy"],
        autoscroll=False,
        placeholder=words("introduction"),
        elem_id="alfred-chat",
    )
