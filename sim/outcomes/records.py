"""What is measured of one replication: the records that experiments collect and the store keeps."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.intervals import Limits

ALL = "all"
"""The segment id under which everybody counts."""
TREATED = "treated"
HOLDOUT = "holdout"
"""The groups of those whom the brand addresses, and of those whom it leaves alone."""

Values = dict[str, dict[str, float]]
"""By segment or group, then outcome id: a replication's own value."""
Sums = dict[str, dict[str, tuple[float, float]]]
"""By segment or group, then outcome id: what the value is a ratio of, part and whole; also where the whole is 0."""


FIGURE_LIMITS: Final[dict[str, Limits]] = {
    **dict.fromkeys(("dropoff", "dropoff_bad", "dropoff_other", "reached", "lost", "bad"), (0.0, 1.0)),
    "emotion": (-1.0, 1.0),
    "effort": (1.0, 7.0),
    **dict.fromkeys(("visits", "present", "goals", "days", "wait"), (0.0, None)),
}
"""The lowest and the highest value of the figures of touchpoints and stages; others can have any."""


@dataclass(frozen=True)
class Curve:
    """A share over time."""

    day: NDArray[np.float64]
    """days, ascending"""
    value: NDArray[np.float64]
    """shares; NaN where too few are left to tell"""


@dataclass(frozen=True, repr=False)
class Measured:
    """The outcomes of one arm in one replication."""

    arm: str
    replication: int
    events: int
    seconds: float
    outcomes: Values
    """ALL first, then the segments; what the scenario cannot have, or too few show, is absent"""
    absent: dict[str, str]
    """why an outcome that the scenario could have is absent for ALL, by outcome id"""
    curves: dict[str, Curve]
    """`retention` (days since acquisition) and `conversion` (days since arrival)"""
    touchpoints: dict[str, dict[str, float]] = field(default_factory=dict)
    """by touchpoint id, then figure: visits, dropoff, …"""
    transitions: dict[str, dict[str, float]] = field(default_factory=dict)
    channels: dict[str, dict[str, float]] = field(default_factory=dict)
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    """by stage id, in order, then figure: reached, dropoff, visits"""
    segment_touchpoints: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """by segment, then as `touchpoints`: some of the figures; nothing where there is but one segment, or very many"""
    segment_stages: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """by segment, then as `stages`; likewise"""
    actions: dict[str, dict[str, float]] = field(default_factory=dict)
    """by action id, and by `ID@CHANNEL`, then figure: sent, delivered, opened, responded, …"""
    eligibility: dict[str, dict[str, float]] = field(default_factory=dict)
    """by action id, then step (model 26): customers who stand there; steps where nobody does are left out"""
    segment_eligibility: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """by segment, then as `eligibility`; nothing where there is but one segment, or very many"""
    sums: Sums = field(default_factory=dict)
    """of those `outcomes` that divide by what the replication itself decides: over replications, ratios of sums"""
    groups: Values = field(default_factory=dict)
    """of the TREATED and of the HOLDOUT, where some are held out; each customer is in a segment as well"""
    group_sums: Sums = field(default_factory=dict)
    drawn: Values = field(default_factory=dict)
    """`outcomes` with the uncertain values drawn anew for the replication; empty where nothing is uncertain"""
    drawn_sums: Sums = field(default_factory=dict)
    drawn_groups: Values = field(default_factory=dict)
    drawn_group_sums: Sums = field(default_factory=dict)
    daily: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """by id of a series: its value on each day of the run, shape (days,); nothing of very long runs"""
    ledger: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """by line of a profit and loss: what was earned and spent on each day, where that was asked for; never stored"""

    def __repr__(self) -> str:
        """Whose it is."""
        return f"<Measured {self.arm}, replication {self.replication}: {len(self.outcomes.get(ALL, {}))} outcomes>"


@dataclass(frozen=True, repr=False)
class Replication:
    """All arms of one replication, over the same customers."""

    number: int
    arms: tuple[Measured, ...]
    """in the order of the arms"""
    pairs: dict[str, dict[str, dict[str, float]]]
    """arm id, then segment, then outcome id: differences to the first arm that only a pair has (`retention_90_both`)"""
    drawn_pairs: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """`pairs` with the uncertain values drawn"""

    def __repr__(self) -> str:
        """Which one it is."""
        return f"<Replication {self.number}: {len(self.arms)} arms>"
