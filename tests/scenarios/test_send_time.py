"""The scenario `send-time`: most of what a tool for the right hour reports was there before."""

from functools import cache

import pytest

from app.shown.lift import in_all, rows
from sim.experiment.lift import Lift, Lifts, find_lifts
from sim.experiment.planning import plan
from sim.scenario import variants
from tests.scenarios.test_orchestrated import FIGURE, shipped

NAME = "send-time"


@cache
def lifts(arm: str) -> Lifts:
    """Those of an arm, at the seed and in the replications that ship."""
    file = shipped(NAME)
    [variant] = [each for each in variants(file) if each.id == arm]
    return find_lifts(plan(file), variant, file.scenario.experiment.replications, lambda *_: None)


def lift(arm: str, sort: str) -> Lift:
    return next(each for each in lifts(arm).lifts if each.sort == sort)


@pytest.mark.slow
def test_the_true_lift_is_less_than_half_of_the_apparent_one() -> None:
    apparent, true = lift("best-hour", "apparent").more, lift("best-hour", "true").more
    assert apparent.lo is not None
    assert true.hi is not None
    assert apparent.lo > 0
    assert true.hi < apparent.lo / 2


@pytest.mark.slow
def test_where_the_hour_makes_no_difference_the_apparent_lift_is_hardly_less() -> None:
    apparent, true = lift("any-hour", "apparent").more, lift("any-hour", "true").more
    assert apparent.lo is not None
    assert apparent.lo > lift("best-hour", "apparent").more.mean / 2
    assert true.mean < lift("best-hour", "true").more.mean / 2


@pytest.mark.slow
def test_every_figure_that_the_scenario_tells_is_one_that_explain_shows() -> None:
    told = FIGURE.findall(" ".join(shipped(NAME).scenario.about.split()))
    assert len(told) >= 4
    printed = " ".join(
        " ".join([*(cell for row in rows(found) for cell in row), in_all(found)])
        for found in map(lifts, ("best-hour", "any-hour"))
    )
    assert [said for said in told if said not in printed] == []
