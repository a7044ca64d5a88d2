"""What each arm gains against the first, in a few words that stand below its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.desktop.results.results_reading import difference_text
from sim.experiment.sentence import headline
from sim.outcomes import DEFINITIONS, HEADLINES

if TYPE_CHECKING:
    from sim.experiment import Results

FIRST: Final = "What the others are compared with"


@dataclass(frozen=True)
class Gain:
    """What a run found of an arm."""

    words: str
    """the difference with its simulation error; in a second line of what"""
    sentence: str
    """the whole answer"""


def gains(results: Results) -> dict[str, Gain]:
    """Those of all arms but the first, which is what they are compared with; of none before a replication is over."""
    first, *others = results.arms
    if not results.replications or not others:
        return {}
    found = {first: Gain(FIRST, f"{FIRST}.")}
    for arm in others:
        difference = headline(results.compare(arm, first, only=HEADLINES).differences)
        if difference is not None:
            label = DEFINITIONS[difference.outcome].label
            words = difference_text(difference.outcome, difference.interval, results.scenario.currency)
            found[arm] = Gain(f"{words}\n{label}", results.sentence(arm))
    return found
