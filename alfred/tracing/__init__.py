"""What happened in each turn, for whom, how long, at what cost: traces, metrics and scores, without leaks.

    start            the settings become a `Tracing`; without keys or addresses it is one that does nothing
    nothing          `Tracing`, `Tracer` and `Trace` that do nothing: the contract, and what runs without keys
    targets          where traces and metrics go, and with which keys
    provider         the same three with OpenTelemetry behind them, and the end of the process
    turns            the spans of a running turn, handed on together when the turn ends
    spans            what spans say: their attributes, and which of them are never sent
    exporter         redacts and bounds what goes out, and says once when it does not arrive
    redaction        secrets, mail addresses and telephone numbers out of a text
    metrics          figures over all turns, for OTLP and for Prometheus
    backend          Langfuse's scores, and the question whether the keys are right

A turn has one trace. It begins and ends with the turn, in whatever threads its parts run; it is complete when it is
sent, and what the agent of a stopped turn still does afterwards is not in it.

OpenTelemetry is imported only when there is somewhere to send to. The global tracer provider stays untouched.
Not covered: sampling (every turn is traced), gRPC, and agents that run outside a turn.
"""

from alfred.tracing.nothing import NO_TRACING, Span, Trace, Tracer, Tracing
from alfred.tracing.start import start_tracing

__all__ = ["NO_TRACING", "Span", "Trace", "Tracer", "Tracing", "start_tracing"]
