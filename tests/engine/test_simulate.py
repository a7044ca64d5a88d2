import dataclasses

import numpy as np
import pytest

from sim.engine import History
from sim.engine.memory.history import EVENTS
from tests.builders import scenario
from tests.engine.worlds import DESKS, run, shop, with_desk

LISTS = ("customers", "events")
TOTALS = ("at_touchpoints", "at_transitions", "at_desks", "at_surveys")


def same(one: History, other: History, parts=(*LISTS, "log", *TOTALS), rounding=0.0) -> bool:
    """Whether two histories agree, to the last bit if no rounding is allowed."""
    return all(
        np.allclose(getattr(one_part, field.name), getattr(other_part, field.name), rounding, rounding, equal_nan=True)
        for part in parts
        for one_part, other_part in [(getattr(one, part), getattr(other, part))]
        for field in dataclasses.fields(one_part)
    )


def of_kind(history: History, kind: str) -> np.ndarray:
    return history.events.event == EVENTS.index(kind)


def test_the_same_seed_gives_the_same_history_and_another_seed_another():
    assert same(run(with_desk()), run(with_desk()))
    assert not same(run(shop()), run(shop(), seed=2))
    assert not same(run(shop()), run(shop(), replication=1))


@pytest.mark.parametrize("desk", DESKS)
def test_stops_at_which_nothing_happens_change_nothing(desk):
    of = with_desk(**DESKS[desk]).model_copy(update={"horizon": 30.5})
    plain, stopping = run(of), run(of, sliced=True)
    assert same(plain, stopping, LISTS)
    assert same(plain, stopping, TOTALS, rounding=1e-9)  # sums are taken in another order


@pytest.mark.parametrize("desk", DESKS)
def test_everybody_who_arrived_is_at_exactly_one_touchpoint_at_the_end(desk):
    history = run(with_desk(**DESKS[desk]))
    customers, totals = history.customers, history.at_touchpoints
    assert totals.present.sum() == (customers.arrival <= history.horizon).sum() == (customers.touchpoint >= 0).sum()
    entered = np.bincount(history.events.touchpoint[of_kind(history, "enter")], minlength=len(history.touchpoints))
    assert np.array_equal(totals.visits.sum(axis=0), entered)
    exits = customers.status >= 2
    assert np.array_equal(exits, ~np.isnan(customers.exit))
    assert np.isin(customers.touchpoint[exits], [history.touchpoints.index(id_) for id_ in ("gone", "fan")]).all()


def test_visits_in_are_visits_out_and_customers_present():
    history = run(with_desk(), events=True)
    enter = of_kind(history, "enter")
    customer, touchpoint = history.events.customer[enter], history.events.touchpoint[enter]
    order = np.lexsort((history.events.time[enter], customer))
    customer, touchpoint = customer[order], touchpoint[order]
    moved_on = np.append(customer[1:] == customer[:-1], False)
    out = np.bincount(touchpoint[moved_on], minlength=len(history.touchpoints))
    totals = history.at_touchpoints
    assert np.array_equal(totals.visits.sum(axis=0) - out, totals.present.sum(axis=0))


@pytest.mark.parametrize("desk", DESKS)
def test_whoever_asks_at_a_desk_is_served_gives_up_is_turned_away_or_still_waits(desk):
    history = run(with_desk(**DESKS[desk]))
    desks = history.at_desks
    asked, answered = of_kind(history, "asked").sum(), 0
    for kind, count in (("served", desks.served), ("gave_up", desks.gave_up), ("turned_away", desks.turned_away)):
        assert of_kind(history, kind).sum() == count.sum()
        answered += int(count.sum())
    ended = of_kind(history, "experience") & (history.events.touchpoint == history.touchpoints.index("cart"))
    assert asked == desks.asked.sum()
    assert asked - ended.sum() == history.customers.queued.sum()
    in_service = int(((history.customers.touchpoint >= 0) & history.customers.queued).sum()) - (asked - answered)
    assert 0 <= in_service <= 2


def test_money_adds_up_from_customers_days_touchpoints_and_events():
    history = run(shop())
    customers = history.customers
    money = np.nansum(history.events.value[of_kind(history, "conversion")])
    assert money == pytest.approx(customers.revenue.sum(), abs=0.005)
    assert money == pytest.approx(history.at_touchpoints.value.sum(), abs=0.005)
    assert customers.margin.sum() == pytest.approx(0.4 * money, abs=0.005)
    assert customers.margin.sum() == pytest.approx(history.daily_margin.sum(), abs=0.005)
    assert customers.contact_cost.sum() == pytest.approx(history.daily_contact_cost.sum(), abs=0.005)
    costs = history.channel_contacts.sum(axis=0) @ np.array([0.1, 2.0])
    assert customers.contact_cost.sum() == pytest.approx(costs, abs=0.005)
    assert (customers.discounted_margin <= customers.margin + 1e-9).all()


def test_time_spent_fills_the_time_from_arrival_to_exit_or_horizon():
    history = run(shop())
    customers = history.customers
    ends = np.where(np.isnan(customers.exit), history.horizon, customers.exit)
    assert history.at_touchpoints.days.sum() == pytest.approx((ends - customers.arrival).sum())


def test_more_customers_leave_the_first_ones_as_they_were():
    few, many = run(shop()), run(shop(population={"size": 900, "arrivals": {"pattern": "poisson", "over": 15}}))
    first = many.events.customer < 500
    assert np.array_equal(few.events.time, many.events.time[first])
    assert np.array_equal(few.events.touchpoint, many.events.touchpoint[first])


def test_a_touchpoint_that_nobody_reaches_changes_nobody_wherever_it_stands():
    plain = shop()
    for index in (0, 2, len(plain.touchpoints)):
        touchpoints = [part.model_dump(exclude_unset=True) for part in plain.touchpoints]
        transitions = [part.model_dump(exclude_unset=True, by_alias=True) for part in plain.transitions]
        touchpoints.insert(index, {"id": "nowhere"})
        transitions.insert(index, {"from": "look", "to": "nowhere", "share": 0})
        transitions.append({"from": "nowhere", "to": "look", "share": 1, "delay": 1})
        edited, before = run(shop(touchpoints=touchpoints, transitions=transitions)), run(plain)
        assert np.array_equal(edited.events.time, before.events.time)
        assert np.array_equal(edited.events.value, before.events.value, equal_nan=True)


def test_raising_one_transition_only_moves_customers_towards_it():
    plain = shop()
    transitions = [part.model_dump(exclude_unset=True, by_alias=True) for part in plain.transitions]
    raised = [
        transition | {"share": transition["share"] * (1.3 if transition["to"] == "buy" else 1)}
        for transition in transitions
    ]
    before, after = run(plain), run(shop(transitions=raised), base=plain)
    moved = 0
    for customer in range(plain.population.size):
        paths = [
            history.events.touchpoint[of_kind(history, "enter") & (history.events.customer == customer)]
            for history in (before, after)
        ]
        length = min(map(len, paths))
        differs = np.flatnonzero(paths[0][:length] != paths[1][:length])
        if len(differs):
            moved += 1
            assert after.touchpoints[paths[1][differs[0]]] == "buy"
    assert moved > 10


def test_customers_who_would_arrive_after_the_horizon_never_appear():
    history = run(shop(population={"size": 200, "arrivals": {"pattern": "poisson", "over": 60}}))
    late = history.customers.arrival > 30
    assert late.any()
    assert (history.customers.touchpoint[late] == -1).all()
    assert not np.isin(history.events.customer, np.flatnonzero(late)).any()


def test_a_service_that_would_end_after_the_horizon_does_not_end():
    desk = [{"id": "till", "agents": 500, "service_minutes": 2 * 1440 + 1}]
    touchpoints = [
        {"id": "start", "start": True, "desk": "till"},
        {"id": "gone", "exit": "churn"},
    ]
    transitions = [{"from": "start", "to": "gone", "share": 1}]
    history = run(scenario(horizon=2, desks=desk, touchpoints=touchpoints, transitions=transitions))
    assert history.customers.queued.all()
    assert history.at_desks.served.sum() == 100


def test_a_goal_that_does_not_repeat_counts_once_for_each_customer():
    touchpoints = [
        {"id": "start", "start": True, "goal": {"kind": "value", "value": 10, "repeats": False}},
        {"id": "gone", "exit": "churn"},
    ]
    transitions = [
        {"from": "start", "to": "start", "share": 9, "delay": 1},
        {"from": "start", "to": "gone", "share": 1, "delay": 1},
    ]
    history = run(scenario(touchpoints=touchpoints, transitions=transitions))
    assert history.at_touchpoints.visits[0, 0] > 400
    assert (history.customers.revenue == 10).all()


def test_the_price_index_moves_the_price_and_not_the_cost_of_the_goods():
    history = run(scenario(behaviour={"price_index": 1.2}))
    goals = history.at_touchpoints.goals.sum()
    assert history.customers.revenue.sum() == pytest.approx(60 * goals)
    margin = scenario(behaviour={"price_index": 1.2}).touchpoints[2].goal.margin
    assert history.customers.margin.sum() == pytest.approx(50 * (0.2 + margin) * goals)
