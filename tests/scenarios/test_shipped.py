"""The shipped scenarios are what they claim: sound files, from which the published figures they cite come out."""

from pathlib import Path

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.scenario import ScenarioFile, open_scenario, variants

SCENARIOS = sorted((Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml"))
REPLICATIONS = 4


def shipped(name: str) -> ScenarioFile:
    return open_scenario(next(path for path in SCENARIOS if path.stem == name))


def histories(name: str) -> list[History]:
    scenario = shipped(name).scenario
    program = compile_program(scenario, scenario)
    return [simulate(program, scenario.experiment.seed, replication) for replication in range(REPLICATIONS)]


@pytest.fixture(scope="module")
def shop() -> list[History]:
    return histories("online-shop")


@pytest.fixture(scope="module")
def subscription() -> list[History]:
    return histories("subscription")


def total(runs: list[History], count: str, *names: str) -> int:
    """Visits to touchpoints, or times transitions were chosen, over all replications."""
    axis, totals = {
        "visits": (runs[0].touchpoints, [run.at_touchpoints.visits for run in runs]),
        "chosen": (runs[0].transitions, [run.at_transitions.chosen for run in runs]),
    }[count]
    return int(sum(table[:, axis.index(name)].sum() for table in totals for name in names))


def gave_up_among_queuing(runs: list[History], desk: str) -> float:
    """Of those who asked in office hours and so queued or were served, the share that gave up."""
    index = runs[0].desks.index(desk)
    asked = sum(int(run.at_desks.asked[:, index].sum() - run.at_desks.called_back[:, index].sum()) for run in runs)
    return sum(int(run.at_desks.gave_up[:, index].sum()) for run in runs) / asked


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_has_no_findings_and_some_arms(path: Path) -> None:
    file = open_scenario(path)
    assert file.scenario.id == path.stem
    assert not file.warnings
    assert len(variants(file)) >= 3


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_shares_that_leave_a_touchpoint_of_a_shipped_scenario_add_up_to_one(path: Path) -> None:
    scenario = open_scenario(path).scenario
    sums = {
        touchpoint.id: sum(
            transition.share for transition in scenario.transitions if transition.source == touchpoint.id
        )
        for touchpoint in scenario.touchpoints
        if not touchpoint.exit
    }
    assert sums == {touchpoint: pytest.approx(1) for touchpoint in sums}
    starts = [float(touchpoint.start) for touchpoint in scenario.touchpoints]
    assert sum(starts) == pytest.approx(1)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_average_customer_of_a_shipped_scenario_is_near_the_reference(path: Path) -> None:
    segments = open_scenario(path).scenario.segments
    weight = sum(segment.share for segment in segments)

    def mean(trait: str, reference: float) -> float:
        values = [(segment.share, getattr(segment.traits, trait)) for segment in segments]
        return sum(share * (value.mean_value() if value else reference) for share, value in values) / weight

    assert mean("propensity", 0) == pytest.approx(0, abs=0.01)
    assert mean("attrition", 1) == pytest.approx(1, abs=0.02)


def test_the_online_shop_has_every_kind_of_touchpoint() -> None:
    scenario = shipped("online-shop").scenario
    assert len(scenario.touchpoints) >= 12
    assert len(scenario.segments) == 3
    assert len(scenario.channels) == 6
    assert [arm.set["integration.mode"] for arm in scenario.experiment.arms] == ["single", "multi", "omni"]
    assert [touchpoint.id for touchpoint in scenario.touchpoints if touchpoint.exit == "churn"] == ["left"]
    assert [touchpoint.id for touchpoint in scenario.touchpoints if touchpoint.lapsed] == ["lapsed"]


def test_arms_of_the_online_shop_differ_in_integration_alone() -> None:
    for variant in variants(shipped("online-shop")):
        as_base = variant.scenario.model_copy(update={"integration": shipped("online-shop").scenario.integration})
        assert as_base == shipped("online-shop").scenario


def test_as_many_visits_to_the_online_shop_end_in_an_order_as_published(shop: list[History]) -> None:
    firsts = [touchpoint.id for touchpoint in shipped("online-shop").scenario.touchpoints if touchpoint.start]
    again = total(shop, "chosen", "undecided/product", "undecided/cart")
    sessions = total(shop, "visits", *firsts, "return-visit") + again
    assert total(shop, "visits", "order") / sessions == pytest.approx(0.026, abs=0.002)


def test_as_many_baskets_of_the_online_shop_are_abandoned_as_published(shop: list[History]) -> None:
    kept = total(shop, "visits", "order") / total(shop, "visits", "cart")
    assert 1 - kept == pytest.approx(0.70, abs=0.02)


def test_as_many_subscribers_are_lost_in_a_month_as_published(subscription: list[History]) -> None:
    cancelled = total(subscription, "chosen", "bill/cancelled", "help/cancelled")
    unpaid = total(subscription, "chosen", "payment-failed/cancelled")
    months = total(subscription, "visits", "first-payment", "renewal")
    assert (cancelled + unpaid) / months == pytest.approx(0.068, abs=0.004)
    assert cancelled / (cancelled + unpaid) == pytest.approx(0.74, abs=0.02)


DESKS = [
    (path.stem, desk.id)
    for path in SCENARIOS
    for desk in open_scenario(path).scenario.desks
    if desk.patience_minutes is not None
]


@pytest.mark.parametrize(("name", "desk"), DESKS, ids=[desk for _, desk in DESKS])
def test_desks_of_shipped_scenarios_are_neither_idle_nor_overrun(
    name: str, desk: str, request: pytest.FixtureRequest
) -> None:
    runs = request.getfixturevalue("shop" if name == "online-shop" else name)
    assert 0.05 <= gave_up_among_queuing(runs, desk) <= 0.15


def test_some_of_the_simulated_customers_of_the_online_shop_lapse_and_come_back(shop: list[History]) -> None:
    returned = total(shop, "chosen", "lapsed/return-visit")
    assert 0 < returned < total(shop, "visits", "lapsed")
    assert all(np.any(run.customers.status == 1) for run in shop)
