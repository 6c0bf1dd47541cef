"""Who runs and who waits: one turn a visitor, a bounded line for the places, and a count of requests an hour."""

import itertools
import threading
import time
from collections import Counter, deque

from alfred.stop import Stop

HOUR = 3600


class RunningTurns:
    """Stops of the running turns, by the key of the visitor's page, so that Stop or a closed tab reaches them."""

    def __init__(self) -> None:
        self._stops: dict[str, Stop] = {}
        self._lock = threading.Lock()

    def begin(self, key: str) -> Stop | None:
        """Return the stop of a new turn, None while this visitor has another turn running."""
        with self._lock:
            if key in self._stops:
                return None
            self._stops[key] = Stop()
            return self._stops[key]

    def stop(self, key: str) -> None:
        """Stop the visitor's running turn, if there is one."""
        if stop := self._stops.get(key):
            stop.set()

    def end(self, key: str, stop: Stop) -> None:
        """Forget the visitor's turn, which is over, unless another has begun since."""
        with self._lock:
            if self._stops.get(key) is stop:
                del self._stops[key]


class Line:
    """The line before the places in which turns run; who has fewest turns running goes first, then who came first.

    Args:
        places: how many turns run at once.
        most_waiting: how many may wait.
    """

    def __init__(self, places: int, most_waiting: int) -> None:
        self._places = places
        self._most_waiting = most_waiting
        self._arrivals = itertools.count()
        self._waiting: dict[int, str] = {}
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()

    def join(self, visitor: str) -> int | None:
        """Return the number of a new place in the line, None when the line is full."""
        with self._changed:
            free = self._places - self._running.total()
            if len(self._waiting) >= max(0, free) + self._most_waiting:
                return None
            number = next(self._arrivals)
            self._waiting[number] = visitor
            return number

    @property
    def length(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def ahead(self, number: int) -> int:
        """Return how many go before this one."""
        with self._changed:
            return self._order().index(number)

    def enter(self, number: int, seconds: float) -> bool:
        """Wait at most so long to run; tell whether it is the turn of this one, which then holds a place."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._may_enter(number), timeout=seconds):
                return False
            self._running[self._waiting.pop(number)] += 1
            self._changed.notify_all()
            return True

    def leave(self, number: int, visitor: str) -> None:
        """Leave the line or, when this one runs, its place."""
        with self._changed:
            if self._waiting.pop(number, None) is None:
                self._running -= Counter([visitor])
            self._changed.notify_all()

    def _may_enter(self, number: int) -> bool:
        return self._order().index(number) < self._places - self._running.total()

    def _order(self) -> list[int]:
        return sorted(self._waiting, key=lambda number: (self._running[self._waiting[number]], number))


class HourlyLimit:
    """How many requests one visitor sends within an hour.

    Args:
        limit: most requests; None for no limit.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._sent: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, visitor: str) -> float:
        """Count a request and return 0, or return the seconds until this visitor may send the next one."""
        if self._limit is None:
            return 0
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            sent = self._sent.setdefault(visitor, deque())
            if len(sent) >= self._limit:
                return sent[0] + HOUR - now
            sent.append(now)
            return 0

    def _forget(self, now: float) -> None:
        for visitor, sent in list(self._sent.items()):
            while sent and sent[0] <= now - HOUR:
                sent.popleft()
            if not sent:
                del self._sent[visitor]
