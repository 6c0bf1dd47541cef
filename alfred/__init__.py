"""Alfred, a party planner: a code-writing agent, the turns it takes and the page it is served on."""

__version__ = "0.1.0"
