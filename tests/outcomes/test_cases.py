"""Situations that outside users hit, with the right answers worked out by hand."""

from typing import Any

import pytest

import sim
from tests.builders import scenario


def ran(of: sim.Scenario) -> sim.Results:
    return sim.run(of, workers=1)


def overloaded(**changes: Any) -> sim.Scenario:
    """A hundred people ask at once; each takes ten minutes, and the run ends after six hours."""
    tables: dict[str, Any] = {
        "horizon": 0.25,
        "population": {"size": 100},
        "experiment": {"seed": 7, "replications": 2},
        "touchpoints": [{"id": "call", "start": True, "desk": "d"}, {"id": "end", "exit": "completed"}],
        "transitions": [{"from": "call", "to": "end", "share": 1}],
        "desks": [{"id": "d", "agents": 1, "service_minutes": 10}],
    }
    return scenario(**(tables | changes))


@pytest.mark.parametrize(("agents", "waiting"), [(1, 64), (2, 28), (3, 0)])
def test_more_agents_make_people_wait_less_and_those_still_waiting_are_told(agents: int, waiting: int) -> None:
    results = ran(overloaded(desks=[{"id": "d", "agents": agents, "service_minutes": 10}]))
    found = {id_: each.mean for id_, each in results.summary("base").items()}
    assert found["desk_still_waiting_rate"] == pytest.approx(waiting / 100)
    # Every ten minutes so many fewer are left: the sum of ten times the share that is still waiting.
    left = [max(100 - agents * (call + 1), 0) / 100 for call in range(36)]
    assert found["desk_wait_minutes"] == pytest.approx(10 * sum(left))
    assert found["desk_abandon_rate"] == 0


def test_by_shift_the_queue_waits_on_and_counts_as_still_waiting() -> None:
    shift = {"days": "mon-sun", "from": 0, "to": 2, "agents": 1}
    desk = {"id": "d", "shifts": [shift], "closed": "wait", "service_minutes": 10}
    found = {id_: each.mean for id_, each in ran(overloaded(desks=[desk])).summary("base").items()}
    # Calls begin at 0, 10, …, 110 minutes; after two hours nobody answers.
    assert found["desk_still_waiting_rate"] == pytest.approx(88 / 100)
    served = sum(10 * (100 - call) / 100 for call in range(1, 12))
    assert found["desk_wait_minutes"] == pytest.approx(served + (360 - 110) * 88 / 100)


def test_closing_turns_the_queue_away_so_nobody_is_left_waiting() -> None:
    shift = {"days": "mon-sun", "from": 0, "to": 2, "agents": 1}
    desk = {"id": "d", "shifts": [shift], "service_minutes": 10}
    found = {id_: each.mean for id_, each in ran(overloaded(desks=[desk])).summary("base").items()}
    assert found["desk_still_waiting_rate"] == 0
    assert found["desk_turned_away_rate"] == pytest.approx(88 / 100)
    assert found["desk_wait_minutes"] == pytest.approx(sum(range(0, 120, 10)) / 12)


@pytest.mark.parametrize("horizon", [30, 30.5, 60])
def test_who_leaves_exactly_at_thirty_days_is_not_retained_then(horizon: float) -> None:
    of = scenario(
        horizon=horizon,
        population={"size": 100},
        experiment={"seed": 7, "replications": 2},
        touchpoints=[
            {"id": "buy", "start": True, "goal": {"kind": "conversion"}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[{"from": "buy", "to": "gone", "share": 1, "delay": 30}],
    )
    found = ran(of).summary("base")
    assert (found["retention_7"].mean, found["retention_30"].mean) == (1, 0)
    assert found["churn_rate"].mean == found["churned_within_30"].mean == 1


def test_the_cost_of_a_customer_won_is_all_spend_over_all_won() -> None:
    of = scenario(
        population={"size": 1},
        experiment={"seed": 7, "replications": 100},
        channels=[{"id": "ads", "acquisition": {"spend": 100, "cost_per_arrival": 10, "saturation": 1000}}],
        touchpoints=[
            {"id": "land", "start": True},
            {"id": "buy", "goal": {"kind": "conversion", "value": 40}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "land", "to": "buy", "share": 0.2},
            {"from": "land", "to": "gone", "share": 0.8},
        ],
    )
    results = ran(of)
    each = [measured.sums["all"]["cost_per_acquisition"] for measured in results.measured("base")]
    spent, won = (sum(column) for column in zip(*each, strict=True))
    assert spent == 100 * 100
    assert any(whole == 0 for _, whole in each)  # somewhere nobody was won, and the money was spent all the same
    found = results.summary("base")["cost_per_acquisition"]
    assert found.mean == pytest.approx(spent / won)
    # 1000 (1 - exp(-0.01)) arrivals are bought on average; a fifth of the reference customers buys.
    assert found.lo is not None
    assert found.hi is not None
    assert found.lo < 100 / (9.950166 * 0.2) < found.hi


@pytest.mark.parametrize(
    ("goods_back", "profit", "clv"), [(1, 8600, 84.5455), (0, 4100, 84.5455 - 42.2727), (0.5, 6350, 84.5455 - 21.1364)]
)
def test_refunded_goods_that_do_not_come_back_are_lost(goods_back: float, profit: float, clv: float) -> None:
    money = {"refund_rate": 0.25, "discount_rate": 0.1, "goods_back": goods_back}
    of = scenario(
        horizon=400,
        population={"size": 100},
        experiment={"seed": 7, "replications": 1},
        money=money,
        channels=[{"id": "web", "cost": 2}],
        touchpoints=[
            {"id": "buy", "start": True, "goal": {"kind": "conversion", "value": 100, "margin": 0.4}},
            {"id": "again", "goal": {"kind": "conversion", "value": 200, "margin": 0.4}},
        ],
        transitions=[{"from": "buy", "to": "again", "share": 1, "delay": 365}],
    )
    results = ran(of)
    found = {id_: each.mean for id_, each in results.summary("base").items()}
    # Sold for 300 with a margin of 120 each; a quarter paid back; goods worth 180 x 1/4 each are refunded.
    assert found["revenue"] == pytest.approx(22500)
    assert found["cost"] == pytest.approx(400)
    assert found["profit"] == pytest.approx(profit)
    # 40 + 80 / 1.1 of margin, a quarter paid back; of the goods 60 + 120 / 1.1 a quarter.
    assert found["clv"] == pytest.approx(clv, abs=1e-3)
    assert found["pays_back_rate"] == 1
    assert found["payback_days"] == 1
    assert results.measured("base")[0].channels["web"] == {"contacts": 200, "cost": 400}


def test_a_share_has_no_limit_beyond_0_and_1() -> None:
    of = scenario(
        horizon=60,
        population={"size": 20},
        experiment={"seed": 3, "replications": 5},
        touchpoints=[
            {"id": "a", "start": True},
            {"id": "b", "goal": {"kind": "conversion"}},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[{"from": "a", "to": "b", "share": 0.97}, {"from": "a", "to": "gone", "share": 0.03}],
    )
    found = ran(of).summary("base")["conversion_rate"]
    limits = (found.lo, found.hi, found.range_lo, found.range_hi)
    assert 0.85 < found.mean < 1
    assert all(limit is not None and 0 <= limit <= 1 for limit in limits)


def test_a_journey_without_goal_exit_desk_or_money_tells_what_there_is() -> None:
    of = scenario(
        population={"size": 5},
        experiment={"seed": 7, "replications": 1},
        touchpoints=[{"id": "a", "start": True}, {"id": "b"}],
        transitions=[
            {"from": "a", "to": "b", "share": 1, "delay": 1},
            {"from": "b", "to": "a", "share": 1, "delay": 1},
        ],
    )
    results = ran(of)
    assert list(results.summary("base")) == ["arrivals", "contacts_per_customer", "sentiment", "effort"]
    assert results.measured("base")[0].curves == {}


@pytest.mark.parametrize("change", ["phases", "shocks"])
def test_money_is_counted_at_its_price_at_that_time(change: str) -> None:
    later = {"id": "dear", "set": {"channels.web.cost": 100, "actions.hello.cost": 7}}
    when = {"at": 15} if change == "phases" else {"from": 15, "to": 25}
    of = scenario(
        population={"size": 10},
        experiment={"seed": 7, "replications": 1},
        channels=[{"id": "web", "cost": 1}, {"id": "mail", "cost": 0}],
        touchpoints=[
            {"id": "a", "start": True, "channels": ["web"]},
            {"id": "b", "channels": ["web"]},
            {"id": "end", "exit": "completed"},
        ],
        transitions=[
            {"from": "a", "to": "b", "share": 1, "delay": 20},
            {"from": "b", "to": "end", "share": 1, "delay": 20},
        ],
        actions=[{"id": "hello", "channels": ["mail"], "cost": 3}],
        rules=[{"id": touchpoint, "when": {"entered": touchpoint}, "do": "hello"} for touchpoint in ("a", "b")],
        orchestration={"policy": "rules"},
        **{change: [later | when]},
    )
    found = ran(of).measured("base")[0]
    # On day 0 ten contacts at 1 and ten messages at 3, on day 20 ten at 100 and at 7.
    assert found.channels["web"] == {"contacts": 20, "cost": 1010}
    assert found.actions["hello@mail"]["cost"] == found.actions["hello"]["cost"] == 100
    assert found.outcomes["all"]["cost"] == 1110
