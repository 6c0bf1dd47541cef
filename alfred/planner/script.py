"""Code actions as data: calls of tools, Python that computes, and the expression that is the answer.

The careful form of an action guards each call by itself, so that what one tool spoils the others still bring.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Action:
    """What a model says in a step: a thought, and code to run."""

    thought: str
    code: str


class Expression(str):
    """A Python expression among the arguments of a call, written as it stands."""

    __slots__ = ()
    __repr__ = str.__str__


@dataclass(frozen=True)
class Call:
    """One call of a tool.

    Attributes:
        variable: gets the result.
        tool: the tool's name.
        arguments: its arguments by position, plain values or expressions.
        excuse: stands for the result in the careful form when the tool fails.
        options: its arguments by name; those that are None are left out.
    """

    variable: str
    tool: str
    arguments: tuple[Any, ...]
    excuse: str | None
    options: dict[str, Any] = field(default_factory=dict)

    def write(self, careful: bool) -> str:
        """Return the call as Python."""
        named = [f"{name}={value!r}" for name, value in self.options.items() if value is not None]
        line = f"{self.variable} = {self.tool}({', '.join([*map(repr, self.arguments), *named])})"
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

    def action(self, careful: bool = False, reviews: int = 0) -> Action:
        """Return the action that takes this way.

        Args:
            careful: guard each call, so that tools that fail are survived.
            reviews: how many answers did not pass; rules know no better one, so the same is given again.
        """
        thought = f"That went wrong, so I guard each call by itself. {self.thought}" if careful else self.thought
        known = f"# Answer {reviews + 1}: what my tools cannot give stands in its checks." if reviews else ""
        end = f"final_answer({self.result})" if self.last else f"print({self.result})"
        lines = [known, *(call.write(careful) for call in self.calls), self.body, end]
        return Action(thought, "\n".join(line for line in lines if line))
