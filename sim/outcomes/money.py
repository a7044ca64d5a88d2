"""What the goals bring, what the contacts cost, and when the one covers the other."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import History
from sim.outcomes.conversion import NOBODY_WON
from sim.outcomes.groups import Group, Measurements, Missing, Ratio
from sim.population import Grid, bought_grids
from sim.scenario.remembered import remembered
from sim.scenario.resolve import enabled_channels, enabled_desks
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]

COST_NOTHING = "the run cost nothing"
DAYS_A_MONTH = 30
"""`[money] per_month` is the running cost of so many days."""
SAME_MONEY = 1e-9
"""Amounts that differ by this share of themselves are the same."""


def kept(revenue: Floats, margin: Floats, scenario: Scenario) -> Floats:
    """What refunds leave of the margin; the same shape.

    The money of the refunded share is paid back, which takes its margin; of its goods those that do not come back to be
    sold again are lost as well, at what they cost (revenue less margin).
    """
    refunded, lost = scenario.money.refund_rate, 1 - scenario.money.goods_back
    left: Floats = margin * (1 - refunded) - (revenue - margin) * refunded * lost
    return left


def revenue(group: Group, scenario: Scenario) -> Measurements:
    """Revenue and customer lifetime value, less refunds."""
    customers = group.history.customers
    discounted = kept(customers.discounted_revenue[group.won], customers.discounted_margin[group.won], scenario)
    return {
        "revenue": group.sum(customers.revenue) * (1 - scenario.money.refund_rate),
        "clv": Ratio(float(discounted.sum()), group.won.size, NOBODY_WON),
    }


def result(history: History, scenario: Scenario) -> Measurements:
    """Cost, profit, return and payback of the run as a whole."""
    spread = _spread_cost(history, scenario)
    bought = daily_acquisition(scenario)
    setup = scenario.money.setup
    customers = history.customers
    each = customers.contact_cost + customers.message_cost + customers.personal_cost
    cost = float(each.sum() + history.daily_desk_cost.sum() + bought.sum()) + spread + setup
    profit = float(kept(customers.revenue, customers.margin, scenario).sum()) - cost
    payback = _payback(
        np.cumsum(kept(history.daily_revenue, history.daily_margin, scenario)),
        setup + np.cumsum(_running_cost(history, spread, bought)),
        history.horizon,
    )
    return {
        "cost": cost,
        "profit": profit,
        "roi": Ratio(profit, cost, COST_NOTHING),
        "pays_back_rate": float(not isinstance(payback, Missing)) if cost > 0 else Missing(COST_NOTHING),
        "payback_days": payback,
    }


def daily_cost(history: History, scenario: Scenario) -> Floats:
    """Cost on each day of the run, shape (days,): set-up on the first, monthly cost and agent hours evenly."""
    daily = _running_cost(history, _spread_cost(history, scenario), daily_acquisition(scenario))
    daily[0] += scenario.money.setup
    return daily


def _running_cost(history: History, spread: float, bought: Floats) -> Floats:
    sends = history.daily_message_cost + history.daily_personal_cost
    by_day = history.daily_contact_cost + history.daily_desk_cost + sends + bought
    daily: Floats = by_day + spread * day_lengths(history) / history.horizon
    return daily


def acquisition(history: History, scenario: Scenario) -> Measurements:
    """What was spent on bought arrivals, and what they brought."""
    spent = float(daily_acquisition(scenario).sum())
    customers = history.customers
    theirs = (customers.bought >= 0) & (customers.arrival <= history.horizon)
    won = int(np.count_nonzero(theirs & np.isfinite(customers.acquired)))
    earned = float(customers.revenue[theirs].sum()) * (1 - scenario.money.refund_rate)
    return {
        "acquisition_cost": spent,
        "roas": Ratio(earned, spent, "no arrivals are paid for within the run"),
        "cost_per_acquisition": Ratio(spent, won, "nobody who was bought was won"),
    }


@remembered
def daily_acquisition(scenario: Scenario) -> Floats:
    """Money for bought arrivals on each day of the run, shape (days,): in proportion to those expected (model 18)."""
    days = int(np.ceil(scenario.horizon))
    edges = np.minimum(np.arange(days + 1), scenario.horizon)
    daily: Floats = np.zeros(days)
    for spend, (share, day) in _spends(scenario):
        come = np.interp(edges, day, share) if len(day) else np.append(0.0, np.ones(days))
        daily += spend * np.diff(come)
    daily.setflags(write=False)  # for it is remembered
    return daily


def _spends(scenario: Scenario) -> list[tuple[float, Grid]]:
    """Money for bought arrivals, together where they come in the same pattern."""
    grids = bought_grids(scenario)
    together: dict[int, tuple[float, Grid]] = {}
    for channel in enabled_channels(scenario):
        if channel.acquisition is not None and channel.id in grids:
            grid = grids[channel.id]
            before, _ = together.get(id(grid), (0.0, grid))
            together[id(grid)] = before + channel.acquisition.spend, grid
    return list(together.values())


def agents(history: History, scenario: Scenario) -> float:
    """Money for agents on shift."""
    hourly = {desk.id: desk.cost_per_hour for desk in enabled_desks(scenario)}
    return float(
        sum(
            hours * hourly[desk]
            for desk, hours in zip(history.desks, history.at_desks.agent_hours.tolist(), strict=True)
        )
    )


def running(history: History, scenario: Scenario) -> float:
    """Money of the monthly cost."""
    return scenario.money.per_month * history.horizon / DAYS_A_MONTH


def _spread_cost(history: History, scenario: Scenario) -> float:
    """Money of what runs evenly: agents on shift and the monthly cost."""
    return agents(history, scenario) + running(history, scenario)


def day_lengths(history: History) -> Floats:
    """Days that each day of the run lasts, shape (days,): 1, but for the last where the horizon cuts it short."""
    lengths: Floats = np.minimum(history.horizon - np.arange(history.daily_margin.size), 1.0)
    return lengths


def _payback(margin: Floats, cost: Floats, horizon: float) -> float | Missing:
    """Days until the end of the first day from which on the cumulated margin covers the cumulated cost."""
    if cost[-1] <= 0:
        return Missing(COST_NOTHING)
    # What differs by rounding alone is covered.
    behind = margin < cost * (1 - SAME_MONEY)
    if behind[-1]:
        return Missing("the margin does not cover the cost within the run")
    short = np.flatnonzero(behind | (cost <= 0))
    return float(min(short[-1] + 2 if short.size else 1, horizon))
