"""A server on loopback that speaks the chat completions protocol of OpenAI and of Hugging Face's router."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What the server does with one request: a text, or a status.

    `gate` holds it back until it is set, `pause` holds back all but the first piece of a stream.
    """

    text: str = ""
    status: int = 200
    error: str = "refused"
    gate: threading.Event | None = None
    pause: threading.Event | None = None
    breaks_off: bool = False


@dataclass
class ChatServer:
    """Replies in order; the last one is repeated. Requests are kept with their headers."""

    replies: deque = field(default_factory=deque)
    requests: list[dict] = field(default_factory=list)
    headers: list[dict] = field(default_factory=list)
    address: str = ""
    asked: threading.Event = field(default_factory=threading.Event)

    def answer_with(self, *replies: "Reply | str") -> None:
        """Forget what was asked and reply with these from now on."""
        self.replies = deque(reply if isinstance(reply, Reply) else Reply(reply) for reply in replies)
        self.requests.clear()
        self.headers.clear()
        self.asked.clear()

    def next_reply(self) -> Reply:
        return self.replies.popleft() if len(self.replies) > 1 else self.replies[0]


@contextmanager
def chat_server(*replies: Reply | str, port: int = 0) -> Iterator[ChatServer]:
    """Serve these replies on this port of loopback, or on a free one."""
    server = ChatServer()
    server.answer_with(*replies)
    http = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"chat": server}))
    http.daemon_threads = True
    http.handle_error = lambda *broken: None
    server.address = f"http://127.0.0.1:{http.server_port}"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        for reply in server.replies:
            if reply.gate:
                reply.gate.set()
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    chat: ChatServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.chat.requests.append({"path": self.path, **body})
        self.chat.headers.append(dict(self.headers))
        self.chat.asked.set()
        reply = self.chat.next_reply()
        if reply.gate:
            reply.gate.wait(30)
        if reply.status != 200:
            self._send(reply.status, {"error": {"message": reply.error, "code": reply.error}})
        elif body.get("stream"):
            self._stream(reply)
        else:
            self._send(200, _completion(reply.text))

    def _send(self, status: int, content: dict) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in [reply.text[at : at + 12] for at in range(0, len(reply.text), 12)]:
            self._event({"choices": [{"index": 0, "delta": {"content": piece}}]})
            if reply.breaks_off:
                self.close_connection = True
                return
            if reply.pause:
                reply.pause.wait(30)
        self._event({"choices": [], "usage": _USAGE})
        self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, content: dict) -> None:
        event = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "stand-in",
            **content,
        }
        self._chunk(f"data: {json.dumps(event)}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


_USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


def _completion(text: str) -> dict:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "x",
        "choices": [choice],
        "usage": _USAGE,
    }
