"""The scenario `churn-rescue`: who is most at risk is not who can be saved, and what that costs."""

import re

import pytest

from sim.engine.memory.history import EVENTS
from sim.scenario import override
from tests.scenarios.test_orchestrated import FIGURE, added, histories, is_less, is_more, shipped, shown

NAME = "churn-rescue"
NOBODY, RISK, UPLIFT = "nobody", "by-risk", "by-uplift"
SCORES = ("churn-risk", "saved-by-actions")
TRIES = {
    "actions.rescue-call.cost": 3,
    "transitions.quiet/cancelled.effects": {"nudge": 0},
    "profile.keep_days": 90,
}


@pytest.mark.slow
def test_calls_by_uplift_earn_and_calls_by_risk_lose() -> None:
    """The published surprise (Ascarza 2018), with intervals of paired differences at the seed that ships."""
    assert is_more(added(NAME, UPLIFT, NOBODY, "profit"))
    assert is_less(added(NAME, RISK, NOBODY, "profit"))
    assert is_more(added(NAME, UPLIFT, RISK, "profit"))
    assert is_less(added(NAME, "everybody", NOBODY, "profit"))


@pytest.mark.slow
def test_calls_by_uplift_keep_customers_with_fewer_calls_than_by_risk() -> None:
    assert is_less(added(NAME, UPLIFT, NOBODY, "churn_rate"))
    assert is_less(added(NAME, UPLIFT, RISK, "churn_rate"))
    assert is_less(added(NAME, UPLIFT, RISK, "messages_per_customer"))


@pytest.mark.slow
def test_it_holds_in_each_segment() -> None:
    """So that it is what customers do that tells who can be kept, not the segment."""
    for segment in ("single", "family"):
        assert is_less(added(NAME, UPLIFT, NOBODY, "churn_rate", segment))
        assert is_less(added(NAME, UPLIFT, RISK, "churn_rate", segment))


@pytest.mark.slow
def test_every_figure_that_the_scenario_tells_is_one_that_its_run_shows() -> None:
    told = FIGURE.findall(" ".join(shipped(NAME).scenario.about.split()))
    assert len(told) >= 6
    printed = shown(NAME, everything=True)
    assert [said for said in told if said not in printed] == []


@pytest.mark.slow
def test_its_scores_are_those_that_training_on_it_finds() -> None:
    """The very file with half called by lot: within the intervals, and the same up to what is rounded otherwise."""
    pytest.importorskip("sklearn")
    from sim.training import OUTCOMES, train

    scenario = shipped(NAME).scenario
    report = train(scenario, OUTCOMES["churn"], 30.0, scenario.experiment.seed, lambda _: None)
    assert report.uplift is not None
    for name, model in zip(SCORES, (report.model, report.uplift.model), strict=True):
        score = scenario.scores[name]
        assert score.weights.keys() == model.weights.keys()
        assert model.intercept.lo <= score.intercept <= model.intercept.hi
        assert score.intercept == pytest.approx(model.intercept.value, rel=1e-3)
        for subject, weight in score.weights.items():
            assert model.weights[subject].lo <= weight <= model.weights[subject].hi
            assert weight == pytest.approx(model.weights[subject].value, rel=1e-3)
    assert report.uplift.qini_more.value > 4 * report.uplift.qini_more.error
    assert report.uplift.qini_by_likelihood.value < -4 * report.uplift.qini_by_likelihood.error


def test_its_scores_go_by_what_the_brand_has_noted_alone() -> None:
    for name in SCORES:
        weights = shipped(NAME).scenario.scores[name].weights
        assert weights
        assert all(subject.startswith("profile.") for subject in weights)


def test_arms_differ_in_whom_they_call_alone() -> None:
    changed = {arm.id: set(arm.set) for arm in shipped(NAME).scenario.experiment.arms}
    policy, rule = {"orchestration.policy"}, {"rules.rescue.if"}
    assert changed == {NOBODY: policy, RISK: rule, UPLIFT: rule, "everybody": policy}


def test_every_touchpoint_is_visited_and_every_arm_but_the_first_calls() -> None:
    for number, arm in enumerate(shipped(NAME).scenario.experiment.arms):
        for run in histories(NAME, number):
            assert (run.at_touchpoints.visits.sum(axis=0) > 0).all()
            assert run.events is not None
            assert (run.events.event == EVENTS.index("sent")).any() == (arm.id != NOBODY)


def test_what_it_proposes_to_try_can_be_tried() -> None:
    proposed = re.findall(r"`([^`]+\.[^`]+)`", shipped(NAME).scenario.about.partition("**Try**")[2])
    assert set(proposed) == set(TRIES)
    for address, value in TRIES.items():
        assert override(shipped(NAME).scenario, {address: value}) != shipped(NAME).scenario
