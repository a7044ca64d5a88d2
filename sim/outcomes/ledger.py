"""What is earned and spent on each day of a replication, by cause (model 38)."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import History
from sim.outcomes.lines import OWN
from sim.outcomes.money import agents, daily_acquisition, day_lengths, running
from sim.scenario.scenario import Scenario

Floats = NDArray[np.float64]


def ledger(history: History, scenario: Scenario) -> dict[str, Floats]:
    """What is earned (above 0) and spent (below 0) on each day, shape (days,), by line of `OWN`."""
    sales, refunded, lost = history.daily_revenue, scenario.money.refund_rate, 1 - scenario.money.goods_back
    goods = sales - history.daily_margin
    each_day = day_lengths(history) / history.horizon
    setup = np.zeros(sales.shape)
    setup[0] = scenario.money.setup
    earned = {
        "sales": sales + history.daily_discount,
        "discounts": -history.daily_discount,
        "refunds": -sales * refunded,
        "goods": -goods * (1 - refunded),
        "goods_lost": -goods * refunded * lost,
    }
    spent = {
        "acquisition": daily_acquisition(scenario),
        "contacts": history.daily_contact_cost,
        "messages": history.daily_message_cost,
        "personalization": history.daily_personal_cost,
        "service": history.daily_desk_cost,
        "agents": agents(history, scenario) * each_day,
        "setup": setup,
        "running": running(history, scenario) * each_day,
    }
    amounts = earned | {line: -cost for line, cost in spent.items()}
    # Nothing spent is 0, not minus 0.
    return {line: amounts[line] + 0.0 for line in OWN}
