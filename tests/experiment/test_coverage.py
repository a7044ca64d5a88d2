"""How often the intervals hold what they are to hold: the mean in the long run, and one more replication.

Many replications of a small shop are simulated once. They are the world: what they all come to is what an interval
of a few of them is to hold, and each of the others is a new cohort. Experiments of 5, 10, 20 or 40 replications
are then drawn from them, so many that coverage is known to about half a point; of 300 it has a standard error of 1.3.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest

from sim import run
from sim.experiment import Interval, Results
from sim.outcomes import ALL, Measured
from sim.scenario import Arm
from sim.scenario.scenario import Scenario
from tests.builders import scenario

OUTCOMES = ("conversion_rate", "retention_90", "order_value", "cost_per_acquisition", "profit")
ORDER = {"kind": "conversion", "value": {"family": "lognormal", "mean": 60, "sd": 60}, "margin": 0.4}
FEWEST, MOST = 0.93, 0.97


def shop() -> Scenario:
    """About 400 arrivals, of whom 100 are bought; orders with a long tail, some customers order twice, most leave."""
    return scenario(
        horizon=130,
        population={"size": 300},
        channels=[
            {"id": "web"},
            {"id": "ads", "acquisition": {"spend": 1000, "cost_per_arrival": 10, "saturation": 100_000}},
        ],
        touchpoints=[
            {"id": "start", "start": True},
            {"id": "buy", "goal": ORDER},
            {"id": "again", "goal": ORDER},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "start", "to": "buy", "share": 0.3, "delay": 1},
            {"from": "start", "to": "gone", "share": 0.7, "delay": 1},
            {"from": "buy", "to": "again", "share": 0.5, "delay": {"family": "exponential", "mean": 60}},
            {"from": "buy", "to": "gone", "share": 0.5, "delay": {"family": "exponential", "mean": 90}},
            {"from": "again", "to": "gone", "share": 1, "delay": {"family": "exponential", "mean": 90}},
        ],
    )


def world(replications: int) -> Results:
    """Two arms of the shop, the second of which wins more; with no more outcomes than are looked at."""
    arms = [Arm(id="plain"), Arm(id="better", set={"transitions.start/buy.share": 0.36})]
    found = run(shop(), arms=arms, seed=20261129, replications=replications, workers=1)
    return replace(
        found,
        replications=tuple(
            replace(one, arms=tuple(_only(measured) for measured in one.arms), pairs={}) for one in found.replications
        ),
    )


def _only(measured: Measured) -> Measured:
    own, sums = measured.outcomes[ALL], measured.sums[ALL]
    return replace(
        measured,
        outcomes={ALL: {id_: own[id_] for id_ in (*OUTCOMES, "cost", "revenue") if id_ in own}},
        sums={ALL: {id_: sums[id_] for id_ in OUTCOMES if id_ in sums}},
    )


class Figure(NamedTuple):
    """A level of the first arm, or a difference between the arms."""

    outcome: str
    differs: bool


FIGURES = [Figure(outcome, differs) for differs in (False, True) for outcome in OUTCOMES]


def coverage(of: Results, count: int, experiments: int) -> Iterator[tuple[Figure, float, float]]:
    """Of each figure, how often the interval holds its mean and how much of the world lies in the one-cohort range."""
    chance = np.random.default_rng(count)
    everything = np.array(of.replications, dtype=object)
    truth = _told(of)
    cohorts = {figure: np.sort(list(_own(of, figure).values())) for figure in FIGURES}
    means: dict[Figure, list[bool]] = {figure: [] for figure in FIGURES}
    ranges: dict[Figure, list[float]] = {figure: [] for figure in FIGURES}
    for _ in range(experiments):
        some = replace(of, replications=tuple(chance.choice(everything, count, replace=False)))
        for figure, found in _told(some).items():
            assert found.lo is not None
            assert found.hi is not None
            assert found.range_lo is not None
            assert found.range_hi is not None
            assert found.range_lo <= found.lo <= found.hi <= found.range_hi
            means[figure].append(found.lo <= truth[figure].mean <= found.hi)
            all_ = cohorts[figure]
            inside = np.searchsorted(all_, found.range_hi, "right") - np.searchsorted(all_, found.range_lo, "left")
            ranges[figure].append(inside / all_.size)
    for figure in FIGURES:
        yield figure, float(np.mean(means[figure])), float(np.mean(ranges[figure]))


def _told(of: Results) -> dict[Figure, Interval]:
    levels, differences = of.summary("plain"), of.compare("better", only=OUTCOMES).differences
    return {
        figure: differences[figure.outcome].interval if figure.differs else levels[figure.outcome] for figure in FIGURES
    }


def _own(of: Results, figure: Figure) -> dict[int, float]:
    """Of each replication."""
    return of.changes("better", figure.outcome) if figure.differs else of.values("plain", figure.outcome)


@pytest.mark.slow
def test_intervals_hold_95_of_100_at_any_number_of_replications() -> None:
    everything = world(3000)
    missed = [
        (count, figure, held, within)
        for count in (5, 10, 20, 40)
        for figure, held, within in coverage(everything, count, 2000)
        if not (FEWEST <= held <= MOST and FEWEST <= within <= MOST)
    ]
    assert missed == []


def test_intervals_of_five_replications_hold_about_as_often() -> None:
    # With 400 experiments coverage is known to a standard error of 1.1 points. The range held 63 % when it was the
    # span of the replications, and an interval of 1.96 standard errors would hold 88 %.
    for figure, held, within in coverage(world(300), 5, 400):
        assert FEWEST - 0.022 <= held <= MOST + 0.022, figure
        assert FEWEST - 0.022 <= within <= MOST + 0.022, figure
