"""Code actions as data: calls of tools, Python that computes, and the expression that is the answer.

The careful form of an action guards each call by itself, so that what one tool spoils the others still bring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Action:
    """What a model says in a step: a thought, and code to run."""

    thought: str
    code: str


@dataclass(frozen=True)
class Call:
    """One call of a tool.

    Attributes:
        variable: gets the result.
        tool: the tool's name.
        arguments: its arguments, plain values, by position.
        excuse: stands for the result in the careful form when the tool fails.
    """

    variable: str
    tool: str
    arguments: tuple[Any, ...]
    excuse: str

    def write(self, careful: bool) -> str:
        """Return the call as Python."""
        line = f"{self.variable} = {self.tool}({', '.join(map(repr, self.arguments))})"
        if not careful:
            return line
        return f"try:\n    {line}\nexcept Exception:\n    {self.variable} = {self.excuse!r}"


@dataclass(frozen=True)
class Script:
    """The way to an answer.

    Attributes:
        thought: why this way, in a sentence.
        result: the Python expression that is the answer.
        calls: the tools to call first, in order.
        body: Python lines that compute what the result needs.
        last: False where the result must be read before there can be an answer.
    """

    thought: str
    result: str
    calls: tuple[Call, ...] = ()
    body: str = ""
    last: bool = True

    @classmethod
    def saying(cls, thought: str, text: str) -> Self:
        """Return the script that answers with a fixed text."""
        return cls(thought, repr(text))

    @classmethod
    def joining(cls, scripts: Sequence[Self]) -> Self:
        """Return one script that answers what these answer, in their order."""
        return cls(
            thought=" ".join(script.thought for script in scripts),
            result=f'"\\n\\n".join([{", ".join(f"str({script.result})" for script in scripts)}])',
            calls=tuple(call for script in scripts for call in script.calls),
            body="\n".join(script.body for script in scripts if script.body),
        )

    def action(self, careful: bool = False) -> Action:
        """Return the action that takes this way; the careful form survives tools that fail."""
        thought = f"That went wrong, so I guard each call by itself. {self.thought}" if careful else self.thought
        end = f"final_answer({self.result})" if self.last else f"print({self.result})"
        lines = [*(call.write(careful) for call in self.calls), self.body, end]
        return Action(thought, "\n".join(line for line in lines if line))
