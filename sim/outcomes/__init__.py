"""One definition per outcome, and what each is in a history.

`DEFINITIONS` is the registry; `measure(history, scenario, arm, seconds)` gives the outcomes of one arm in one
replication, `pair(first, other)` those that only two arms have together. What needs the engine is loaded at first use.
"""

from typing import TYPE_CHECKING, Any

from sim.outcomes.definitions import DEFINITIONS, HEADLINES, MAIN, TOLD_TOGETHER, possible
from sim.outcomes.outcome import Outcome
from sim.outcomes.records import ALL, Curve, Measured, Replication

if TYPE_CHECKING:
    from sim.outcomes.measuring import measure
    from sim.outcomes.two_arms import Standing, difference, pair, standing

__all__ = [
    "ALL",
    "DEFINITIONS",
    "HEADLINES",
    "MAIN",
    "TOLD_TOGETHER",
    "Curve",
    "Measured",
    "Outcome",
    "Replication",
    "Standing",
    "difference",
    "measure",
    "pair",
    "possible",
    "standing",
]


def __getattr__(name: str) -> Any:
    if name == "measure":
        from sim.outcomes.measuring import measure

        return measure
    if name in ("Standing", "difference", "pair", "standing"):
        from sim.outcomes import two_arms

        return getattr(two_arms, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
