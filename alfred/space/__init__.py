"""Is this folder a Space that the Hub can run and smolagents can load? Told before the push, one finding a line.

`check_space` asks the rooms of this package in turn; each looks at one matter and yields its findings. Without
`online` nothing leaves the machine. What only the Hub itself knows (quotas, hardware, billing) is not looked at.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from alfred.space.card import check_card
from alfred.space.contents import check_contents
from alfred.space.entry import check_entry
from alfred.space.finding import Finding
from alfred.space.folder import SpaceFolder
from alfred.space.online import check_card_online, check_requirements_online
from alfred.space.requirements import check_requirements
from alfred.space.saved import check_saved
from alfred.space.tools import check_tools

Room = Callable[[SpaceFolder], Iterator[Finding]]

READING: tuple[Room, ...] = (check_card, check_saved, check_requirements, check_contents)
"""The rooms that only read the folder."""
RUNNING: tuple[Room, ...] = (check_tools, check_entry)
"""The rooms that run the folder's own code."""
ONLINE: tuple[Room, ...] = (check_card_online, check_requirements_online)
"""The rooms that ask the Hub and the package index."""


def check_space(folder: Path, *, online: bool = False) -> list[Finding]:
    """Return everything in a folder that the Hub, the Space or a consumer would choke on."""
    return look_around(folder, [*READING, *RUNNING, *(ONLINE if online else ())])


def look_around(folder: Path, rooms: Iterable[Room]) -> list[Finding]:
    """Return the findings of these rooms."""
    space = SpaceFolder.of(folder)
    return [finding for room in rooms for finding in room(space)]


__all__ = ["ONLINE", "READING", "RUNNING", "Finding", "SpaceFolder", "check_space", "look_around"]
