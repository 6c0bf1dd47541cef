"""The turns that are running, one for each visitor, so that a click on Stop or a closed tab reaches them."""

import threading

from alfred.stop import Stop


class RunningTurns:
    """Stops of the running turns, by the key of the visitor's page."""

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

    def get(self, key: str) -> Stop | None:
        """Return the stop of the visitor's running turn."""
        return self._stops.get(key)

    def stop(self, key: str) -> None:
        """Stop the visitor's running turn, if there is one."""
        if stop := self._stops.get(key):
            stop.set()

    def end(self, key: str) -> None:
        """Forget the visitor's turn, which is over."""
        with self._lock:
            self._stops.pop(key, None)
