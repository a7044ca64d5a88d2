"""What makes a journey hard, and what the same customers do without it (model 40)."""

import math
from typing import Any

import pytest

from sim.experiment import plan as planned
from sim.experiment import run
from sim.experiment.pain_points import PainPoint, Relief, Relieved, pain_points, relieve
from sim.outcomes.definitions import PROFIT
from sim.scenario.scenario import Scenario
from tests.builders import scenario

FEW = {"population": {"size": 4000}, "experiment": {"replications": 4, "seed": 5}}


def middle(**changes: Any) -> list[dict[str, Any]]:
    """The touchpoints of `small`, with something at the one in the middle."""
    return [
        {"id": "start", "start": True},
        {"id": "middle", **changes},
        {"id": "done", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
        {"id": "gone", "exit": "churn"},
    ]


def found(of: Scenario) -> Relieved:
    plan = planned(of)
    measured = [each.arms[0] for each in run(plan).replications]
    return relieve(plan, plan.variants[0], measured, lambda *_: None)


def by_kind(of: Scenario) -> dict[tuple[str, str], Relief]:
    return {(relief.pain.kind, relief.pain.at[0]): relief for relief in found(of).reliefs}


def change(relief: Relief, outcome: str) -> float:
    return relief.differences[outcome].interval.mean


def test_where_nobody_leaves_everybody_converts() -> None:
    """3 of 4 convert as things are, and each brings 50."""
    reliefs = by_kind(scenario(**FEW))
    assert list(reliefs) == [("leaving", "middle")]
    leaving = reliefs["leaving", "middle"]
    assert leaving.pain.figure == pytest.approx(0.25, abs=0.02)
    assert leaving.pain.met == pytest.approx(4000 * leaving.pain.figure)
    assert change(leaving, "conversion_rate") == pytest.approx(leaving.pain.figure)
    assert change(leaving, PROFIT) == pytest.approx(50 * leaving.pain.met)


def test_less_effort_has_as_many_go_on_as_the_coefficients_say() -> None:
    """Effort 5 taken for 1 counts -1: progress e^0.2 times as likely, leaving e^-0.2 times."""
    effort = by_kind(scenario(touchpoints=middle(effort=5), **FEW))["effort", "middle"]
    assert (effort.pain.figure, effort.pain.met) == (pytest.approx(5), pytest.approx(4000))
    easier = 3 * math.exp(0.2) / (3 * math.exp(0.2) + math.exp(-0.2))
    interval = effort.differences["conversion_rate"].interval
    assert interval.mean == pytest.approx(easier - 0.75, abs=0.012)
    assert interval.lo is not None
    assert interval.lo > 0


def test_experiences_that_are_bad_by_themselves_are_one() -> None:
    bad = by_kind(scenario(touchpoints=middle(emotion={"mean": -0.8, "sd": 0.1}), **FEW))["bad", "middle"]
    assert bad.pain.figure > 0.99
    assert bad.pain.relieved == {"touchpoints.middle.emotion": {"mean": 0.0, "sd": 0}}
    assert change(bad, "conversion_rate") > 0.1
    fine = by_kind(scenario(touchpoints=middle(emotion={"mean": 0.3, "sd": 0.1}), **FEW))
    assert ("bad", "middle") not in fine


def test_nobody_waits_where_there_are_agents_enough_at_the_same_cost() -> None:
    desk = {"id": "help", "service_minutes": 30, "patience_minutes": {"family": "exponential", "mean": 20}}
    shifts = [{"days": "mon-sun", "from": 8, "to": 20, "agents": 1}]
    for staffed in ({"agents": 2}, {"shifts": shifts, "closed": "wait"}):
        of = scenario(
            touchpoints=middle(desk="help"),
            desks=[desk | staffed | {"cost_per_hour": 31}],
            population={"size": 800, "arrivals": {"pattern": "poisson", "over": 4}},
            experiment={"replications": 3},
        )
        plan = planned(of)
        measured = [each.arms[0] for each in run(plan).replications]
        waits = [pain for pain in pain_points(of, figures(measured)) if pain.kind == "wait"]
        assert [pain.at for pain in waits] == [("middle",)]
        assert waits[0].figure > 1
        without = Scenario.model_validate(with_values(of, waits[0]))
        freed = [each.arms[0] for each in run(planned(without)).replications]
        for before, after in zip(measured, freed, strict=True):
            assert after.outcomes["all"]["cost"] == pytest.approx(before.outcomes["all"]["cost"])
            assert after.outcomes["all"]["desk_abandon_rate"] <= before.outcomes["all"]["desk_abandon_rate"]
            if "agents" in staffed:
                assert after.outcomes["all"]["desk_wait_minutes"] == 0


def test_context_that_is_lost_between_channels_is_one_of_all_touchpoints() -> None:
    channels = [{"id": "web"}, {"id": "app"}]
    lost = by_kind(scenario(channels=channels, integration={"carryover": 0.2}, **FEW))["lost", "middle"]
    assert lost.pain.relieved == {"integration.carryover": 1}
    assert change(lost, "conversion_rate") > 0
    for changes in ({"integration": {"carryover": 1}}, {"integration": {"mode": "multi"}}):
        assert ("lost", "middle") not in by_kind(scenario(channels=channels, **changes, **FEW))


def test_they_are_ranked_by_what_relieving_them_brings() -> None:
    of = scenario(touchpoints=middle(effort=4, emotion={"mean": -0.5, "sd": 0.3}), **FEW)
    brought = [change(relief, PROFIT) for relief in found(of).reliefs]
    assert len(brought) == 3
    assert brought == sorted(brought, reverse=True)


def test_without_money_conversion_ranks_them() -> None:
    touchpoints = middle(effort=6)
    touchpoints[2]["goal"] = {"kind": "conversion"}
    told = found(scenario(touchpoints=touchpoints, **FEW))
    assert all(PROFIT not in relief.differences for relief in told.reliefs)
    assert [relief.pain.kind for relief in told.reliefs] == ["leaving", "effort"]


def test_a_journey_may_have_none() -> None:
    only = [{"from": "start", "to": "middle", "share": 1, "delay": 1}, {"from": "middle", "to": "done", "share": 1}]
    assert found(scenario(transitions=only, **FEW)).reliefs == ()


def figures(measured: Any) -> dict[str, dict[str, float]]:
    from sim.experiment.pain_points import mean_figures

    return mean_figures(measured)


def with_values(of: Scenario, pain: PainPoint) -> dict[str, Any]:
    from sim.scenario import override, tables_of

    return tables_of(override(of, pain.relieved))
