"""Final answer: hands the agent's answer to the host and ends the turn.

It does not judge the answer; the checks of the agent do that.
"""

from smolagents.tools import Tool


class FinalAnswerTool(Tool):
    """Ends the turn with an answer of any kind."""

    name = "final_answer"
    description = "Gives the host the finished answer and ends the task."
    inputs = {"answer": {"type": "any", "description": "The finished answer"}}
    output_type = "any"

    def forward(self, answer: object) -> object:
        """Return the answer as it came."""
        return answer
