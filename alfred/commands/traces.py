"""Where traces go, and whether the keys are right: a part of `python -m alfred check`."""

import sys

from alfred.settings import Settings
from alfred.tracing.targets import Target, find_targets, missing_key


def check_traces(settings: Settings, *, online: bool) -> bool:
    """Tell on standard error where traces go; return whether all is well.

    Args:
        settings: the keys and the addresses.
        online: ask there whether the keys are right.
    """
    if missing := missing_key(settings):
        return _tell(f"Only one of Langfuse's two keys is set: set {missing} too, or unset the other.", False)
    targets = find_targets(settings)
    if not targets:
        return _tell("No traces are sent: neither Langfuse's keys nor OTEL_EXPORTER_OTLP_ENDPOINT are set.", True)
    told = [_ask(target) if online else _name(target) for target in targets]
    return all(told)


def _name(target: Target) -> bool:
    return _tell(f"Traces go to {target.name} at {target.host}.", True)


def _ask(target: Target) -> bool:
    # The clients of OpenTelemetry take half a second to import, which nobody who asks nothing should pay.
    from alfred.tracing.backend import ask

    right, sentence = ask(target)
    return _tell(sentence, right)


def _tell(sentence: str, right: bool) -> bool:
    print(sentence, file=sys.stderr)
    return right
