"""A score of the uplift finds a truth that is known, and says honestly how well."""

from typing import Any

import numpy as np
import pytest

from sim.scenario.profile import FACTS
from sim.training.looks import NAMES, Looks
from sim.training.outcome import OUTCOMES
from tests.training.test_models import profiles

pytest.importorskip("sklearn")

from sim.training.models import Model
from sim.training.ranking import mean_of, qini_parts
from sim.training.uplift import Uplift, fit_uplift, judged

TRUTH = {"contacts": 0.05, "purchases": -0.3, "revenue": 0.002, "messages": 0.1, "responses": -0.2, "idle_days": -0.004}
INTERCEPT = 0.2
REPEATED = 200
BUYING = OUTCOMES["purchase"]


def eta(known: Any) -> Any:
    return INTERCEPT + known @ np.array([TRUTH[name] for name in FACTS])


def uplift(known: Any) -> Any:
    """What the actions change by what is known: twice a logistic score, less one."""
    return 2 / (1 + np.exp(-eta(known))) - 1


def none(known: Any) -> Any:
    return np.zeros(len(known))


def pilot(known: Any, effect: Any, chance: Any) -> Looks:
    """Half treated by lot; half the effect is that these buy more, half that the others buy less."""
    treated = chance.random(len(known)) < 0.5
    share = 0.5 + np.where(treated, 0.5, -0.5) * effect(known)
    return Looks(known, chance.random(len(known)) < share, treated)


def within(value: float, wanted: float, error: float) -> bool:
    return abs(value - wanted) <= 1.96 * error


def trained_and_judged(effect: Any, chance: Any) -> tuple[Model, Looks, Uplift]:
    trained, tested = (pilot(profiles(replication), effect, chance) for replication in (0, 1))
    model = fit_uplift(trained, BUYING)
    found = judged(model, model, trained, tested, BUYING)
    assert found is not None
    return model, tested, found


def test_the_coefficients_of_a_known_uplift_are_within_their_intervals_as_often_as_these_say() -> None:
    """95 % of 200 intervals are 190, with a standard deviation of 3; beyond four of these something is wrong."""
    known, chance = profiles(0), np.random.default_rng(7)
    held = dict.fromkeys(("intercept", *NAMES), 0)
    for _ in range(REPEATED):
        model = fit_uplift(pilot(known, uplift, chance), BUYING)
        for name, wanted in {"intercept": INTERCEPT, **{f"profile.{fact}": TRUTH[fact] for fact in FACTS}}.items():
            found = model.intercept if name == "intercept" else model.weights[name]
            held[name] += found.lo <= wanted <= found.hi
    assert {name: count for name, count in held.items() if abs(count - 190) > 12} == {}


def test_the_uplift_that_a_score_says_comes_true_on_others() -> None:
    """In each tenth within four standard errors, and on average far closer than the tenths are apart."""
    _, _, found = trained_and_judged(uplift, np.random.default_rng(8))
    off = []
    for part in found.by_uplift:
        assert part.uplift is not None
        assert abs(2 * part.score - 1 - part.uplift.value) < 4 * part.uplift.error
        off.append(2 * part.score - 1 - part.uplift.value)
    best, worst = found.by_uplift[0].uplift, found.by_uplift[-1].uplift
    assert best is not None
    assert worst is not None
    assert best.value - worst.value > 10 * abs(np.mean(off))
    assert best.value > 0 > worst.value


def test_the_qini_is_within_its_interval_as_often_as_this_says() -> None:
    """Of a score as it is, on lots and outcomes drawn anew: what it would be if all were known both ways."""
    known, chance = profiles(1), np.random.default_rng(9)
    for effect, score in ((uplift, eta(known)), (uplift, known[:, 0]), (none, eta(known))):
        _, value, counts = np.unique(-score, return_inverse=True, return_counts=True)
        rank = (np.cumsum(counts) - counts / 2)[value] / len(score)
        wanted = float((effect(known) * (0.5 - rank)).mean())
        held = 0
        for _ in range(REPEATED):
            looks = pilot(known, effect, chance)
            found = mean_of(qini_parts(score, looks.happened, looks.treated))
            held += within(found.value, wanted, found.error)
        assert held >= 178, (effect, held)


def test_where_the_actions_change_nothing_intervals_hold_0_as_often_as_they_say() -> None:
    chance, held = np.random.default_rng(10), {"overall": 0, "qini": 0, "more": 0}
    for _ in range(REPEATED):
        trained, tested = (pilot(profiles(replication), none, chance) for replication in (0, 1))
        risk = fit_uplift(pilot(profiles(0), uplift, chance), BUYING)
        found = judged(fit_uplift(trained, BUYING), risk, trained, tested, BUYING)
        assert found is not None
        for name, each in (("overall", found.overall), ("qini", found.qini), ("more", found.qini_more)):
            held[name] += within(each.value, 0, each.error)
    assert {name: count for name, count in held.items() if abs(count - 190) > 12} == {}


def test_to_leave_is_to_turn_out_badly() -> None:
    chance = np.random.default_rng(11)
    looks = pilot(profiles(0), uplift, chance)
    buying, leaving = (fit_uplift(looks, OUTCOMES[name]) for name in ("purchase", "churn"))
    assert leaving.intercept.value == pytest.approx(-buying.intercept.value, rel=1e-4)


def test_all_in_one_group_cannot_be_judged() -> None:
    looks = pilot(profiles(0), none, np.random.default_rng(12))
    model = fit_uplift(looks, BUYING)
    alone = Looks(looks.known, looks.happened, np.ones_like(looks.treated))
    assert judged(model, model, looks, alone, BUYING) is None
