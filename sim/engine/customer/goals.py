"""What a touchpoint brings: goals (model 2.3) and surveys (model 6)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.distributions import sample
from sim.draws.philox import block, normal, uniform32
from sim.engine.customer.state import best_offer
from sim.engine.memory import totals
from sim.engine.memory.lane import Lane, day_of
from sim.engine.memory.record import (
    CES_ANSWER,
    COMPLETED_GOAL,
    CONVERTED,
    CSAT_ANSWER,
    NPS_ANSWER,
    VALUE_REACHED,
    record,
)
from sim.engine.program.tables import CONVERSION, CSAT, FIRST_VALUE, NO_GOAL, NPS, Tables

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
        price = tables.price_index
        if tables.orchestrated and kind == CONVERSION:
            price *= 1.0 - _use_offer(tables, lane, i, time, worth)
        money = worth * price
        margin = worth * (price - 1.0 + tables.goal_margin[n])
    event = COMPLETED_GOAL
    if kind == CONVERSION:
        event = CONVERTED
        state.conversions += 1
        lane.daily_conversions[day_of(lane, time)] += 1
        if tables.goal_row[n] >= 0:
            state.purchases += 1
            state.order_revenue += money
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
    lane.outreach[i].discount += worth * tables.price_index * share
    return float(share)


@compiled
def answer_surveys(tables: Tables, lane: Lane, i: int, n: int, time: float, feeling: float, effort: float) -> None:
    """Put the surveys of touchpoint n to customer i (model 6)."""
    state = lane.state[i]
    for k in range(tables.survey_first[n], tables.survey_first[n + 1]):
        v = tables.survey_index[k]
        w0, w1, w2, w3 = block(state.number, tables.survey_site[k], sites.SURVEY, state.visit, lane.key0, lane.key1)
        kind = tables.survey_kind[v]
        z = normal(w1, w2, w3)
        event = CES_ANSWER
        if kind == NPS:
            event = NPS_ANSWER
            answer = min(max(math.floor(7.5 + 4.0 * state.sentiment + z + 0.5), 0.0), 10.0)
        elif kind == CSAT:
            event = CSAT_ANSWER
            answer = min(max(math.floor(3.5 + 1.5 * feeling + 0.5 * z + 0.5), 1.0), 5.0)
        else:
            answer = min(max(math.floor(effort + 0.5 * z + 0.5), 1.0), 7.0)
        answered = uniform32(w0) < min(1.0, tables.survey_rate[v] * (1.0 + 0.3 * state.sentiment))
        _count_answer(lane, state.segment, v, kind == NPS, answer, answered)
        if answered:
            record(lane, i, time, event, answer)


@compiled
def _count_answer(lane: Lane, s: int, v: int, recommends: bool, answer: float, answered: bool) -> None:
    counts, sums = lane.survey_counts, lane.survey_sums
    counts[totals.ASKED, s, v] += 1
    sums[totals.TRUE_TOTAL, s, v] += answer
    promoter = recommends and answer >= 9.0
    detractor = recommends and answer <= 6.0
    counts[totals.TRUE_PROMOTERS, s, v] += promoter
    counts[totals.TRUE_DETRACTORS, s, v] += detractor
    if answered:
        counts[totals.ANSWERED, s, v] += 1
        sums[totals.TOTAL, s, v] += answer
        counts[totals.PROMOTERS, s, v] += promoter
        counts[totals.DETRACTORS, s, v] += detractor
