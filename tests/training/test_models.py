"""Training finds the coefficients behind a logistic truth, and its scores come true on others."""

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.scenario.profile import FACTS
from sim.training.measures import calibration_error, tenths
from sim.training.noted import profiles_at
from tests.builders import scenario
from tests.oracle.scenarios_profiled import asked_of_the_profile

pytest.importorskip("sklearn")

from sim.training.models import fit_logistic, fit_trees

NAMES = tuple(FACTS)
TRUTH = {"contacts": 0.15, "purchases": -0.5, "revenue": 0.004, "messages": -0.1, "responses": 0.3, "idle_days": 0.01}
INTERCEPT = -2.0
REPEATED = 200


@cache
def profiles(replication: int) -> Any:
    """Of some thousand customers, as a brand has them after a month."""
    of = scenario(**asked_of_the_profile() | {"population": {"size": 6000}, "horizon": 30})
    program = compile_program(of, of)
    return profiles_at(simulate(program, 3, replication, events=True), of, None, 30.0)


def truth(known: Any) -> Any:
    return 1 / (1 + np.exp(-(INTERCEPT + known @ np.array([TRUTH[name] for name in NAMES]))))


def test_the_coefficients_of_a_logistic_truth_are_within_their_intervals_as_often_as_these_say() -> None:
    """95 % of 200 intervals are 190, with a standard deviation of 3; beyond four of these something is wrong."""
    known, chance = profiles(0), np.random.default_rng(5)
    held = dict.fromkeys(("intercept", *NAMES), 0)
    for _ in range(REPEATED):
        model = fit_logistic(known, chance.random(len(known)) < truth(known), NAMES)
        for name, wanted in {"intercept": INTERCEPT, **TRUTH}.items():
            found = model.intercept if name == "intercept" else model.weights[name]
            held[name] += found.lo <= wanted <= found.hi
    assert {name: count for name, count in held.items() if abs(count - 190) > 12} == {}


def test_scores_come_true_on_a_fresh_population() -> None:
    chance = np.random.default_rng(6)
    model = fit_logistic(profiles(0), chance.random(len(profiles(0))) < truth(profiles(0)), NAMES)
    fresh = profiles(1)
    happened = chance.random(len(fresh)) < truth(fresh)
    parts = tenths(model.score(fresh, NAMES), happened)
    assert calibration_error(parts) < 0.02
    assert parts[0].share > 2 * parts[-1].share


def test_a_score_that_is_off_is_told_so() -> None:
    chance = np.random.default_rng(6)
    known = profiles(0)
    happened = chance.random(len(known)) < truth(known)
    parts = tenths(np.sqrt(truth(known)), happened)
    assert calibration_error(parts) > 0.1


def test_what_is_the_same_for_everybody_has_no_weight() -> None:
    known = profiles(0).copy()
    known[:, 3] = 7.0
    model = fit_logistic(known, np.random.default_rng(1).random(len(known)) < 0.3, NAMES)
    assert set(model.weights) == set(NAMES) - {NAMES[3]}


def test_where_nothing_is_known_the_score_is_the_share() -> None:
    happened = np.arange(100) < 20
    model = fit_logistic(np.full((100, 2), 7.0), happened, ("one", "other"))
    assert model.weights == {}
    assert model.score(np.zeros((1, 2)), ("one", "other")) == pytest.approx([0.2])
    assert model.intercept.hi - model.intercept.lo == pytest.approx(2 * 1.96 / 4, rel=1e-3)


def test_what_follows_from_others_has_no_weight_and_the_others_are_sure() -> None:
    known = profiles(0).copy()
    known[:, 2] = 20 * known[:, 1] + 3
    model = fit_logistic(known, np.random.default_rng(1).random(len(known)) < 0.3, NAMES)
    assert set(model.weights) == set(NAMES) - {NAMES[2]}
    assert model.weights[NAMES[1]].hi - model.weights[NAMES[1]].lo < 2


def test_trees_find_what_no_weighted_sum_can() -> None:
    chance = np.random.default_rng(2)
    known = chance.normal(size=(4000, 2))
    happened = (known[:, 0] * known[:, 1] > 0) & (chance.random(4000) < 0.9)
    rows = chance.normal(size=(2000, 2))
    trees = fit_trees(known, happened)(rows)
    straight = fit_logistic(known, happened, ("one", "other")).score(rows, ("one", "other"))
    both = rows[:, 0] * rows[:, 1] > 0
    assert trees[both].mean() > trees[~both].mean() + 0.5
    assert abs(straight[both].mean() - straight[~both].mean()) < 0.05
