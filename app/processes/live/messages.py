"""What the window and the process that follows its levers say to each other; each message is pickled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment import Comparison, Results
    from sim.outcomes.bands import Band


@dataclass(frozen=True)
class Side:
    """A scenario as it stood at some moment, under one of its arms."""

    text: str
    path: Path | None
    """the file that the text belongs to, which may extend others"""
    arm: str | None
    """None for the scenario itself"""
    name: str
    """what sentences call it"""


@dataclass(frozen=True)
class Ask:
    """Simulate a few customers under `now` and compare them with the `baseline`; an older question is dropped."""

    number: int
    baseline: Side
    now: Side
    at_once: bool
    """drop the older question even where it has not been answered at all"""


@dataclass(frozen=True)
class Loading:
    """The engine is being compiled for this machine, which happens once."""

    seconds_left: float | None
    """about how long that still takes; None where nobody knows"""


@dataclass(frozen=True)
class Answer:
    """What the replications finished so far say."""

    number: int
    results: Results
    """with what sentences need of each replication, and nothing else"""
    comparison: Comparison
    """the chief outcomes of `now` minus those of the baseline"""
    bands: dict[tuple[str, str], Band]
    """by arm and curve; the arm `difference` stands for the two curves' difference"""
    seconds: float
    """since the question came"""
    whole: bool
    """whether all replications are in"""
    fewer: bool
    """whether there are fewer customers than the scenario has; what depends on their number is left out then"""
    scale_note: str | None
    """how many customers were simulated of how many, and what that leaves as it is; None where all were"""


@dataclass(frozen=True)
class Unfit:
    """The scenario cannot be simulated as it stands."""

    number: int
    words: str
    """the first thing that is wrong with it"""
    count: int
    """how many things are wrong"""
    of_baseline: bool
    """whether it is the baseline that cannot be simulated"""


@dataclass(frozen=True)
class Failed:
    """Something went wrong meanwhile; the next question is answered nevertheless."""

    words: str


LiveNews = Loading | Answer | Unfit | Failed
