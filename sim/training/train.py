"""Training: a pilot with half the customers held out by lot, and how likely something is by what was known before."""

from collections.abc import Callable, Sequence
from functools import partial

from sim.engine import compile_program, simulate
from sim.experiment.profiles import profiles_of
from sim.scenario.addresses.overriding import override
from sim.scenario.scenario import Scenario
from sim.training import measures
from sim.training.looks import NAMES, RANDOM_SHARE, Looks, days_of_looks, looks_at, seed_of_pilots, together
from sim.training.models import check_sklearn, fit_logistic, fit_trees
from sim.training.outcome import Outcome
from sim.training.report import Report
from sim.training.uplift import train_uplift

TRAINED_ON, TESTED_ON = 0, 1


class NothingToLearnError(ValueError):
    """It happens to nobody in the pilot, or to everybody."""


def train(scenario: Scenario, outcome: Outcome, within: float, seed: int, tell: Callable[[str], None]) -> Report:
    """Scores for what happens within so many days, and for what the brand's actions change in it.

    They are trained on some populations and judged on others. MissingSklearnError and NothingToLearnError say why it
    cannot be.
    """
    check_sklearn()
    seed = seed_of_pilots(seed)
    pilot = override(scenario, {"orchestration.holdout": RANDOM_SHARE})
    days = days_of_looks(scenario.horizon, within)
    look = partial(_observed, pilot, outcome, days, within, seed)
    tell("Simulating the pilot")
    trained = look(TRAINED_ON)
    if trained.happened.all() or not trained.happened.any():
        share = "everybody" if trained.happened.any() else "nobody"
        raise NothingToLearnError(
            f"in the pilot {share} did {outcome.happens} within {within:g} days of a look at who was there; take more "
            "customers, or other days (--within)"
        )
    tell("Simulating others to judge it by")
    tested = look(TESTED_ON)
    tell("Fitting")
    model = fit_logistic(trained.known, trained.happened, NAMES)
    score = model.score(tested.known, NAMES)
    trees = fit_trees(trained.known, trained.happened)(tested.known)
    parts = measures.tenths(score, tested.happened)
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
        uplift=train_uplift(pilot, outcome, within, seed, model, tell),
    )


def _observed(
    pilot: Scenario, outcome: Outcome, days: Sequence[float], within: float, seed: int, replication: int
) -> Looks:
    """On each day those who are there; what happens is asked until the next."""
    links = profiles_of(pilot, seed)
    history = simulate(compile_program(pilot, pilot), seed, replication, profiles=links, events=True)
    ends = [*days[1:], days[-1] + within]
    return together([looks_at(history, pilot, links, outcome, day, end) for day, end in zip(days, ends, strict=True)])
