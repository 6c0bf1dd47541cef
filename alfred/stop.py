"""The switch that stops one turn, from any thread, whatever the turn is doing."""

import threading
from collections.abc import Callable

from alfred.errors import Stopped


class Stop:
    """A switch that goes from off to on once, checked before every side effect of a turn."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._actions: list[Callable[[], None]] = []

    def set(self) -> None:
        """Stop the turn and run every action that waits for it."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            actions = list(self._actions)
        for action in actions:
            action()

    def is_set(self) -> bool:
        """Tell whether the turn was stopped."""
        return self._event.is_set()

    def check(self) -> None:
        """Go on only if the turn was not stopped.

        Raises:
            Stopped: if it was.
        """
        if self._event.is_set():
            raise Stopped

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than the turn lives.

        Raises:
            Stopped: if the turn is stopped meanwhile.
        """
        if self._event.wait(seconds):
            raise Stopped

    def when_set(self, action: Callable[[], None]) -> None:
        """Run an action when the turn is stopped, or now if it was already."""
        with self._lock:
            if not self._event.is_set():
                self._actions.append(action)
                return
        action()
