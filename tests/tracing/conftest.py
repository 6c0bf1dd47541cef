"""Tracing to a real receiver on loopback."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from alfred.settings import Settings
from alfred.tracing import Tracing, start_tracing
from tests.stand_ins.otlp_receiver import Receiver, otlp_receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with otlp_receiver() as receiving:
        yield receiving


@pytest.fixture
def trace_to() -> Iterator[Callable[..., Tracing]]:
    """Start tracing to a receiver, with further settings."""
    with ExitStack() as started:

        def start(receiver: Receiver, **settings: object) -> Tracing:
            settings = {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"{receiver.address}/v1/traces", **settings}
            tracing = start_tracing(Settings(**settings))
            started.callback(tracing.close)
            return tracing

        yield start


@pytest.fixture
def tracing(trace_to, receiver) -> Tracing:
    return trace_to(receiver)
