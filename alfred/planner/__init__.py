"""The embedded planner: rules that write code actions from a brief, as a smolagents model.

It is not a language model and is never called one. It needs no token and no network, and the agent, the
executor and the tools around it are the real ones.
"""

from alfred.planner.model import EmbeddedPlanner

__all__ = ["EmbeddedPlanner"]
