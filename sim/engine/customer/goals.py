"""What a touchpoint brings: goals (model 2.3)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.distributions import sample
from sim.draws.philox import block
from sim.engine.customer.profile import PURCHASE, note
from sim.engine.customer.state import best_offer
from sim.engine.memory import totals
from sim.engine.memory.lane import Lane, day_of
from sim.engine.memory.record import (
    COMPLETED_GOAL,
    CONVERTED,
    VALUE_REACHED,
    record,
)
from sim.engine.program.tables import CONVERSION, FIRST_VALUE, NO_GOAL, Tables

REACHED = -(2**31)
"""The highest bit of a 32-bit number of visits."""


@compiled
def reach_goal(tables: Tables, lane: Lane, i: int, n: int, time: float) -> None:
    """Let customer i reach the goal of touchpoint n, if it has one that still counts (model 2.3)."""
    kind = tables.goal_kind[n]
    if kind == NO_GOAL:
        return
    if not tables.goal_repeats[n]:
        if lane.visits[i, n] < 0:
            return
        lane.visits[i, n] |= REACHED
    state = lane.state[i]
    money = 0.0
    margin = 0.0
    if tables.goal_row[n] >= 0:
        _, w1, w2, w3 = block(state.number, tables.touchpoint_site[n], sites.VALUE, state.visit, lane.key0, lane.key1)
        worth = max(sample(tables.rows, tables.values, tables.goal_row[n], w1, w2, w3), 0.0)
        paid = 1.0
        if tables.orchestrated and kind == CONVERSION:
            paid -= _use_offer(tables, lane, i, time, worth)
        # From left to right, as the model says it: where money decides who is first at a desk, the last digit counts.
        money = worth * tables.price_index * paid
        margin = worth * (tables.price_index * paid - 1.0 + tables.goal_margin[n])
    event = COMPLETED_GOAL
    if kind == CONVERSION:
        event = CONVERTED
        state.conversions += 1
        lane.daily_conversions[day_of(lane, time)] += 1
        if tables.goal_row[n] >= 0:
            state.purchases += 1
            state.order_revenue += money
            if tables.remembers:
                note(tables, lane, i, PURCHASE, state.channel, money, time)
        if math.isnan(state.acquired):
            state.acquired = time
    elif kind == FIRST_VALUE:
        event = VALUE_REACHED
        if math.isnan(state.first_value):
            state.first_value = time
    elif math.isnan(state.first_completion):
        state.first_completion = time
    state.revenue += money
    state.margin += margin
    if not math.isnan(state.acquired):
        kept = math.exp(-tables.discount * (time - state.acquired))
        state.discounted_margin += margin * kept
        state.discounted_revenue += money * kept
    lane.daily_revenue[day_of(lane, time)] += money
    lane.daily_margin[day_of(lane, time)] += margin
    lane.touchpoint_counts[totals.GOALS, state.segment, n] += 1
    lane.touchpoint_sums[totals.VALUE, state.segment, n] += money
    record(lane, i, time, event, money)


@compiled
def _use_offer(tables: Tables, lane: Lane, i: int, time: float, worth: float) -> float:
    """The discount that customer i uses at a conversion of this worth; it ends with that."""
    a = best_offer(tables, lane, i, time)
    if a < 0:
        return 0.0
    lane.offer_end[i, a] = -math.inf
    share = tables.action_discount[a]
    less = worth * tables.price_index * share
    lane.outreach[i].discount += less
    lane.daily_discount[day_of(lane, time)] += less
    return float(share)
