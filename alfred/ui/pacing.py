"""Events in batches, so that the page is drawn a few times a second however fast they come."""

import queue
import threading
import time
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")


class _End:
    """The events are over, by themselves or by an error."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def paced(events: Iterator[T], a_second: float) -> Iterator[list[T]]:
    """Yield what has come since the last batch, never nothing, at most so many batches a second and one at the end.

    Args:
        events: read in a thread of its own; its error is raised here.
        a_second: most batches in a second.
    """
    inbox: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    threading.Thread(target=_pump, args=(events, inbox), name="pacing", daemon=True).start()
    due = time.monotonic()
    while True:
        batch, end = _gather(inbox, due)
        if batch:
            yield batch
        if end:
            if end.error:
                raise end.error
            return
        due = time.monotonic() + 1 / a_second


def _pump(events: Iterator[T], inbox: "queue.SimpleQueue[T | _End]") -> None:
    try:
        for event in events:
            inbox.put(event)
        inbox.put(_End())
    except BaseException as error:
        inbox.put(_End(error))


def _gather(inbox: "queue.SimpleQueue[T | _End]", due: float) -> tuple[list[T], _End | None]:
    """Wait for an event and return it with those that come until the batch is due; the end waits for nothing."""
    batch = []
    item = inbox.get()
    while not isinstance(item, _End):
        batch.append(item)
        try:
            item = inbox.get(timeout=max(0.0, due - time.monotonic()))
        except queue.Empty:
            return batch, None
    return batch, item
