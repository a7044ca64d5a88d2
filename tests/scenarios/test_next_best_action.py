"""The scenario `next-best-action`: what is best differs, and whoever goes by what a pilot found earns most."""

import re

import pytest

from sim.engine.memory.history import EVENTS
from sim.scenario import override
from tests.scenarios.pilot import found_by_chance
from tests.scenarios.test_orchestrated import FIGURE, added, histories, is_more, shipped, shown

NAME = "next-best-action"
TRIES = {"channels.phone.cost": 7, "orchestration.minimum_confidence": 0.55, "actions.voucher.weight": 0}
PILOT = 40
"""Replications, as the file says."""


@pytest.mark.slow
def test_the_next_best_action_earns_more_than_a_rule_for_all_and_than_chance() -> None:
    for other in ("nothing", "reminder-for-all", "by-chance"):
        assert is_more(added(NAME, NAME, other, "profit")), other


@pytest.mark.slow
def test_every_figure_that_the_scenario_tells_is_one_that_its_run_shows() -> None:
    told = FIGURE.findall(" ".join(shipped(NAME).scenario.about.split()))
    assert len(told) >= 5
    printed = shown(NAME, everything=True)
    assert [said for said in told if said not in printed] == []


@pytest.mark.slow
def test_its_gains_are_those_that_a_pilot_by_chance_finds() -> None:
    scenario = shipped(NAME).scenario
    found = found_by_chance(scenario, PILOT)
    assert {(gain.action, gain.segment) for gain in scenario.gains} == set(found)
    for gain in scenario.gains:
        brings, error, responded = found[gain.action, str(gain.segment)]
        assert gain.gain == pytest.approx(brings, abs=0.0051)
        assert gain.error == pytest.approx(error, abs=0.0051)
        assert gain.response_rate == pytest.approx(responded, abs=0.00051)


def test_what_is_best_differs_by_segment_and_by_whom_may_be_written_to() -> None:
    taken: dict[str, set[str]] = {}
    for run in histories(NAME, 3):
        events = run.events
        assert events is not None
        for customer, code, action in zip(
            events.customer.tolist(), events.event.tolist(), events.action.tolist(), strict=True
        ):
            if EVENTS[code] == "chosen":
                segment = run.segments[run.customers.segment[customer]]
                taken.setdefault(segment, set()).add(run.actions[action] if action >= 0 else "nothing")
    assert {"reminder", "call"} <= taken["busy"]
    assert "voucher" not in taken["busy"]
    assert "voucher" in taken["bargain"]


def test_arms_differ_in_the_policy_alone() -> None:
    arms = shipped(NAME).scenario.experiment.arms
    assert [set(arm.set) for arm in arms] == [set(), *[{"orchestration.policy"}] * 3]


def test_every_touchpoint_is_visited() -> None:
    for run in histories(NAME):
        assert (run.at_touchpoints.visits.sum(axis=0) > 0).all()


def test_what_it_proposes_to_try_can_be_tried() -> None:
    proposed = re.findall(r"`([^`\s]+\.[^`\s]+)`", shipped(NAME).scenario.about.partition("**Try**")[2])
    assert set(proposed) == set(TRIES)
    for address, value in TRIES.items():
        assert override(shipped(NAME).scenario, {address: value}) != shipped(NAME).scenario
