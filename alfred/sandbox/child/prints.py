"""Prints: what the code printed, kept in memory up to a limit, the beginning and the end when it is too much."""

import io


class Prints(io.TextIOBase):
    """The standard output of a step; keeps at most `limit` characters.

    A flood is thinned out in the middle as it comes, so that it costs neither memory nor time.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.parts: list[str] = []
        self.size = 0
        self.thinned = False

    def writable(self) -> bool:
        """Say that text can be written."""
        return True

    def write(self, text: str) -> int:
        """Take `text`; returns its length."""
        self.parts.append(text)
        self.size += len(text)
        if self.size > 2 * self.limit + 1_000:
            self._thin()
        return len(text)

    def text(self) -> str:
        """Return what was printed, with smolagents' notice in the middle where something is left out."""
        whole = "".join(self.parts)
        if len(whole) <= self.limit and not self.thinned:
            return whole
        half = self.limit // 2
        notice = f"\n..._This content has been truncated to stay below {self.limit} characters_...\n"
        return whole[:half] + notice + whole[len(whole) - half :]

    def _thin(self) -> None:
        whole = "".join(self.parts)
        half = self.limit // 2
        self.parts = [whole[:half], whole[len(whole) - half :]]
        self.size = 2 * half
        self.thinned = True
