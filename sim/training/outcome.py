"""What a score is trained to foresee."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import EVENTS, History


@dataclass(frozen=True)
class Outcome:
    """Something that becomes of a customer within some days."""

    id: str
    """as it is asked for"""
    score: str
    """the id in the file of the score of how likely it is"""
    uplift_score: str
    """the id in the file of the score of what the brand's actions change"""
    event: str
    """what must happen, as in the event log"""
    happens: str
    """in a sentence, after "who" """
    wanted: bool
    """whether a brand is after it"""
    good: str
    """in a sentence: what they do if it turns out as the brand wants it"""


OUTCOMES: Final = {
    "churn": Outcome(
        id="churn",
        score="churn-risk",
        uplift_score="saved-by-actions",
        event="churn",
        happens="leave for good",
        wanted=False,
        good="stay",
    ),
    "purchase": Outcome(
        id="purchase",
        score="purchase-propensity",
        uplift_score="won-by-actions",
        event="conversion",
        happens="convert",
        wanted=True,
        good="convert",
    ),
}


def happened(history: History, outcome: Outcome, begin: float, end: float) -> NDArray[np.bool_]:
    """Whom it happens to from `begin` up to (not including) `end`, shape (customers,)."""
    events = history.events
    assert events is not None
    within = (events.event == EVENTS.index(outcome.event)) & (events.time >= begin) & (events.time < end)
    found = np.zeros(len(history.customers.number), np.bool_)
    found[events.customer[within]] = True
    return found
