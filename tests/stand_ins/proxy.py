"""A proxy on loopback that leads https requests to local servers; clients reach it by their own settings.

It answers CONNECT for the hosts that it knows, ends TLS with a certificate of its own authority and passes the bytes
on. Nothing of the clients is changed: they are told of the proxy and of the authority by environment variables.
"""

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import trustme


@contextmanager
def proxy(folder: Path, servers: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the environment in which the clients' https requests to each of these hosts end at its server's address."""
    certificate = folder / "authority.pem"
    authority = trustme.CA()
    authority.cert_pem.write_to_path(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*servers).configure_cert(context)
    with _Server(("127.0.0.1", 0), _Tunnel) as server:
        server.context, server.servers = context, servers
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield {
                "HTTPS_PROXY": f"http://127.0.0.1:{server.server_address[1]}",
                "SSL_CERT_FILE": str(certificate),
                "GIT_SSL_CAINFO": str(certificate),
            }
        finally:
            server.shutdown()


class _Server(ThreadingTCPServer):
    daemon_threads = True


class _Tunnel(BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):
            address = self.server.servers.get(self._asked())
            if not address:
                return
            self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            target = urlsplit(address)
            with (
                self.server.context.wrap_socket(self.request, server_side=True) as inner,
                socket.create_connection((target.hostname, target.port)) as outer,
            ):
                _pass_on(inner, outer)

    def _asked(self) -> str:
        """Read the head of the request and return the host in it; nothing when the client leaves before its end."""
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := self.request.recv(4096)):
                return ""
            head += more
        return head.split()[1].decode().rpartition(":")[0]


def _pass_on(inner: ssl.SSLSocket, outer: socket.socket) -> None:
    """Pass bytes both ways until one side ends; in one thread, because a TLS socket does not bear two."""
    while True:
        ready = [inner] if inner.pending() else select.select([inner, outer], [], [])[0]
        for source in ready:
            data = source.recv(65536)
            if not data:
                return
            (outer if source is inner else inner).sendall(data)
