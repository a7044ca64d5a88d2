"""Training a score of what somebody will bring: money instead of a chance (model 34)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from sim.engine import compile_program, simulate
from sim.experiment.profiles import profiles_of
from sim.scenario.addresses.overriding import override
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario
from sim.training.looks import NAMES, RANDOM_SHARE, Floats, days_of_looks, present, seed_of_pilots
from sim.training.margins import margins
from sim.training.measures import in_tenths
from sim.training.models import Model, check_sklearn, fit_linear, fit_trees_to_amounts
from sim.training.noted import in_order, profiles_at
from sim.training.ranking import Estimate
from sim.training.train import TESTED_ON, TRAINED_ON, NothingToLearnError


@dataclass(frozen=True)
class ValueLooks:
    """At each customer who is there on each of some days."""

    known: Floats
    """(looks, NAMES)"""
    earned: Floats
    """until the next of these days, in money"""
    customer: NDArray[Any]
    """whose look it is"""


@dataclass(frozen=True)
class ValueTenth:
    """A tenth of the looks, by their score."""

    looks: int
    expected: float
    """mean score"""
    earned: Estimate
    """on average"""
    lift: float | None
    """`earned` by that of all; None where nothing was earned"""
    share: float | None
    """of all that was earned"""


@dataclass(frozen=True)
class ValueReport:
    """A score of what customers will bring, and how good it is on others than it was trained on."""

    score: ClassVar[str] = "lifetime-value"
    """its id in the file"""
    days: tuple[float, ...]
    """of the run, on which customers were looked at"""
    within: float
    """days in which money is earned"""
    trained: int
    tested: int
    """looks at customers"""
    model: Model
    earned: Estimate
    """by those tested, on average"""
    ranks: float | None
    """Spearman's correlation of score and money; None where the score is the same for all"""
    trees_ranks: float | None
    """of boosted trees"""
    calibration_error: float
    """in money"""
    tenths: tuple[ValueTenth, ...]
    """by score, the highest first"""


def earns(scenario: Scenario) -> bool:
    """Whether any goal brings money, so that there is a value to foresee."""
    return any(one.goal and one.goal.value is not None for one in enabled_touchpoints(scenario))


def train_value(scenario: Scenario, within: float, seed: int, tell: Callable[[str], None]) -> ValueReport:
    """A score of the margin that a customer brings within so many days.

    MissingSklearnError and NothingToLearnError say why it cannot be.
    """
    check_sklearn()
    seed = seed_of_pilots(seed)
    pilot = override(scenario, {"orchestration.holdout": RANDOM_SHARE})
    days = days_of_looks(scenario.horizon, within)
    tell("Simulating the pilot")
    trained = _observed(pilot, days, within, seed, TRAINED_ON)
    if not len(trained.earned) or np.ptp(trained.earned) == 0.0:
        raise NothingToLearnError(
            f"in the pilot everybody brings the same within {within:g} days of a look at who was there; give a goal a "
            "value, take more customers, or other days (--within)"
        )
    tell("Simulating others to judge it by")
    tested = _observed(pilot, days, within, seed, TESTED_ON)
    tell("Fitting")
    return judged(trained, tested, days, within)


def judged(trained: ValueLooks, tested: ValueLooks, days: Sequence[float], within: float) -> ValueReport:
    """The score that some looks lead to, judged by others."""
    model = fit_linear(trained.known, trained.earned, trained.customer, NAMES)
    score = model.score(tested.known, NAMES)
    trees = fit_trees_to_amounts(trained.known, trained.earned)(tested.known)
    whole = float(tested.earned.sum())
    mean = mean_over_customers(tested.earned, tested.customer)
    tenths = []
    for rows in in_tenths(score):
        earned = mean_over_customers(tested.earned[rows], tested.customer[rows])
        lift = earned.value / mean.value if whole else None
        share = float(tested.earned[rows].sum()) / whole if whole else None
        tenths.append(ValueTenth(len(rows), float(score[rows].mean()), earned, lift, share))
    apart = [each.looks * abs(each.expected - each.earned.value) for each in tenths]
    return ValueReport(
        days=tuple(days),
        within=within,
        trained=len(trained.earned),
        tested=len(tested.earned),
        model=model,
        earned=mean,
        ranks=_ranks(score, tested.earned),
        trees_ranks=_ranks(trees, tested.earned),
        calibration_error=sum(apart) / len(score),
        tenths=tuple(tenths),
    )


def mean_over_customers(amount: Floats, customer: NDArray[Any]) -> Estimate:
    """The mean of all looks; its standard error takes those of one customer together."""
    mean = float(amount.mean())
    _, whose = np.unique(customer, return_inverse=True)
    return Estimate(mean, float(np.sqrt((np.bincount(whose, amount - mean) ** 2).sum()) / len(amount)))


def _ranks(score: Floats, earned: Floats) -> float | None:
    return float(spearmanr(score, earned).statistic) if np.ptp(score) and np.ptp(earned) else None


def _observed(pilot: Scenario, days: Sequence[float], within: float, seed: int, replication: int) -> ValueLooks:
    links = profiles_of(pilot, seed)
    history = simulate(compile_program(pilot, pilot), seed, replication, profiles=links, events=True)
    events = in_order(history)
    earned = margins(events, history, pilot)
    looks = []
    for day, end in zip(days, [*days[1:], days[-1] + within], strict=True):
        here = present(history, day)
        rows = (events.time >= day) & (events.time < end)
        brought = np.bincount(events.customer[rows], earned[rows], len(here))
        looks.append((profiles_at(history, pilot, links, day)[here], brought[here], np.flatnonzero(here)))
    return ValueLooks(*(np.concatenate(column) for column in zip(*looks, strict=True)))
