"""What is measured of one replication: the records that experiments collect and the store keeps."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ALL = "all"
"""The segment id under which everybody counts."""
TREATED = "treated"
HOLDOUT = "holdout"
"""The segment ids under which those count whom the brand addresses, and those whom it leaves alone."""


@dataclass(frozen=True)
class Curve:
    """A share over time."""

    day: NDArray[np.float64]
    """days, ascending"""
    value: NDArray[np.float64]
    """shares; NaN where too few are left to tell"""


@dataclass(frozen=True)
class Measured:
    """The outcomes of one arm in one replication."""

    arm: str
    replication: int
    events: int
    seconds: float
    outcomes: dict[str, dict[str, float]]
    """by segment (ALL first), then outcome id; what the scenario cannot have, or too few show, is absent"""
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
    actions: dict[str, dict[str, float]] = field(default_factory=dict)
    """by action id, and by `ID@CHANNEL`, then figure: sent, delivered, opened, responded, …"""
    drawn: dict[str, dict[str, float]] = field(default_factory=dict)
    """`outcomes` with the uncertain values drawn anew for the replication; empty where nothing is uncertain"""


@dataclass(frozen=True)
class Replication:
    """All arms of one replication, over the same customers."""

    number: int
    arms: tuple[Measured, ...]
    """in the order of the arms"""
    pairs: dict[str, dict[str, dict[str, float]]]
    """arm id, then segment, then outcome id: differences to the first arm that only a pair has (`retention_90_both`)"""
    drawn_pairs: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    """`pairs` with the uncertain values drawn"""
