"""What the window asks the process that looks into things, and what comes back; each message is pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from sim.identity import Measures
    from sim.identity.around import Around
    from sim.scenario import Scenario
    from sim.scenario.identity import Method


@dataclass(frozen=True)
class WhoIsWho:
    """Which records the brand takes to be of one person, by each method added to those before."""

    scenario: Scenario


@dataclass(frozen=True)
class Step:
    """What came of some methods."""

    methods: tuple[Method, ...]
    measures: Measures


@dataclass(frozen=True)
class Found:
    """The answer to `WhoIsWho`."""

    channels: tuple[str, ...]
    """the enabled ones, in file order"""
    steps: tuple[Step, ...]
    """the last by all methods"""
    mixed: tuple[int, ...]
    """customers with a record in a profile with somebody else's"""
    parted: tuple[int, ...]
    """customers whose records are in several profiles"""


@dataclass(frozen=True)
class RecordsAround:
    """The records around a customer; the answer is an `Around`."""

    scenario: Scenario
    customer: int


@dataclass(frozen=True)
class CustomerStory:
    """What happened to a customer of a stored run; the answer is a `sim.story.Story`."""

    db: Path
    run: str
    arm: str
    replication: int
    customer: int


@dataclass(frozen=True)
class Training:
    """A score fitted to a pilot of a scenario; the answer is a `sim.training.Report`."""

    scenario: Scenario
    outcome: str
    """id among `sim.training.OUTCOMES`"""
    within: float
    """days"""


Question = WhoIsWho | RecordsAround | CustomerStory | Training


@dataclass(frozen=True)
class Asked:
    """A question, and its number."""

    number: int
    question: Question


@dataclass(frozen=True)
class Doing:
    """What is done for it at the moment."""

    number: int
    words: str


@dataclass(frozen=True)
class Answered:
    """The answer."""

    number: int
    answer: Found | Around | Any


@dataclass(frozen=True)
class Unanswered:
    """Why there is none, in plain words."""

    number: int
    words: str
