"""Where to go next: the exponential race among transitions, and its delay (model 2.4)."""

import math

from sim.compiling.compiled import compiled
from sim.compiling.indices import from_front
from sim.draws.distributions import sample
from sim.draws.philox import Word
from sim.draws.races import race, race_of_shares
from sim.engine.customer import covariates as covariate
from sim.engine.customer.state import discount, fatigue, nudge, relevance
from sim.engine.customer.visit import draw_visit
from sim.engine.memory import totals
from sim.engine.memory.lane import VISITS, Lane
from sim.engine.program.tables import Floats, Tables

_ROUNDING = 1e-9
_NO_WORD = Word(0)
NO_RACE = -1
"""In place of a chosen transition: the present visit has had no race."""
UNDECIDED = -2
"""Likewise: it has had one that nobody won. Held again, with other shares, it may have a winner."""


@compiled
def covariates(tables: Tables, lane: Lane, i: int, n: int, feeling: float, effort: float, wait: float) -> Floats:
    """The covariates of customer i's choice at n, in the order of COVARIATES, shape (12,); good until the next call."""
    state = lane.state[i]
    x = lane.covariates
    x[covariate.PROPENSITY] = state.propensity
    x[covariate.AFFINITY] = state.affinity
    x[covariate.PERSONALIZATION] = 0.0
    x[covariate.SENTIMENT] = state.sentiment
    x[covariate.FATIGUE] = 0.0
    x[covariate.LOST_CONTEXT] = state.lost
    x[covariate.BAD_EXPERIENCE] = 1.0 if feeling < tables.bad_below else 0.0
    x[covariate.WAIT] = wait
    x[covariate.EFFORT] = (effort - tables.effort_reference[n]) / 4.0
    x[covariate.INCENTIVE] = 0.0
    x[covariate.PRICE] = tables.log_price * state.price_sensitivity
    x[covariate.NUDGE] = 0.0
    return x


@compiled
def touched_covariates(tables: Tables, lane: Lane, i: int, time: float, x: Floats) -> None:
    """Add to the covariates of customer i's choice what the brand has done, and keep them for races held again."""
    x[covariate.PERSONALIZATION] = relevance(tables, lane, i, lane.state[i].met) * tables.conversion_appeal
    x[covariate.FATIGUE] = fatigue(lane, i, time)
    x[covariate.INCENTIVE] = discount(tables, lane, i, time) * lane.state[i].price_sensitivity
    x[covariate.NUDGE] = nudge(lane, i, time)
    for c in range(covariate.COUNT):
        lane.kept_covariates[i, c] = x[c]


@compiled
def choose(tables: Tables, lane: Lane, i: int, n: int, x: Floats) -> tuple[int, Word, Word, Word]:
    """The transition that customer i takes from touchpoint n (model 2.4: exponential race).

    It is given by its position in the arrays `choice_…`; -1 if there is none. Beside it stand the words of its block
    that are its delay's.
    """
    i, n = from_front(i), from_front(n)
    state = lane.state[i]
    begin, end = tables.block_first[n], tables.block_first[n + 1]
    if tables.touchpoint_by_shares[n]:
        position = race_of_shares(lane.waits, tables.block_inverse_share, begin, end)
    else:
        position = race(
            lane.log_waits, tables.block_log_share, tables.block_exit, tables.block_effects, begin, end,
            x, state.log_attrition,
        )  # fmt: skip
    if position < 0:
        return -1, _NO_WORD, _NO_WORD, _NO_WORD
    j = tables.choice_first[n] + position - tables.visit_block[n] - 1
    words = lane.words
    return j, Word(words[1, position]), Word(words[2, position]), Word(words[3, position])


@compiled
def set_out(tables: Tables, lane: Lane, i: int, j: int, time: float, w1: Word, w2: Word, w3: Word) -> None:
    """Make transition j customer i's pending event; its delay, drawn from these words, starts now.

    The covariates of the choice are still those of the lane.
    """
    i, j = from_front(i), from_front(j)
    state = lane.state[i]
    state.target = tables.choice_target[j]
    # Drawn ahead, so that the processor makes the blocks of the next visit while it waits for the delay.
    draw_visit(tables, lane, i, state.target, lane.visits[i, state.target] & VISITS)
    delay = max(sample(tables.rows, tables.values, tables.choice_row[j], w1, w2, w3), 0.0) / state.pace
    state.due = _after(tables, time, delay)
    number = tables.choice_number[j]
    lane.chosen[state.segment, number] += 1
    lane.chosen_delay[state.segment, number] += delay
    if tables.choice_exit[j] and lane.covariates[covariate.BAD_EXPERIENCE] > 0.0:
        lane.touchpoint_counts[totals.BAD_DROPPED, state.segment, state.touchpoint] += 1
    if tables.orchestrated:
        lane.outreach[i].chosen = j
        lane.outreach[i].delay = delay


@compiled
def take_back(tables: Tables, lane: Lane, i: int) -> None:
    """Drop customer i's pending transition, if there is one."""
    state, reached = lane.state[i], lane.outreach[i]
    if reached.chosen < 0:
        return
    number = tables.choice_number[reached.chosen]
    lane.chosen[state.segment, number] -= 1
    lane.chosen_delay[state.segment, number] -= reached.delay
    if tables.choice_exit[reached.chosen] and lane.kept_covariates[i, covariate.BAD_EXPERIENCE] > 0.0:
        lane.touchpoint_counts[totals.BAD_DROPPED, state.segment, state.touchpoint] -= 1
    reached.chosen = -1
    state.due = math.inf


@compiled
def _after(tables: Tables, time: float, delay: float) -> float:
    """When a delay that starts at `time` ends, by the activity clock if there is one (model 1)."""
    if tables.clock.shape[0] == 0 or delay == 0.0:
        return time + delay
    from_monday = time + tables.weekday
    weeks = math.floor(from_monday / 7.0)
    hours = (from_monday - 7.0 * weeks) * 24.0
    hour = min(int(hours), 167)
    clock = tables.clock
    active = 7.0 * weeks + clock[hour] + (clock[hour + 1] - clock[hour]) * (hours - hour) + delay - _ROUNDING
    weeks = math.floor(active / 7.0)
    rest = active - 7.0 * weeks
    low, high = 0, 167
    while low < high:
        middle = (low + high) // 2
        if clock[middle + 1] >= rest:
            high = middle
        else:
            low = middle + 1
    pace = clock[low + 1] - clock[low]
    within = (rest - clock[low]) / pace if pace > 0.0 else 0.0
    return float(max(time, 7.0 * weeks + (low + within) / 24.0 - tables.weekday))
