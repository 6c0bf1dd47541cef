"""Where traces go: Langfuse by its keys, a collector by its address, both, or nowhere."""

import base64

import pytest

from alfred.settings import Settings
from alfred.tracing.targets import find_targets, missing_key

KEYS = {"LANGFUSE_PUBLIC_KEY": "pk", "LANGFUSE_SECRET_KEY": "sk"}


def test_without_keys_there_is_nothing():
    assert find_targets(Settings()) == []


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "https://cloud.langfuse.com"),
        ({"LANGFUSE_HOST": "https://old.example/"}, "https://old.example"),
        ({"LANGFUSE_HOST": "https://old.example", "LANGFUSE_BASE_URL": "https://new.example"}, "https://new.example"),
    ],
)
def test_langfuse_is_reached_at_its_address(variables, address):
    (target,) = find_targets(Settings(**KEYS, **variables))
    assert target.traces == f"{address}/api/public/otel/v1/traces"
    assert base64.b64decode(target.headers["Authorization"].removeprefix("Basic ")) == b"pk:sk"
    assert target.metrics is None


@pytest.mark.parametrize(
    ("variables", "traces", "metrics"),
    [
        ({"ENDPOINT": "http://c:4318"}, "http://c:4318/v1/traces", "http://c:4318/v1/metrics"),
        ({"ENDPOINT": "http://c:4318/"}, "http://c:4318/v1/traces", "http://c:4318/v1/metrics"),
        ({"TRACES_ENDPOINT": "http://c/t"}, "http://c/t", None),
        ({"METRICS_ENDPOINT": "http://c/m"}, None, "http://c/m"),
        ({"ENDPOINT": "http://c", "TRACES_ENDPOINT": "http://t/t"}, "http://t/t", "http://c/v1/metrics"),
    ],
)
def test_a_collector_is_reached_as_opentelemetry_says(variables, traces, metrics):
    (target,) = find_targets(Settings(**{f"OTEL_EXPORTER_OTLP_{name}": value for name, value in variables.items()}))
    assert (target.traces, target.metrics) == (traces, metrics)


def test_both_can_be_had_at_once_and_switched_off_at_once():
    both = {**KEYS, "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"}
    assert len(find_targets(Settings(**both))) == 2
    assert find_targets(Settings(**both, OTEL_SDK_DISABLED=True)) == []


def test_the_missing_key_of_a_pair_is_named():
    assert missing_key(Settings(LANGFUSE_PUBLIC_KEY="pk")) == "LANGFUSE_SECRET_KEY"
    assert missing_key(Settings(LANGFUSE_SECRET_KEY="sk")) == "LANGFUSE_PUBLIC_KEY"
    assert missing_key(Settings()) is missing_key(Settings(**KEYS)) is None


def test_neither_keys_nor_passwords_show_in_a_target():
    settings = Settings(**KEYS, OTEL_EXPORTER_OTLP_ENDPOINT="http://bruce:batcave@c:4318")
    langfuse, collector = find_targets(settings)
    assert "Basic" not in repr(langfuse)
    assert collector.host == "c:4318"
