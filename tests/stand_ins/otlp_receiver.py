"""A receiver of OTLP over HTTP on loopback, with the two addresses of Langfuse beside it; it can fail in each way."""

import gzip
import json
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from alfred.tracing import Tracing

KINDS = ("down", "silent", "slow", "401", "429", "500")


@dataclass(frozen=True)
class Got:
    """A span as it arrived."""

    name: str
    trace: str
    id: str
    parent: str
    start: int
    end: int
    status: str
    message: str
    attributes: dict[str, Any]
    events: list[tuple[str, dict[str, Any]]]

    @property
    def kind(self) -> str:
        return self.attributes.get("openinference.span.kind", "")


@dataclass
class Receiver:
    """What arrived: requests as (path, headers, body), and whatever they hold."""

    address: str
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def payload(self) -> bytes:
        return b"".join(body for _, _, body in self.requests)

    @property
    def spans(self) -> list[Got]:
        return [_got(span) for group in self._groups for scope in group.scope_spans for span in scope.spans]

    @property
    def resource(self) -> dict[str, Any]:
        """What the sender of the first spans says of itself."""
        return _attributes(self._groups[0].resource.attributes)

    @property
    def _groups(self) -> list[Any]:
        bodies = [body for path, _, body in self.requests if path.endswith("/v1/traces")]
        return [group for body in bodies for group in ExportTraceServiceRequest.FromString(body).resource_spans]

    @property
    def metrics(self) -> set[str]:
        bodies = [body for path, _, body in self.requests if path.endswith("/v1/metrics")]
        groups = [group for body in bodies for group in ExportMetricsServiceRequest.FromString(body).resource_metrics]
        return {metric.name for group in groups for scope in group.scope_metrics for metric in scope.metrics}

    def posted(self, path: str) -> list[Any]:
        return [json.loads(body) for at, _, body in self.requests if at == path]

    def finish(self, tracing: Tracing, turns: int = 1) -> None:
        """Wait until so many turns are here, then end the tracing that sends them."""
        self.wait_for_turns(turns)
        tracing.close()

    def wait_for_turns(self, count: int) -> None:
        """Wait until so many turns are here."""
        self.wait_for(lambda: sum(not span.parent for span in self.spans) >= count)

    def wait_for(self, is_here: Callable[[], bool]) -> None:
        """Wait until something is here."""
        with self.arrived:
            assert self.arrived.wait_for(is_here, 60), "it did not arrive in a minute"


_STATUS = {0: "unset", 1: "ok", 2: "error"}


def _got(span: Any) -> Got:
    return Got(
        span.name,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
        span.start_time_unix_nano,
        span.end_time_unix_nano,
        _STATUS[span.status.code],
        span.status.message,
        _attributes(span.attributes),
        [(event.name, _attributes(event.attributes)) for event in span.events],
    )


def _attributes(pairs: Any) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_value(item) for item in value.array_value.values]
    return getattr(value, kind) if kind else None


@contextmanager
def otlp_receiver(kind: str = "ok", public_key: str = "", secret_key: str = "") -> Iterator[Receiver]:
    """Receive on a free port of loopback, or fail in one of the ways of `KINDS`.

    Where keys are given, only requests with them are taken.
    """
    if kind in ("down", "silent"):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            receiver = Receiver(f"http://127.0.0.1:{listener.getsockname()[1]}")
            if kind == "down":
                listener.close()
            yield receiver
        return
    receiver, over = Receiver(""), threading.Event()
    handler = _handler(receiver, kind, f"{public_key}:{secret_key}" if public_key else None, over)
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    http.handle_error = lambda *broken: None
    receiver.address = f"http://127.0.0.1:{http.server_port}"
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        over.set()
        http.shutdown()
        http.server_close()


def _handler(receiver: Receiver, kind: str, pair: str | None, over: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            with receiver.arrived:
                receiver.requests.append((self.path, dict(self.headers), body))
                receiver.arrived.notify_all()
            if kind == "slow":
                over.wait(0.5)
            self._answer(b"")

        def do_GET(self) -> None:
            receiver.requests.append((self.path, dict(self.headers), b""))
            self._answer(json.dumps({"data": [{"id": "1", "name": "manor"}]}).encode())

        def _answer(self, content: bytes) -> None:
            self.send_response(int(kind) if kind.isdigit() else 200 if self._knows() else 401)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _knows(self) -> bool:
            return pair is None or self.headers.get("Authorization") == f"Basic {b64encode(pair.encode()).decode()}"

        def log_message(self, *_: object) -> None:
            pass

    return Handler
