"""Alfred beside stock smolagents, measured in one run."""
