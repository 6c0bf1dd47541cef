"""A web of loopback servers for the tests of the web tools: real HTTP, and no packet leaves the machine."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest


class Site(BaseHTTPRequestHandler):
    """Answers each request with what the server's `answers` hold for its path."""

    def do_GET(self):
        self.reply()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.reply()

    def reply(self):
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        self.server.seen.append((self.path, self.headers.get("Host")))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):
            for piece in [body] if isinstance(body, bytes) else body():
                self.wfile.write(piece)

    def log_message(self, *_):
        pass


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    """A server on loopback; put path: (status, headers, body) into its `answers`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.answers, server.seen = {}, []
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The name server of the test: host to addresses; every other host is unknown."""
    table: dict[str, list[str]] = {}

    def answer(host: str, port: int, *_, **__):
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in table[host]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return table


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch, site: ThreadingHTTPServer) -> list[str]:
    """The addresses connected to; each connection lands on the site."""
    places: list[str] = []
    connect: Callable = socket.socket.connect

    def divert(sock: socket.socket, place: tuple):
        places.append(place[0])
        connect(sock, site.server_address)

    monkeypatch.setattr(socket.socket, "connect", divert)
    return places
