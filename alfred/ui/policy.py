"""The content security policy of the page: a second wall behind the escaping of foreign text.

Scripts come from this server and carry a nonce where they stand in the page; images, frames, forms and connections
of other hosts are refused. Gradio compiles its templates in the browser, so `unsafe-eval` has to stay, and it
styles elements one by one, so inline styles do too.
"""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_RULES = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval' 'nonce-{nonce}'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self' https://huggingface.co https://*.hf.space",
}
_SCRIPT = re.compile(rb"<script(?=[\s>])")


class ContentPolicy:
    """Middleware that gives every page its policy, and each of its scripts the nonce."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a page in answer to it is held until it is whole."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Page(send).pass_on)


class _Page:
    """One answer on its way out."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def pass_on(self, message: Message) -> None:
        """Send a part of the answer on; a page is held back until it is whole."""
        if message["type"] == "http.response.start":
            if _is_page(message):
                self._start = message
                return
        elif self._start and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        body = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), self._body)
        headers = MutableHeaders(raw=start["headers"])
        if self._body:
            headers["content-length"] = str(len(body))
        policy = "; ".join(f"{name} {rule}" for name, rule in _RULES.items())
        headers["content-security-policy"] = policy.format(nonce=nonce)
        headers["referrer-policy"] = "same-origin"
        headers["x-content-type-options"] = "nosniff"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(raw=start["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
