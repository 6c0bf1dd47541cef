"""Alfred, a party planner: a code-writing agent, the turns it takes and the page it is served on.

    from alfred import load_agent_from_hub     an agent from a Space, its code in the jail
    from alfred import publish_space           this folder as a Space
    from alfred import save_agent              this folder's agent alone, as smolagents saves one

They are looked up when they are first asked for, so that `import alfred` loads nothing else.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["load_agent_from_hub", "publish_space", "save_agent"]

_PLACES = {
    "load_agent_from_hub": "alfred.agent",
    "publish_space": "alfred.publish",
    "save_agent": "alfred.save",
}


def __getattr__(name: str) -> Any:
    """Return one of the public functions from its module."""
    if name not in _PLACES:
        raise AttributeError(f"alfred has no {name}: it has {', '.join(__all__)}.")
    return getattr(import_module(_PLACES[name]), name)
