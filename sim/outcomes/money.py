"""What the goals bring, what the contacts cost, and when the one covers the other."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.history import History
from sim.outcomes.conversion import NOBODY_WON
from sim.outcomes.groups import Found, Group, Missing, Ratio
from sim.population import arrival_grid
from sim.scenario.resolve import enabled_channels, enabled_desks
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]

DAYS_A_MONTH = 30
"""`[money] per_month` is the running cost of so many days."""


def revenue(group: Group, scenario: Scenario) -> Found:
    """Revenue and customer lifetime value, less refunds."""
    customers = group.history.customers
    kept = 1 - scenario.money.refund_rate
    margin = float(customers.discounted_margin[group.won].sum())
    return {
        "revenue": group.sum(customers.revenue) * kept,
        "clv": Ratio(margin * kept, group.won.size, NOBODY_WON),
    }


def result(history: History, scenario: Scenario) -> Found:
    """Cost, profit, return and payback of the run as a whole."""
    spread = _spread_cost(history, scenario)
    bought = daily_acquisition(scenario)
    setup = scenario.money.setup
    sends = history.daily_message_cost + history.daily_personal_cost
    by_day = history.daily_contact_cost + history.daily_desk_cost + sends + bought
    each = history.customers.contact_cost + history.customers.message_cost + history.customers.personal_cost
    cost = float(each.sum() + history.daily_desk_cost.sum() + bought.sum()) + spread + setup
    kept = 1 - scenario.money.refund_rate
    profit = float(history.customers.margin.sum()) * kept - cost
    return {
        "cost": cost,
        "profit": profit,
        "roi": Ratio(profit, cost, "the run cost nothing"),
        "payback_days": _payback(
            np.cumsum(history.daily_margin) * kept,
            setup + np.cumsum(by_day + spread * _day_lengths(history) / history.horizon),
        ),
    }


def acquisition(history: History, scenario: Scenario) -> Found:
    """What was spent on bought arrivals, and what they brought."""
    spent = float(daily_acquisition(scenario).sum())
    customers = history.customers
    theirs = (customers.bought >= 0) & (customers.arrival < history.horizon)
    won = int(np.count_nonzero(theirs & np.isfinite(customers.acquired)))
    earned = float(customers.revenue[theirs].sum()) * (1 - scenario.money.refund_rate)
    return {
        "acquisition_cost": spent,
        "roas": Ratio(earned, spent, "no arrivals are paid for within the run"),
        "cost_per_acquisition": Ratio(spent, won, "nobody who was bought was won"),
    }


def daily_acquisition(scenario: Scenario) -> Floats:
    """Money for bought arrivals on each day of the run, shape (days,): in proportion to those expected (model 18)."""
    spend = sum(channel.acquisition.spend for channel in enabled_channels(scenario) if channel.acquisition)
    days = int(np.ceil(scenario.horizon))
    share, day = arrival_grid(scenario)
    edges = np.minimum(np.arange(days + 1), scenario.horizon)
    come = np.interp(edges, day, share) if len(day) else np.append(0.0, np.ones(days))
    daily: Floats = spend * np.diff(come)
    return daily


def _spread_cost(history: History, scenario: Scenario) -> float:
    """Money of what runs evenly: agents on shift and the monthly cost."""
    hourly = {desk.id: desk.cost_per_hour for desk in enabled_desks(scenario)}
    agents = sum(
        hours * hourly[desk] for desk, hours in zip(history.desks, history.at_desks.agent_hours.tolist(), strict=True)
    )
    return float(agents + scenario.money.per_month * history.horizon / DAYS_A_MONTH)


def _day_lengths(history: History) -> Floats:
    """Days that each day of the run lasts, shape (days,): 1, but for the last where the horizon cuts it short."""
    lengths: Floats = np.minimum(history.horizon - np.arange(history.daily_margin.size), 1.0)
    return lengths


def _payback(margin: Floats, cost: Floats) -> float | Missing:
    """Days until the end of the first day from which on the cumulated margin covers the cumulated cost."""
    if not cost.size or cost[-1] <= 0:
        return Missing("the run cost nothing")
    if margin[-1] < cost[-1]:
        return Missing("the margin does not cover the cost within the run")
    short = np.flatnonzero((margin < cost) | (cost <= 0))
    return float(short[-1] + 2 if short.size else 1)
