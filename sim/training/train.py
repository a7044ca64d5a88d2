"""Training: a pilot with actions at random, its profiles at some days, and what became of customers after each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.engine import History, compile_program, simulate
from sim.experiment.profiles import profiles_of
from sim.scenario.addresses.overriding import override
from sim.scenario.profile import FACTS
from sim.scenario.scenario import Scenario
from sim.training import measures
from sim.training.models import check_sklearn, fit_logistic, fit_trees
from sim.training.noted import profiles_at
from sim.training.outcome import Outcome, happened
from sim.training.report import Report

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NAMES = tuple(f"profile.{name}" for name in FACTS)
_RANDOM_SHARE = 0.5
_TRAINED_ON, _TESTED_ON = 0, 1
_ROUNDING = 1e-9


class NothingToLearnError(ValueError):
    """It happens to nobody in the pilot, or to everybody."""


@dataclass(frozen=True)
class Pilot:
    """Looks at the customers of one replication: at each who is there on each of some days."""

    known: Floats
    """(looks, NAMES)"""
    happened: Flags
    treated: Flags
    """those who are not in the holdout, by lot"""


def train(scenario: Scenario, outcome: Outcome, within: float, seed: int, tell: Callable[[str], None]) -> Report:
    """A score for what happens within so many days, from what is known before.

    The scenario is simulated with half the customers held out by lot, and they are looked at every `within` days. It is
    trained on one population and judged on another. MissingSklearnError and NothingToLearnError say why it cannot be.
    """
    check_sklearn()
    pilot = override(scenario, {"orchestration.holdout": _RANDOM_SHARE})
    days = looks(scenario.horizon, within)
    look = partial(_observed, pilot, outcome, days, within, seed)
    tell("Simulating the pilot")
    trained = look(_TRAINED_ON)
    if trained.happened.all() or not trained.happened.any():
        share = "everybody" if trained.happened.any() else "nobody"
        raise NothingToLearnError(
            f"in the pilot {share} did {outcome.happens} within {within:g} days of a look at who was there; take more "
            "customers, or other days (--within)"
        )
    tell("Simulating others to judge it by")
    tested = look(_TESTED_ON)
    tell("Fitting")
    model = fit_logistic(trained.known, trained.happened, NAMES)
    score = model.score(tested.known, NAMES)
    trees = fit_trees(trained.known, trained.happened)(tested.known)
    parts = measures.tenths(score, tested.happened, tested.treated)
    uplift, error = measures.difference(tested.happened, tested.treated)
    return Report(
        outcome=outcome,
        days=tuple(days),
        within=within,
        trained=len(trained.happened),
        tested=len(tested.happened),
        model=model,
        share=float(tested.happened.mean()),
        auc=measures.auc(score, tested.happened),
        trees_auc=measures.auc(trees, tested.happened),
        calibration_error=measures.calibration_error(parts),
        tenths=tuple(parts),
        uplift=uplift,
        uplift_error=error,
    )


def looks(horizon: float, within: float) -> list[float]:
    """The days on which customers are looked at: one after the other, as far as the days after them are in the run."""
    return [within * number for number in range(1, int(horizon / within + _ROUNDING))]


def _observed(
    scenario: Scenario, outcome: Outcome, days: Sequence[float], within: float, seed: int, replication: int
) -> Pilot:
    """On each day those who have arrived before it and not left."""
    links = profiles_of(scenario, seed)
    program = compile_program(scenario, scenario)
    history = simulate(program, seed, replication, profiles=links, events=True)
    there = [_present(history, day) for day in days]
    ends = [*days[1:], days[-1] + within]
    return Pilot(
        np.concatenate(
            [profiles_at(history, scenario, links, day)[here] for day, here in zip(days, there, strict=True)]
        ),
        np.concatenate(
            [happened(history, outcome, day, end)[here] for day, end, here in zip(days, ends, there, strict=True)]
        ),
        np.concatenate([~history.customers.holdout[here] for here in there]),
    )


def _present(history: History, day: float) -> Flags:
    customers = history.customers
    return np.asarray((customers.arrival < day) & ~(customers.exit < day))
