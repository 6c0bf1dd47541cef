"""A request while it is being read: its words as said, and the rest that no reader has understood yet."""

import re
import unicodedata
from dataclasses import dataclass, field

from alfred.brief.numbers import as_digits
from alfred.brief.spelling import corrected

LONGEST_REQUEST = 8_000
GAP = " | "
_LOOKALIKES = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
    }
    | {"‑": "-", "−": "-", "½": ".5", "\u202f": "\u00a0", "\r": " ", "\t": " "}
)
_ENDLESS_WORD = re.compile(r"(\S{100})\S+")
_URL = re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)


@dataclass
class Passage:
    """A request in three states.

    said     as the host wrote it, with plain quotes, dashes and spaces
    plain    lower case, spelling mended, numbers in digits
    rest     plain, with a gap for what was understood: no number is read twice
    """

    said: str
    plain: str
    rest: str = field(init=False)

    def __post_init__(self) -> None:
        self.rest = _URL.sub(GAP, self.plain)

    @classmethod
    def of(cls, request: str) -> "Passage":
        """Return the passage for a request; of a very long one, its beginning."""
        said = _printable(request[:LONGEST_REQUEST].translate(_LOOKALIKES))
        plain = as_digits(corrected(said.lower()))
        said = said.replace("\u00a0", " ").strip()
        return cls(said.lower() if said.isupper() else said, plain.replace("\u00a0", " ").strip())

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match of pattern in the rest and leave a gap in its place."""
        match = pattern.search(self.rest)
        if match:
            self.rest = self.rest[: match.start()] + GAP + self.rest[match.end() :]
        return match

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return all matches of pattern in the rest and leave a gap in the place of each."""
        matches = list(pattern.finditer(self.rest))
        self.rest = pattern.sub(GAP, self.rest)
        return matches


def _printable(text: str) -> str:
    kept = (letter for letter in text if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"})
    spaced = re.sub(r"[ \u2000-\u200b\u3000]+", " ", "".join(kept))
    return _ENDLESS_WORD.sub(r"\1", spaced)
