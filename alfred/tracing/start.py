"""From the settings to a `Tracing`."""

import logging

from alfred.settings import Settings
from alfred.tracing.nothing import Tracing
from alfred.tracing.targets import find_targets, missing_key

log = logging.getLogger(__name__)


def start_tracing(settings: Settings) -> Tracing:
    """Return what traces the turns of this process; without keys, addresses or metrics that is nothing.

    Args:
        settings: the keys, the addresses and what may be told.
    """
    if missing := missing_key(settings):
        log.warning("Langfuse gets no traces: only one of its two keys is set. Set %s, or unset the other.", missing)
    targets = find_targets(settings)
    if not targets and not settings.metrics:
        return Tracing()
    # OpenTelemetry takes half a second to import, which nobody without a receiver should pay.
    from alfred.tracing.provider import OpenTelemetryTracing

    return OpenTelemetryTracing(settings, targets)
