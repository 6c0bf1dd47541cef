"""What one run shows: Alfred beside stock smolagents, and the three doors of this repository."""
