"""What was sent and shown, what came of it, and what it got in the way of."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import KNOWN, REASONS, History
from sim.outcomes.conversion import NOBODY_ARRIVED
from sim.outcomes.flow import Table
from sim.outcomes.groups import Group, Measurements, Ratio
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.resolve import enabled_actions
from sim.scenario.scenario import Scenario

SAME_MONEY = 1e-9
"""Amounts closer than this are the same."""
COUNTED = ("sent", "delivered", "opened", "responded", "opted_out")


def messages(group: Group, scenario: Scenario) -> Measurements:
    """How messages do, from sending to response; what is shown on site does not count here.

    Transactional messages, which are no choice of the brand's, count where all messages are counted, and nowhere else.
    """
    at = group.history.at_actions
    actions = {action.id: action for action in enabled_actions(scenario)}
    everything = [index for index, (id_, _) in enumerate(group.history.pairs) if actions[id_].kind in MESSAGES]
    chosen = [index for index in everything if not actions[group.history.pairs[index][0]].transactional]

    def total(counts: NDArray[np.int64], indices: list[int]) -> float:
        return float(group.total(counts)[indices].sum())

    sent, delivered, opened = total(at.sent, chosen), total(at.delivered, chosen), total(at.opened, chosen)
    all_sent = total(at.sent, everything)
    return _by_known(group) | {
        "messages_per_customer": Ratio(all_sent, group.arrivals, NOBODY_ARRIVED),
        "transactional_per_customer": Ratio(all_sent - sent, group.arrivals, NOBODY_ARRIVED),
        "delivery_rate": Ratio(delivered, sent, "nothing was sent"),
        "open_rate": Ratio(opened, delivered, "nothing was delivered"),
        "response_rate": Ratio(total(at.responded, chosen), opened, "nothing was opened"),
        "opt_out_rate": Ratio(total(at.opted_out, chosen), delivered, "nothing was delivered"),
        "conflicts_per_customer": Ratio(float(group.total(at.conflicts)), group.arrivals, NOBODY_ARRIVED),
        "duplicates_per_customer": Ratio(float(group.total(at.duplicates)), group.arrivals, NOBODY_ARRIVED),
    }


def _by_known(group: Group) -> Measurements:
    """How many open or respond to messages that are optimised, as controls, and as those who are little known."""
    whose = {
        "optimised": "nobody was known well enough",
        "control": "no control was known well enough",
        "little-known": "everybody was known well enough",
    }
    counts = group.total(group.history.by_known)
    shares: Measurements = {}
    for known, reason in whose.items():
        delivered, opened, responded = map(float, counts[KNOWN.index(known)].tolist())
        name = known.replace("-", "_")
        shares[f"open_rate_{name}"] = Ratio(opened, delivered, reason)
        shares[f"response_rate_{name}"] = Ratio(responded, delivered, reason)
    return shares


def overshoot(history: History, scenario: Scenario) -> Measurements:
    """By how much more than the budget was spent, as a share of the budget (model 17)."""
    budget = scenario.orchestration.budget
    if budget is None:
        return {}
    spent = history.daily_budget_cost
    over = [0.0]
    if budget.total is not None:
        over.append(max(0.0, float(spent.sum()) - budget.total) / budget.total)
    if budget.per_day is not None:
        allowed = budget.per_day * np.minimum(history.horizon - np.arange(spent.size), 1.0)
        over.append(float(np.maximum(spent - allowed - SAME_MONEY, 0.0).sum()) / (budget.per_day * history.horizon))
    return {"budget_overshoot": max(over)}


def action_table(history: History) -> Table:
    """By action, and by action and channel (`ID@CHANNEL`): what was sent and what came of it; why sends were ruled out.

    `sent` to `opted_out` count, `cost` is money for the sends without personalization, `ruled_out_REASON` counts the
    checks that failed (a send that is put off fails one and may pass later).
    """
    at = history.at_actions
    counts = {name: getattr(at, name).sum(axis=0) for name in (*COUNTED, "cost")}
    table: Table = {}
    for action in history.actions:
        parts = {
            f"{id_}@{channel}": {name: float(count[index]) for name, count in counts.items()}
            for index, (id_, channel) in enumerate(history.pairs)
            if id_ == action
        }
        whole = {name: sum(part[name] for part in parts.values()) for name in counts}
        table[action] = whole | _ruled_out(history, action)
        table |= parts
    return table


def _ruled_out(history: History, action: str) -> dict[str, float]:
    counts: NDArray[np.int64] = history.at_actions.ruled_out[:, :, history.actions.index(action)].sum(axis=1)
    return {
        f"ruled_out_{reason.replace('-', '_')}": float(count)
        for reason, count in zip(REASONS, counts.tolist(), strict=True)
        if count
    }
