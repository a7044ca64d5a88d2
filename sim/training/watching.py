"""What a brand should watch: whether scores still come true, and whether as many respond as gains expect (model 35)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from sim.engine import History
from sim.engine.memory.mixed import Profiles
from sim.outcomes.expected_responses import responses
from sim.scenario.orchestration import Score
from sim.scenario.resolve import enabled_actions
from sim.scenario.scenario import Scenario
from sim.training.looks import NAMES, days_of_looks, present
from sim.training.margins import margins
from sim.training.noted import in_order, profiles_at
from sim.training.outcome import OUTCOMES, happened
from sim.training.value import mean_over_customers

_BY_CHANCE = 0.05
"""How often a score of which all holds is told to be off."""


@dataclass(frozen=True)
class Watched:
    """What is expected of customers, or of sends, and what came of it."""

    kind: Literal["score", "action"]
    id: str
    day: float | None
    """of the look; None for sends, which are those of the whole run"""
    count: int
    """looks at customers, or sends"""
    expected: float
    observed: float
    """shares, or money"""
    error: float
    """standard error of what is observed, if what is expected is right"""
    off: bool
    """whether the two are farther apart than chance explains"""


def watched(history: History, scenario: Scenario, profiles: Profiles | None) -> list[Watched]:
    """All that is expected in a replication with its events: by each score that foresees something, by each action."""
    found: list[Watched] = []
    for name, score in scenario.scores.items():
        if score.foresees is not None and score.within is not None:
            found += _of_score(name, score, history, scenario, profiles)
    for action in enabled_actions(scenario):
        told = responses(history, scenario, action.id)
        if told is not None:
            error = (told.expected * (1.0 - told.expected) / told.sent) ** 0.5
            found += _judged("action", action.id, [(None, told.sent, told.expected, told.observed, error)])
    return found


def _of_score(
    name: str, score: Score, history: History, scenario: Scenario, profiles: Profiles | None
) -> Iterator[Watched]:
    assert score.within is not None
    weights = np.array([score.weights.get(fact, 0.0) for fact in NAMES])
    rows = []
    for day in days_of_looks(scenario.horizon, score.within):
        here, end = present(history, day), day + score.within
        if not here.any():
            continue
        sums = score.intercept + profiles_at(history, scenario, profiles, day)[here] @ weights
        if score.foresees == "value":
            came = _earned(history, scenario, day, end)[here]
            apart = mean_over_customers(came - sums, np.flatnonzero(here))
            expected, error = float(sums.mean()), apart.error
        else:
            came = happened(history, OUTCOMES[score.foresees or ""], day, end)[here]
            chances = 1.0 / (1.0 + np.exp(-sums))
            expected = float(chances.mean())
            error = float(np.sqrt((chances * (1.0 - chances)).sum()) / len(chances))
        rows.append((day, len(came), expected, float(came.mean()), error))
    return _judged("score", name, rows)


def _earned(history: History, scenario: Scenario, day: float, end: float) -> np.ndarray:
    events = in_order(history)
    rows = (events.time >= day) & (events.time < end)
    return np.bincount(events.customer[rows], margins(events, history, scenario)[rows], len(history.customers.number))


def _judged(
    kind: Literal["score", "action"], id_: str, rows: Sequence[tuple[float | None, int, float, float, float]]
) -> Iterator[Watched]:
    """Each of the looks at a score may be off by chance, so the limit is the wider, the more there are."""
    limit = NormalDist().inv_cdf(1.0 - _BY_CHANCE / 2.0 / max(len(rows), 1))
    for day, count, expected, observed, error in rows:
        apart = abs(observed - expected)
        yield Watched(kind, id_, day, count, expected, observed, error, apart > limit * error + 1e-12)
