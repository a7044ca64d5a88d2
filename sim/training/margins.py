"""The margin of each goal in an event log, with the offers that stood when it was reached (model 2.3 and 10)."""

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import EVENTS, Events, History
from sim.scenario.regimes import regimes
from sim.scenario.resolve import enabled_actions, enabled_touchpoints
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]

_GOALS = [EVENTS.index(name) for name in ("conversion", "value", "completion")]
_CONVERSION, _DELIVERED = EVENTS.index("conversion"), EVENTS.index("delivered")


def margins(events: Events, history: History, scenario: Scenario) -> Floats:
    """What each event earns; 0 where none is a goal with money. One customer after the other, each in order.

    The log has the money that was paid. With the discount that was used it tells what the goods are worth without.
    """
    standing = regimes(scenario)
    begins = [regime.begin for regime in standing]
    goals = {touchpoint.id: touchpoint.goal for touchpoint in enabled_touchpoints(scenario)}
    shares = [goal.margin if (goal := goals[id_]) and goal.value is not None else None for id_ in history.touchpoints]
    discounted = {
        number
        for regime in standing
        for number, action in enumerate(enabled_actions(regime.scenario))
        if action.discount > 0
    }
    earned = np.zeros(len(events.time))
    concerned = np.isin(events.event, _GOALS) & np.array([share is not None for share in shares])[events.touchpoint]
    if discounted:
        concerned |= (events.event == _DELIVERED) & np.isin(events.action, list(discounted))
    ends: dict[int, float] = {}
    of = -1
    for row in np.flatnonzero(concerned).tolist():
        customer, time = int(events.customer[row]), float(events.time[row])
        if customer != of:
            ends, of = {}, customer
        now = standing[bisect_right(begins, time) - 1].scenario
        actions = enabled_actions(now)
        if events.event[row] == _DELIVERED:
            action = int(events.action[row])
            if actions[action].discount > 0:
                ends[action] = max(ends.get(action, -np.inf), time + actions[action].valid_days)
            continue
        paid = 1.0
        if events.event[row] == _CONVERSION:
            open_offers = sorted(action for action, end in ends.items() if time < end)
            if open_offers:
                used = max(open_offers, key=lambda action: actions[action].discount)
                paid -= actions[used].discount
                del ends[used]
        price = now.behaviour.price_index * paid
        share = shares[int(events.touchpoint[row])]
        assert share is not None
        money = float(events.value[row])
        earned[row] = money - (money / price if price > 0 else 0.0) * (1.0 - share)
    return earned
