"""A rule that a plan or an answer breaks, told so that a model can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """The rule, what was found, what was asked, and what to do; common sense where `hard` is false."""

    rule: str
    found: str
    asked: str
    fix: str
    hard: bool = True

    def __str__(self) -> str:
        return f"{self.rule}: found {self.found}, but asked was {self.asked}. {self.fix}"
