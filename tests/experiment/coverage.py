"""How often intervals hold over independent experiments: `python -m tests.experiment.coverage`, some minutes.

Each experiment has a seed of its own and 40 replications, and those of 5, 10 and 20 are its parts; no two share any.
What they are held against is the mean of all of them. docs/background/statistics.md has the figures.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from sim import run
from sim.experiment import Interval, Results
from sim.outcomes import ALL, Measured, Replication
from sim.scenario import Arm
from sim.scenario.scenario import Scenario
from tests.builders import scenario

OUTCOMES = ("conversion_rate", "retention_90", "order_value", "cost_per_acquisition", "profit")
COUNTS = (5, 10, 20, 40)
"""Replications of an experiment."""


class Shop(NamedTuple):
    """A scenario of one arm, and what the other arm sets so that it wins more."""

    scenario: Callable[[], Scenario]
    better: dict[str, float]


class Figure(NamedTuple):
    """A level of the first arm, or a difference between the arms."""

    outcome: str
    differs: bool


FIGURES = [Figure(outcome, differs) for differs in (False, True) for outcome in OUTCOMES]


def usual() -> Scenario:
    """About 400 arrivals, of whom 100 are bought; orders with a long tail, some customers order twice, most leave."""
    order = {"kind": "conversion", "value": {"family": "lognormal", "mean": 60, "sd": 60}, "margin": 0.4}
    return scenario(
        horizon=130,
        population={"size": 300},
        channels=[
            {"id": "web"},
            {"id": "ads", "acquisition": {"spend": 1000, "cost_per_arrival": 10, "saturation": 100_000}},
        ],
        touchpoints=[
            {"id": "start", "start": True},
            {"id": "buy", "goal": order},
            {"id": "again", "goal": order},
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


def rare() -> Scenario:
    """About 1,000 arrivals, of whom 300 are bought and one in 17 buys; these order again and again."""
    order = {"kind": "conversion", "value": {"family": "gamma", "mean": 45, "shape": 2.25}, "margin": 0.5}
    return scenario(
        horizon=130,
        population={"size": 700},
        channels=[
            {"id": "web"},
            {"id": "ads", "acquisition": {"spend": 1200, "cost_per_arrival": 4, "saturation": 100_000}},
        ],
        touchpoints=[
            {"id": "start", "start": True},
            {"id": "buy", "goal": order},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "start", "to": "buy", "share": 0.06, "delay": 2},
            {"from": "start", "to": "gone", "share": 0.94, "delay": {"family": "exponential", "mean": 30}},
            {"from": "buy", "to": "buy", "share": 0.6, "delay": {"family": "lognormal", "mean": 30, "sd": 30}},
            {"from": "buy", "to": "gone", "share": 0.4, "delay": {"family": "exponential", "mean": 60}},
        ],
    )


SHOPS = {
    "usual": Shop(usual, {"transitions.start/buy.share": 0.36}),
    "rare": Shop(rare, {"transitions.start/buy.share": 0.08}),
}


def experiment(shop: Shop, seed: int, replications: int) -> Results:
    """Both arms of a shop, with no more outcomes than are looked at."""
    arms = [Arm(id="plain"), Arm(id="better", set=dict(shop.better))]
    found = run(shop.scenario(), arms=arms, seed=seed, replications=replications, workers=1)
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


def _numbered(one: Replication, number: int) -> Replication:
    """The replication under a number that no other has."""
    arms = tuple(replace(measured, replication=number) for measured in one.arms)
    return replace(one, number=number, arms=arms)


def told(of: Results) -> dict[Figure, Interval]:
    """Each figure with its intervals."""
    levels, differences = of.summary("plain"), of.compare("better", only=OUTCOMES).differences
    return {
        figure: differences[figure.outcome].interval if figure.differs else levels[figure.outcome] for figure in FIGURES
    }


def coverage(of: Results, experiments: Iterator[Sequence[Replication]]) -> Iterator[tuple[Figure, float, float]]:
    """Of each figure, how often the interval holds its mean and how much of all lies in the one-cohort range."""
    truth = told(of)
    cohorts = {figure: np.sort(list(_own(of, figure).values())) for figure in FIGURES}
    means: dict[Figure, list[bool]] = {figure: [] for figure in FIGURES}
    ranges: dict[Figure, list[float]] = {figure: [] for figure in FIGURES}
    for some in experiments:
        for figure, found in told(replace(of, replications=tuple(some))).items():
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


def _own(of: Results, figure: Figure) -> dict[int, float]:
    """Of each replication."""
    return of.changes("better", figure.outcome) if figure.differs else of.values("plain", figure.outcome)


def main() -> None:
    """Print what intervals of independent experiments hold, in percent, with how many there were."""
    parser = argparse.ArgumentParser(prog="python -m tests.experiment.coverage", description=__doc__)
    parser.add_argument("--seeds", type=int, default=500, help="experiments of 40 replications, each with its own")
    parser.add_argument("shop", nargs="?", choices=list(SHOPS), help="one of the shops; all without it")
    options = parser.parse_args()
    for name in [options.shop] if options.shop else SHOPS:
        found = [experiment(SHOPS[name], 1_000_000 + number, max(COUNTS)) for number in range(options.seeds)]
        everything = [one for each in found for one in each.replications]
        numbered = [_numbered(one, number) for number, one in enumerate(everything)]
        world = replace(found[0], replications=tuple(numbered))
        for count in COUNTS:
            parts = [numbered[begin : begin + count] for begin in range(0, len(numbered), count)]
            for figure, held, within in coverage(world, iter(parts)):
                what = f"{figure.outcome}{' (difference)' if figure.differs else ''}"
                error = (held * (1 - held) / len(parts)) ** 0.5
                print(
                    f"{name}, {count} replications, {len(parts):,} experiments: {what}: mean {held:.1%} "
                    f"(standard error {error:.1%}), one cohort {within:.1%}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
