"""What a request asks for: `read_brief` turns the host's words into a typed `Brief`."""

from alfred.brief.model import Brief, Diet, Task
from alfred.brief.read import read_brief

__all__ = ["Brief", "Diet", "Task", "read_brief"]
