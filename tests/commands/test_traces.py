"""Where traces go, as `python -m alfred check` tells it."""

from alfred.commands.traces import check_traces
from alfred.settings import Settings
from tests.stand_ins.otlp_receiver import otlp_receiver

KEYS = {"LANGFUSE_PUBLIC_KEY": "pk-lf-right", "LANGFUSE_SECRET_KEY": "sk-lf-right"}


def test_it_says_that_no_traces_are_sent(capsys):
    assert check_traces(Settings(), online=True)
    assert capsys.readouterr().err.startswith("No traces are sent")


def test_it_says_where_traces_go_and_asks_only_online(capsys):
    with otlp_receiver(public_key="pk-lf-right", secret_key="sk-lf-right") as langfuse:
        settings = Settings(LANGFUSE_BASE_URL=langfuse.address, **KEYS)
        assert check_traces(settings, online=False)
        assert langfuse.requests == []
        assert check_traces(settings, online=True)
    where = f"Langfuse at {langfuse.address.removeprefix('http://')}"
    told = capsys.readouterr().err.splitlines()
    assert told == [f"Traces go to {where}.", f"{where} takes what is sent into the project 'manor'."]


def test_a_wrong_key_is_told_in_a_line(capsys):
    with otlp_receiver("401") as collector:
        assert not check_traces(Settings(OTEL_EXPORTER_OTLP_ENDPOINT=collector.address), online=True)
    assert "check OTEL_EXPORTER_OTLP_HEADERS" in capsys.readouterr().err


def test_the_missing_half_of_a_pair_of_keys_is_named(capsys):
    assert not check_traces(Settings(LANGFUSE_SECRET_KEY="sk-lf-right"), online=False)
    assert "set LANGFUSE_PUBLIC_KEY too" in capsys.readouterr().err
