"""Langfuse beside OpenTelemetry: a visitor's score of a turn, and the question whether the keys are right."""

import logging
import re

import requests
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import MetricsData

from alfred.tracing.exporter import EXPORT_SECONDS, Line
from alfred.tracing.targets import Target

log = logging.getLogger(__name__)

_TRACE_ID = re.compile(r"[0-9a-f]{32}")


def send_score(target: Target, trace_id: str, liked: bool) -> None:
    """Send a thumb up or down to Langfuse; a second one for the same turn replaces the first.

    Args:
        target: Langfuse.
        trace_id: the turn, as `TurnEnded` tells it; anything else is not sent.
        liked: thumb up.
    """
    if not _TRACE_ID.fullmatch(trace_id):
        return
    score = {
        "id": f"{trace_id}-thumb",
        "traceId": trace_id,
        "name": "thumb",
        "value": int(liked),
        "dataType": "BOOLEAN",
    }
    try:
        Line(target).post(f"{target.base}/api/public/scores", json=score, timeout=EXPORT_SECONDS).raise_for_status()
    except (requests.RequestException, OSError) as error:
        log.warning("A thumb did not reach %s at %s (%s).", target.name, target.host, type(error).__name__)


def ask(target: Target) -> tuple[bool, str]:
    """Ask a receiver whether the keys are right; return whether they are, and a sentence.

    Args:
        target: Langfuse is asked for its project; a collector is sent no spans, in the way in which it gets spans.
    """
    line = Line(target)
    project = _ask_langfuse(target, line) if target.base else _ask_collector(target, line)
    where = f"{target.name} at {target.host}"
    if line.fault:
        return False, f"{where} {line.fault}: check {target.keys if 'keys' in line.fault else 'the address'}."
    return True, f"{where} takes what is sent{project}."


def _ask_langfuse(target: Target, line: Line) -> str:
    try:
        projects = line.get(f"{target.base}/api/public/projects", timeout=EXPORT_SECONDS).json()["data"]
        return f" into the project {projects[0]['name']!r}"
    except (requests.RequestException, OSError, LookupError, TypeError):
        return ""


def _ask_collector(target: Target, line: Line) -> str:
    if target.traces:
        OTLPSpanExporter(endpoint=target.traces, timeout=EXPORT_SECONDS, session=line).export([])
    else:
        OTLPMetricExporter(endpoint=target.metrics, timeout=EXPORT_SECONDS, session=line).export(MetricsData([]))
    return ""
