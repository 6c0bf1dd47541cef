"""One thing that is wrong with a folder, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Where it is, what is wrong, and how to mend it; printed as one line."""

    file: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        line = " ".join(f"{self.file}: {self.fault}: {self.remedy}".split())
        return line if line.endswith(".") else f"{line}."
