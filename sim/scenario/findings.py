"""What is wrong with a scenario, said so that a person can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
Place = tuple[str | int, ...]
"""Where a value stands in the tables of a file: keys, and positions (from 0) in lists."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, and what would be right."""

    file: str | None
    line: int | None
    address: str
    problem: str
    remedy: str
    level: Level = "error"

    def __str__(self) -> str:
        """`file:line: address: problem; remedy` on one line, without what is not known."""
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}" if where else f"line {self.line}"
        parts = (where, self.address, f"{self.problem}; {self.remedy}" if self.remedy else self.problem)
        words = ": ".join(part for part in parts if part)
        # A name or value of the file may hold line ends or worse.
        return "".join(letter if letter.isprintable() else " " for letter in words)


class ScenarioError(Exception):
    """The input is wrong; `findings` holds all that was found, warnings too, in the order of the file."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep what was found."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type["ScenarioError"], tuple[tuple[Finding, ...]]]:
        """Workers hand it back to their parent."""
        return type(self), (self.findings,)


@dataclass(frozen=True)
class Fault:
    """A finding before its file and line are looked up."""

    place: Place
    problem: str
    remedy: str
    level: Level = "error"
