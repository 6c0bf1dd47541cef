"""The page with tracing on: twenty visitors at once, metrics at their address, and an end that sends the rest."""

import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from gradio_client import Client

from tests.stand_ins.otlp_receiver import otlp_receiver
from tests.stand_ins.traces import root, traces, violations

VISITORS = 20


def test_twenty_visitors_at_once_are_twenty_traces_that_never_mix(start_app):
    def visit(n):
        client = Client(address, verbose=False)
        return client.predict(f"Plan a dinner at Castle Word{n:02} for {n + 2} guests", None, api_name="/chat")

    with otlp_receiver() as receiver:
        address = start_app(OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address, ALFRED_METRICS="1", ALFRED_CONCURRENCY="8")
        with ThreadPoolExecutor(VISITORS) as pool:
            list(pool.map(visit, range(VISITORS)))
        receiver.wait_for_turns(VISITORS)
        spans = receiver.spans
        metrics = read(f"{address}/metrics")
    assert violations(spans, VISITORS) == []
    apart = traces(spans).values()
    words = [f"Word{n:02}" for n in range(VISITORS)]
    assert sorted([word for word in words if word in str(trace)] for trace in apart) == [[word] for word in words]
    assert len({root(trace).attributes["session.id"] for trace in apart}) == VISITORS
    assert f'alfred_turns_total{{outcome="done"}} {VISITORS:.1f}' in metrics


def read(address):
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.read().decode()


def test_metrics_have_no_address_unless_they_are_wanted(address):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        read(f"{address}/metrics")


def test_the_end_of_the_page_sends_what_is_left(apps):
    with otlp_receiver() as receiver:
        address = apps.start(OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address)
        Client(address, verbose=False).predict("Which menu for a gala?", None, api_name="/chat")
        apps.stop(address)
        assert violations(receiver.spans, 1) == []
        assert "alfred.turns" in receiver.metrics


def test_the_page_ends_though_nobody_takes_what_is_left(apps):
    with otlp_receiver("silent") as receiver:
        address = apps.start(OTEL_EXPORTER_OTLP_ENDPOINT=receiver.address)
        Client(address, verbose=False).predict("Which menu for a gala?", None, api_name="/chat")
        assert apps.stop(address) == 0
