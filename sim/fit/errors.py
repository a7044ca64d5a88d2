"""What is wrong with an event log, in words that help."""

from collections.abc import Iterable

from sim.scenario import Finding
from sim.scenario.nearest import did_you_mean


class FitError(Exception):
    """The log cannot be fitted; `findings` says where, what is wrong and what would be right."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings in order; the message has a line for each."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def wrong(file: str, address: str, problem: str, remedy: str, line: int | None = None) -> FitError:
    """A FitError with one finding; the address may be empty where it is the whole file."""
    return FitError([Finding(file, line, address, problem, remedy)])


def unknown(file: str, what: str, name: str, known: Iterable[str], many: str) -> Finding:
    """The finding that the log has no such column, activity …, with the nearest one that it has."""
    return Finding(file, None, f"{what} {name}", f"the log has no {what} of this name", did_you_mean(name, known, many))
