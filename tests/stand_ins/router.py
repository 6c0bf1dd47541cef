"""Hugging Face's inference router on loopback: unmodified clients reach it by their proxy settings.

A proxy that answers CONNECT for any host and ends TLS with a certificate of its own authority, then passes the bytes
on to a local server.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import huggingface_hub
import pytest
import trustme


@contextmanager
def router(folder: Path, environment: pytest.MonkeyPatch, address: str) -> Iterator[None]:
    """Let every https request of the Hugging Face client end at the server with this address."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("router.huggingface.co", "huggingface.co").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, context, address), daemon=True).start()
        environment.setenv("HTTPS_PROXY", f"http://127.0.0.1:{listener.getsockname()[1]}")
        environment.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
        huggingface_hub.close_session()
        yield
    huggingface_hub.close_session()


def _accept(listener: socket.socket, context: ssl.SSLContext, address: str) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_tunnel, args=(connection, context, address), daemon=True).start()


def _tunnel(connection: socket.socket, context: ssl.SSLContext, address: str) -> None:
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    inner = context.wrap_socket(connection, server_side=True)
    parts = urlsplit(address)
    outer = socket.create_connection((parts.hostname, parts.port))
    threading.Thread(target=_pass_on, args=(outer, inner), daemon=True).start()
    _pass_on(inner, outer)


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    finally:
        sink.close()
