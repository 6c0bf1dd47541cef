"""What a plan changed in the plan before it, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from alfred.ui.sections import Row

Mark = Literal["", "new", "changed", "gone"]


@dataclass(frozen=True)
class Marked:
    """A row and what happened to it; `before` is what it said."""

    row: Row
    mark: Mark = ""
    before: str = ""


def compare(now: Sequence[Row], before: Sequence[Row] | None) -> list[Marked]:
    """Return the rows of now, each with its mark, then those that are gone.

    Args:
        now: the rows of the plan.
        before: the rows of the plan before it; None when there was none, and then nothing is marked.
    """
    if before is None:
        return [Marked(row) for row in now]
    earlier = {row.key: row for row in before}
    kept = {row.key for row in now}
    gone = [Marked(row, "gone") for row in before if row.key not in kept]
    return [_marked(row, earlier.get(row.key)) for row in now] + gone


def _marked(row: Row, earlier: Row | None) -> Marked:
    if earlier is None:
        return Marked(row, "new")
    if earlier.cells == row.cells:
        return Marked(row)
    differing = [old for old, new in zip(earlier.cells, row.cells, strict=True) if old != new]
    return Marked(row, "changed", ", ".join(filter(None, differing)) or "–")
