"""What happens at exactly the horizon belongs to the run and its last day, what would happen later not (model 1)."""

import math
from typing import Any

import numpy as np
import pytest

from sim.engine import History
from sim.engine.memory.history import EVENTS
from tests.builders import scenario
from tests.engine.brands import CHANNELS, HOUR, brand, done, touchpoints
from tests.engine.worlds import run

BEFORE = math.nextafter(2.0, 0.0)
"""The last moment before day 2."""


def times(history: History, kind: str) -> list[float]:
    events = history.events
    assert events is not None
    return [float(time) for time in events.time[events.event == EVENTS.index(kind)]]


def test_an_entry_at_the_horizon_counts_with_its_goal_and_its_money() -> None:
    """Customers reach `done` or `gone` at day 2."""
    history = run(scenario(horizon=2))
    reached = history.at_touchpoints.goals.sum()
    assert reached == len(times(history, "conversion")) > 50
    assert set(times(history, "conversion")) == {2.0}
    assert not np.isnan(history.customers.exit).any()
    assert history.daily_revenue.tolist() == [0, 50 * reached]
    assert history.daily_margin.tolist() == [0, 50 * reached]


def test_what_would_happen_a_moment_after_the_horizon_does_not_happen() -> None:
    history = run(scenario(horizon=BEFORE))
    assert max(times(history, "enter")) == 1.0
    assert set(history.customers.touchpoint) == {history.touchpoints.index("middle")}


@pytest.mark.parametrize("horizon", [2, 2.25])
def test_day_arrays_end_with_the_day_of_the_horizon(horizon: float) -> None:
    start = [{"id": "start", "start": True}, {"id": "middle", "goal": {"kind": "value", "value": 5}}]
    channels = [{"id": "web", "cost": 1}]
    transitions = [{"from": "start", "to": "middle", "share": 1, "delay": horizon}]
    history = run(scenario(horizon=horizon, channels=channels, touchpoints=start, transitions=transitions))
    days = math.ceil(horizon)
    assert history.daily_revenue.tolist() == [0] * (days - 1) + [500]
    assert history.daily_contact_cost.tolist() == [100] + [0] * (days - 2) + [100]


def test_a_friend_who_arrives_at_the_horizon_appears_and_one_a_moment_later_does_not() -> None:
    def came(delay: float) -> int:
        referrals = {"at": ["start"], "rate": 0.5, "delay": delay}
        history = run(scenario(horizon=2, referrals=referrals))
        return int((history.customers.touchpoint[history.customers.arrival > 0] >= 0).sum())

    assert came(2.0) > 20
    assert came(math.nextafter(2.0, 3.0)) == 0


def test_friends_told_at_the_horizon_arrive_at_once() -> None:
    history = run(scenario(horizon=1, referrals={"at": ["middle"], "rate": 0.5}))
    friends = history.customers.arrival == 1.0
    assert friends.sum() > 20
    assert (history.customers.touchpoint[friends] == history.touchpoints.index("start")).all()


# desks


def at_desk(horizon: float = 2, **desk: Any) -> History:
    touchpoints = [{"id": "start", "start": True, "desk": "till"}, {"id": "gone", "exit": "churn"}]
    transitions = [{"from": "start", "to": "gone", "share": 1}]
    desks = [{"id": "till", "agents": 100, "service_minutes": 5, "cost_per_contact": 1, **desk}]
    return run(scenario(horizon=horizon, desks=desks, touchpoints=touchpoints, transitions=transitions))


def test_a_service_that_ends_at_the_horizon_ends_and_the_customer_goes_on() -> None:
    history = at_desk(service_minutes=2 * 1440)
    assert times(history, "churn") == [2.0] * 100
    assert not history.customers.queued.any()
    assert at_desk(BEFORE, service_minutes=2 * 1440).customers.queued.all()


def test_whoever_loses_patience_at_the_horizon_gives_up() -> None:
    history = at_desk(agents=1, service_minutes=9999, patience_minutes=2 * 1440)
    assert history.at_desks.gave_up.sum() == 99
    assert history.at_desks.still_waiting.sum() == 0
    earlier = at_desk(BEFORE, agents=1, service_minutes=9999, patience_minutes=2 * 1440)
    assert earlier.at_desks.still_waiting.sum() == 99


def test_a_shift_that_begins_at_the_horizon_serves_those_who_wait_and_works_no_hour() -> None:
    """Day 0 is a Monday; the desk opens on Wednesday at midnight, day 2."""
    shifts = [{"days": "wed", "from": 0, "to": 24, "agents": 30}]
    history = at_desk(agents=None, shifts=shifts, closed="wait")
    assert times(history, "served") == [2.0] * 30
    assert history.at_desks.still_waiting.sum() == 70
    assert history.at_desks.agent_hours.tolist() == [0]
    assert history.daily_desk_cost.tolist() == [0, 30]
    assert sorted(set(history.waits.minutes.tolist())) == [2 * 1440]
    assert history.waits.ended.sum() == 30
    assert at_desk(BEFORE, agents=None, shifts=shifts, closed="wait").at_desks.served.sum() == 0


def test_a_desk_that_closes_at_the_horizon_turns_those_who_wait_away() -> None:
    shifts = [{"days": "mon-tue", "from": 0, "to": 24, "agents": 1}]
    history = at_desk(agents=None, shifts=shifts, service_minutes=9999)
    assert history.at_desks.turned_away.sum() == 99
    assert history.at_desks.agent_hours.tolist() == [48]


def test_whoever_still_queues_at_the_horizon_has_waited_so_long_without_an_end() -> None:
    """One agent, ten hours each: five are served within two days."""
    history = at_desk(agents=1, service_minutes=600)
    waits = history.waits
    assert sorted(waits.minutes[waits.ended].tolist()) == pytest.approx([0, 600, 1200, 1800, 2400])
    assert waits.minutes[~waits.ended].tolist() == [2880] * 95
    assert history.at_desks.still_waiting.tolist() == [[95]]
    assert sorted(waits.customer.tolist()) == list(range(100))
    assert set(waits.desk.tolist()) == {0}


def test_a_call_back_not_yet_served_is_no_wait_that_goes_on() -> None:
    history = at_desk(agents=None, shifts=[{"days": "sun", "from": 9, "to": 17, "agents": 1}], closed="call-back")
    assert history.at_desks.still_waiting.sum() == 0
    assert history.waits.ended.all()
    assert history.waits.minutes.tolist() == [0] * 100


# the brand: the customer is in the basket at 20:30 and orders at 23:00


def rule(when: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [{"id": "remind", "when": when, "do": "mail", **more}]


AT_THE_HORIZON = {
    "a send after a delay": (rule({"entered": "basket"}, delay=3.5 * HOUR), 1.0),
    "the end of a wait": (rule({"entered": "basket", "after": 3.5 * HOUR}), 1.0),
    "a send after quiet hours": (rule({"entered": "basket"}), 1.25),
    "an idle customer": (rule({"idle": 25 * HOUR}), 2.0),
    "a day": (rule({"at": 1.5}), 1.5),
    "a weekly time": (rule({"every": "tue 12:00"}), 1.5),
    "a tick": (rule({"tick": True}, **{"if": [["days", ">=", 3]]}), 3.0),
}


@pytest.mark.parametrize("case", AT_THE_HORIZON)
@pytest.mark.parametrize("limited", [False, True], ids=["", "with a budget"])
def test_what_the_brand_does_at_the_horizon_is_done(case: str, limited: bool) -> None:
    rules, horizon = AT_THE_HORIZON[case]
    costly = [CHANNELS[0], {**CHANNELS[1], "cost": 2, "quiet_hours": [20, 6] if "quiet" in case else None}]
    plans = {"policy": "rules", "gap_hours": 0} | ({"budget": {"per_day": 9}} if limited else {})
    tables = {"rules": rules, "channels": costly, "orchestration": plans}

    def sent(until: float) -> list[float]:
        return times(run(brand(horizon=until, **tables)), "sent")

    assert sent(horizon) == [pytest.approx(horizon)]
    history = run(brand(horizon=horizon, **tables))
    assert history.daily_message_cost.tolist() == [0.0] * (math.ceil(horizon) - 1) + [2.0]
    assert sent(horizon - 1e-6) == []


def test_a_broadcast_at_the_horizon_is_planned_with_the_money_of_the_last_period() -> None:
    costly = [CHANNELS[0], {**CHANNELS[1], "cost": 2}]
    budget = {"policy": "rules", "gap_hours": 0, "budget": {"per_day": 9}}
    news = [{"id": "news", "at": 2, "do": "mail"}]
    tables = {"channels": costly, "orchestration": budget, "broadcasts": news, "population": {"size": 10}}
    history = run(brand(horizon=2, **tables))
    assert times(history, "sent") == [2.0] * 4
    assert history.daily_budget_cost.tolist() == [0, 8]
    assert times(run(brand(horizon=BEFORE, **tables)), "sent") == []


def test_values_that_change_at_the_horizon_count_for_what_happens_then() -> None:
    phases = [{"id": "dear", "at": 2, "set": {"behaviour.price_index": 2}}]
    history = run(scenario(horizon=2, phases=phases))
    assert set(history.customers.revenue.tolist()) == {0.0, 100.0}


def test_a_message_sent_to_somebody_who_queues_at_the_horizon_is_sent() -> None:
    shifts = [{"days": "sun", "from": 9, "to": 17, "agents": 1}]
    till = {"id": "till", "service_minutes": 5, "closed": "wait", "shifts": shifts}
    tables = {"touchpoints": touchpoints(basket={"desk": "till"}), "desks": [till]}
    assert done(brand(horizon=1, rules=rule({"entered": "basket"}, delay=3.5 * HOUR), **tables)) == [
        (24, "mail@email", None)
    ]
