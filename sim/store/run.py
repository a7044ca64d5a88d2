"""What is known of a run and its arms besides what was measured."""

from dataclasses import dataclass
from typing import Final, Literal

Status = Literal["running", "finished", "interrupted", "failed"]
LATEST: Final = "latest"
"""Stands for the run that was started last."""


@dataclass(frozen=True)
class Run:
    """What is known of a run besides its results; the columns of the table `runs`."""

    id: str
    scenario: str
    """id of the scenario"""
    name: str
    scenario_text: str
    scenario_hash: str
    seed: int
    replications: int
    """asked for"""
    precision: str | None
    """OUTCOME=HALF_WIDTH, where the run goes on until that is reached"""
    customers: int
    horizon: float
    arms: int
    status: Status
    started: str
    """UTC, ISO 8601"""
    ended: str | None
    engine: str
    package: str
    python: str
    numpy: str
    note: str
    """what somebody wrote about it"""
    stored: int
    """replications that are in the store"""


@dataclass(frozen=True)
class StoredArm:
    """An arm as it was simulated; the text is its whole scenario."""

    id: str
    name: str
    text: str
