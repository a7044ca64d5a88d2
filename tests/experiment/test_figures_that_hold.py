"""What people read off the results of small, awkward runs."""

import datetime
from typing import Any

import pytest

from sim import run
from sim.experiment import Interval, Results
from sim.outcomes import ALL, DEFINITIONS
from sim.scenario import Arm, Scenario
from tests.builders import scenario

END = {"from": "buy", "to": "end", "share": 1, "delay": 1000}


def landing(size: int, share: float, channel: dict[str, Any], **changes: Any) -> Scenario:
    """Whoever lands buys with the probability `share`, or is gone; buyers end beyond the horizon."""
    tables: dict[str, Any] = {
        "population": {"size": size},
        "channels": [channel],
        "touchpoints": [
            {"id": "land", "start": True},
            {"id": "buy", "goal": {"kind": "conversion", "value": 40}},
            {"id": "gone", "exit": "churn"},
            {"id": "end", "exit": "completed"},
        ],
        "transitions": [
            {"from": "land", "to": "buy", "share": share},
            {"from": "land", "to": "gone", "share": 1 - share},
            END,
        ],
    }
    return scenario(**(tables | changes))


def ads(spend: float) -> dict[str, Any]:
    return {"id": "ads", "acquisition": {"spend": spend, "cost_per_arrival": 10, "saturation": 1000}}


def held(found: Interval) -> tuple[float, float, float, float]:
    ends = (found.lo, found.hi, found.range_lo, found.range_hi)
    assert None not in ends
    return ends  # type: ignore[return-value]


@pytest.mark.parametrize(("spend", "truth"), [(100, 50.25), (40, 50.1), (200, 50.5)])
def test_a_customer_won_costs_all_that_was_spent_by_all_who_were_won(spend: float, truth: float) -> None:
    # Few are won, often nobody. Expected: spend by 0.2 x 1000 (1 - exp(-spend / 10,000)).
    results = run(landing(1, 0.2, ads(spend), experiment={"seed": 7, "replications": 400}), workers=1)
    won = sum(measured.sums[ALL]["cost_per_acquisition"][1] for measured in results.measured("base"))
    found = results.summary("base")["cost_per_acquisition"]
    low, high, first, last = held(found)
    assert found.mean == pytest.approx(400 * spend / won)
    assert found.n == 400
    assert first <= low <= truth <= high <= last
    own = results.values("base", "cost_per_acquisition")
    assert len(own) < 400, "somewhere nobody was won"
    assert sum(own.values()) / len(own) != pytest.approx(found.mean, rel=0.02), "the mean of ratios is another figure"


def test_the_shipped_case_of_few_customers_won_costs_47() -> None:
    start = datetime.date(2026, 3, 2)
    of = landing(1, 0.2, ads(100), start_date=start, experiment={"seed": 7, "replications": 400})
    results = run(of, workers=1)
    found = results.summary("base")["cost_per_acquisition"]
    low, high, *_ = held(found)
    assert low < 47.11 < high
    assert found.mean == pytest.approx(47.11, abs=0.005)


@pytest.mark.parametrize("share", [0.97, 0.03, 0.995])
@pytest.mark.parametrize("replications", [2, 5, 9])
def test_no_end_of_any_interval_lies_beyond_what_can_be(share: float, replications: int) -> None:
    arms = [Arm(id="base"), Arm(id="other", set={"transitions.land/buy.share": 0.5})]
    experiment = {"seed": 3, "replications": replications}
    results = run(landing(20, share, {"id": "web"}, horizon=60, experiment=experiment), arms=arms, workers=1)
    looked_at = 0
    for limits, figures in (
        ("limits", results.summary("base")),
        ("difference_limits", {id_: each.interval for id_, each in results.compare("other").differences.items()}),
    ):
        for id_, found in figures.items():
            lowest, highest = getattr(DEFINITIONS[id_], limits)
            for end in (found.lo, found.hi, found.range_lo, found.range_hi):
                if end is not None:
                    looked_at += 1
                    assert lowest is None or end >= lowest, id_
                    assert highest is None or end <= highest, id_
    assert looked_at > 40
    curve = results.document()["arms"][0]["curves"]["conversion"]
    assert all(0 <= end <= 1 for key in ("lo", "hi", "range_lo", "range_hi") for end in curve[key] if end is not None)


def groups(**changes: Any) -> Results:
    """Two segments, some customers bought, some held out."""
    of = landing(
        60,
        0.4,
        {**ads(100), "open_rate": 1, "response_rate": 0.5},
        segments=[{"id": "new", "share": 0.3}, {"id": "known", "share": 0.7}],
        orchestration={"policy": "rules", "holdout": 0.3},
        actions=[{"id": "hello", "channels": ["ads"], "leads_to": "buy"}],
        rules=[{"id": "greet", "when": {"entered": "land"}, "do": "hello"}],
        **({"experiment": {"seed": 2, "replications": 6}} | changes),
    )
    return run(of, arms=[Arm(id="base"), Arm(id="silent", set={"orchestration.policy": "none"})], workers=1)


def test_segments_add_up_to_all_arrivals_and_groups_stand_beside_them() -> None:
    results = groups()
    for arm in results.document()["arms"]:
        everybody = arm["outcomes"]["arrivals"]["mean"]
        assert set(arm["segments"]) == {"new", "known"}
        assert set(arm["groups"]) == {"treated", "holdout"}
        for parts in (arm["segments"], arm["groups"]):
            assert sum(each["arrivals"]["mean"] for each in parts.values()) == pytest.approx(everybody, abs=1e-9)
    assert {row["segment"] for row in results.outcomes()} == {"all", "new", "known"}
    assert {row["group"] for row in results.group_outcomes()} == {"treated", "holdout"}


def test_a_curve_ends_where_its_outcome_stands() -> None:
    results = groups()
    for arm in results.document()["arms"]:
        curve, outcome = arm["curves"]["conversion"], arm["outcomes"]["conversion_rate"]
        assert len({*results.values(arm["id"], "arrivals").values()}) > 1, "replications weigh differently"
        assert curve["day"][-1] == 30
        for part in ("mean", "lo", "hi", "range_lo", "range_hi"):
            assert curve[part][-1] == pytest.approx(outcome[part])


def test_the_return_on_added_cost_is_told_whether_or_not_it_is_clear() -> None:
    dear = Arm(id="dear", set={"money.setup": 3})
    results = run(landing(20, 0.5, {"id": "web", "cost": 0.01}), arms=[Arm(id="base"), dear], replications=2, workers=1)
    told = results.compare("dear").differences["incremental_roi"].interval
    assert told.mean == pytest.approx(-1)
    channels = [{"id": "web"}, {"id": "app", "cost": 0.01}]
    noisy = Arm(id="noisy", set={"channels.app.mix": 1.05})
    of = landing(20, 0.5, channels[0], channels=channels)
    results = run(of, arms=[Arm(id="base"), noisy], replications=4, workers=1)
    differences = results.compare("noisy").differences
    assert not differences["cost"].distinguishable
    assert "incremental_roi" in differences
    assert differences["incremental_roi"].interval.lo is None


def test_payback_is_of_the_runs_that_pay_back_and_compares_no_arms() -> None:
    setup = landing(20, 0.3, {"id": "web"}, money={"setup": 100}, experiment={"seed": 1, "replications": 12})
    goal = {"id": "buy", "goal": {"kind": "conversion", "value": 40, "margin": 0.4}}
    tables = setup.model_dump(exclude_unset=True, by_alias=True)
    tables["touchpoints"] = [goal if each["id"] == "buy" else each for each in tables["touchpoints"]]
    results = run(Scenario.model_validate(tables), arms=[Arm(id="base"), Arm(id="other")], workers=1)
    summary = results.summary("base")
    rate, days = summary["pays_back_rate"], summary["payback_days"]
    assert 0 < rate.mean < 1
    assert (rate.n, days.n) == (12, round(12 * rate.mean))
    differences = results.compare("other").differences
    assert "payback_days" not in differences
    assert "pays_back_rate" in differences


def test_a_ratio_of_a_group_is_that_of_its_sums() -> None:
    results = groups()
    for group in ("treated", "holdout"):
        sums = [measured.group_sums[group]["conversion_rate"] for measured in results.measured("base")]
        expected = sum(part for part, _ in sums) / sum(whole for _, whole in sums)
        assert results.summary("base", group)["conversion_rate"].mean == pytest.approx(expected, rel=1e-12)
        own = results.document()["arms"][0]["groups"][group]["conversion_rate"]["mean"]
        assert own == pytest.approx(expected, rel=1e-12)
        values = [part / whole for part, whole in sums]
        assert sum(values) / len(values) != pytest.approx(expected, rel=1e-6)
