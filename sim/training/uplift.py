"""What the brand's actions change, by what was known of customers before them: the uplift, as a score (model 30)."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.engine import compile_program, simulate
from sim.experiment.profiles import profiles_of
from sim.scenario.scenario import Scenario
from sim.training.looks import NAMES, Flags, Looks, days_of_looks, looks_at, together
from sim.training.models import Model, fit_logistic
from sim.training.outcome import Outcome
from sim.training.ranking import Estimate, UpliftTenth, difference, mean_of, qini_parts, uplifts
from sim.training.silence import acts, silent_until


@dataclass(frozen=True)
class Uplift:
    """A score above one half where the actions help, and how good it is on customers whom it was not trained on."""

    trained: int
    """looks at customers of the pilot"""
    tested: int
    """looks at others"""
    model: Model
    overall: Estimate
    """share to whom it turned out well, treated less holdout"""
    by_uplift: tuple[UpliftTenth, ...]
    """by this score"""
    by_likelihood: tuple[UpliftTenth, ...]
    """by the score of how likely it is: who is at risk, or likely to buy anyway"""
    qini: Estimate
    qini_by_likelihood: Estimate
    qini_more: Estimate
    """by how much the first of these is better"""


def train_uplift(
    pilot: Scenario, outcome: Outcome, within: float, seed: int, likelihood: Model, tell: Callable[[str], None]
) -> Uplift | None:
    """The uplift on an outcome, compared with a score of how likely it is; None where the brand does nothing.

    For each day on which customers are looked at two pilots are simulated, one to train and one to judge. In each the
    brand begins on that day, so that nothing known before hangs on who is treated, and each customer counts once.
    """
    if not acts(pilot):
        return None
    tell("Simulating a brand that begins later")
    days = days_of_looks(pilot.horizon, within)
    looks = [_looks(pilot, outcome, day, within, seed, number) for number, day in enumerate(days)]
    trained, tested = (together(each) for each in zip(*looks, strict=True))
    return judged(fit_uplift(trained, outcome), likelihood, trained, tested, outcome)


def fit_uplift(looks: Looks, outcome: Outcome) -> Model:
    """The likeliest score of "treated and it turned out well, or held out and it did not".

    With half held out by lot, its probability is (1 + uplift) / 2 (Jaskowski and Jaroszewicz 2012).
    """
    return fit_logistic(looks.known, _good(looks, outcome) == looks.treated, NAMES)


def judged(model: Model, likelihood: Model, trained: Looks, tested: Looks, outcome: Outcome) -> Uplift | None:
    """How good a score of the uplift is, beside one of how likely it is; None if all tested are in one group."""
    good, treated = _good(tested, outcome), tested.treated
    overall = difference(good, treated)
    if overall is None:
        return None
    own, other = (each.score(tested.known, NAMES) for each in (model, likelihood))
    parts, others = (qini_parts(score, good, treated) for score in (own, other))
    return Uplift(
        trained=len(trained.treated),
        tested=len(treated),
        model=model,
        overall=overall,
        by_uplift=tuple(uplifts(own, good, treated)),
        by_likelihood=tuple(uplifts(other, good, treated)),
        qini=mean_of(parts),
        qini_by_likelihood=mean_of(others),
        qini_more=mean_of(parts - others),
    )


def _good(looks: Looks, outcome: Outcome) -> Flags:
    return looks.happened if outcome.wanted else ~looks.happened


def _looks(pilot: Scenario, outcome: Outcome, day: float, within: float, seed: int, number: int) -> tuple[Looks, Looks]:
    """At customers of two replications in which the brand begins on a day: to train, and to judge."""
    begun = silent_until(pilot, day)
    program = compile_program(begun, begun)
    links = profiles_of(pilot, seed)
    one, other = (
        looks_at(history, pilot, links, outcome, day, day + within)
        for history in (simulate(program, seed, 2 * number + of, profiles=links, events=True) for of in (0, 1))
    )
    return one, other
