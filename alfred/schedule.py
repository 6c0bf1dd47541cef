"""How long preparations take with so many helpers: what others wait for first, then the longest first.

The tool party_plan schedules by the same rule in a file of its own, so each holds the other to account. The
longest first is good but not proven shortest.
"""

from collections.abc import Sequence


def makespan(minutes: Sequence[int], helpers: int = 1) -> int:
    """Return the minutes until all is done, each task by the helper who is free first.

    Args:
        minutes: what each task takes.
        helpers: people who work at once; fewer than one counts as one.
    """
    free = [0] * max(1, min(helpers, len(minutes)))
    for task in sorted(minutes, reverse=True):
        free[free.index(min(free))] += task
    return max(free)
