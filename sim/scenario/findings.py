"""What is wrong with a scenario, said so that a person can put it right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]
KeyPath = tuple[str | int, ...]
"""Where a value stands in the tables of a file: keys, and positions (from 0) in lists."""

LONGEST = 1000
"""Letters of a part of a finding."""
MOST = 100
"""Findings that are listed one by one; of more, the last says how many there are."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, and what would be right."""

    file: str | None
    line: int | None
    address: str
    problem: str
    remedy: str
    level: Level = "error"

    def __post_init__(self) -> None:
        """Cut short what nobody reads: a name in a file may have millions of letters."""
        for name in ("address", "problem", "remedy"):
            words = getattr(self, name)
            if len(words) > LONGEST:
                object.__setattr__(self, name, f"{words[: LONGEST - 1]}…")

    def __str__(self) -> str:
        """`file:line: address: problem; remedy` on one line, without what is not known."""
        where = self.file or ""
        if self.line is not None:
            where += f":{self.line}" if where else f"line {self.line}"
        parts = (where, self.address, f"{self.problem}; {self.remedy}" if self.remedy else self.problem)
        words = ": ".join(part for part in parts if part)
        # A name or value of the file may hold line ends or worse.
        return "".join(letter if letter.isprintable() else " " for letter in words)


def listed(findings: Sequence[Finding], more: int = 0) -> tuple[Finding, ...]:
    """At most so many of the findings as people read, errors before warnings, in the order given.

    Where there are others, or `more` that nobody put into words, the last says how many.
    """
    if not more and len(findings) <= MOST + 1:  # one more is as short as saying so
        return tuple(findings)
    urgent = sorted(range(len(findings)), key=lambda index: findings[index].level == "warning")[:MOST]
    more += len(findings) - len(urgent)
    kept = [findings[index] for index in sorted(urgent)]
    if more:
        level: Level = "error" if any(finding.level == "error" for finding in kept) else "warning"
        file = kept[-1].file if kept else None
        kept.append(Finding(file, None, "", f"and {more:,} more like these", "fix those above first", level))
    return tuple(kept)


class ScenarioError(Exception):
    """The input is wrong; `findings` holds what was found, warnings too, in the order of the file."""

    def __init__(self, findings: Iterable[Finding], more: int = 0) -> None:
        """Keep what was found, and how much more there was."""
        self.findings = listed(tuple(findings), more)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type["ScenarioError"], tuple[tuple[Finding, ...]]]:
        """Workers hand it back to their parent."""
        return type(self), (self.findings,)


@dataclass(frozen=True)
class Fault:
    """A finding before its file and line are looked up."""

    key_path: KeyPath
    problem: str
    remedy: str
    level: Level = "error"


@dataclass(frozen=True)
class Rest(Fault):
    """Faults that nobody put into words, because there are so many."""

    key_path: KeyPath = ()
    problem: str = ""
    remedy: str = ""
    count: int = 0


def rest(count: int) -> list[Fault]:
    """So many faults that are not put into words; none where the count is not above 0."""
    return [Rest(count=count)] if count > 0 else []


def not_worded(faults: Iterable[Fault]) -> int:
    """How many faults there are beside those in words."""
    return sum(fault.count for fault in faults if isinstance(fault, Rest))
