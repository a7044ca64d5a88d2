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
    """the id of the score in the file"""
    event: str
    """what must happen, as in the event log"""
    happens: str
    """in a sentence, after "who" """
    wanted: bool
    """whether a brand is after it"""


OUTCOMES: Final = {
    "churn": Outcome("churn", "churn-risk", "churn", "leave for good", wanted=False),
    "purchase": Outcome("purchase", "purchase-propensity", "conversion", "convert", wanted=True),
}


def happened(history: History, outcome: Outcome, begin: float, end: float) -> NDArray[np.bool_]:
    """Whom it happens to from `begin` up to (not including) `end`, shape (customers,)."""
    events = history.events
    assert events is not None
    within = (events.event == EVENTS.index(outcome.event)) & (events.time >= begin) & (events.time < end)
    found = np.zeros(len(history.customers.number), np.bool_)
    found[events.customer[within]] = True
    return found
