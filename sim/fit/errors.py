"""What is wrong with an event log, in words that help."""

from collections.abc import Iterable

from sim.scenario import Finding
from sim.scenario.did_you_mean import did_you_mean


class FitError(Exception):
    """The log cannot be fitted; `findings` says where, what is wrong and what would be right."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings in order; the message has a line for each."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def printable(text: str) -> str:
    """The text on one line, without control characters and doubled spaces."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def wrong(file: str, address: str, problem: str, remedy: str, line: int | None = None) -> FitError:
    """A FitError with one finding; the address may be empty where it is the whole file."""
    return FitError([Finding(file, line, printable(address), printable(problem), printable(remedy))])


def unknown(file: str, what: str, name: str, known: Iterable[str], many: str) -> Finding:
    """The finding that the log has no such column, activity …, with the nearest one that it has."""
    remedy = printable(did_you_mean(name, known, many))
    return Finding(file, None, printable(f"{what} {name}"), f"the log has no {what} of this name", remedy)
