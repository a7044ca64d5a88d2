"""Where to go next: the exponential race among transitions, and its delay (model 2.4)."""

import math

from sim.draws import sites
from sim.draws.compiled import compiled
from sim.draws.distributions import sample
from sim.draws.philox import block, uniform32
from sim.engine.lane import Lane
from sim.engine.tables import Floats, Tables

_ROUNDING = 1e-9


@compiled
def covariates(tables: Tables, lane: Lane, i: int, n: int, feeling: float, effort: float, wait: float) -> Floats:
    """The covariates of customer i's choice at n, in the order of COVARIATES, shape (12,); good until the next call."""
    state = lane.state[i]
    x = lane.covariates
    x[0] = state.propensity
    x[1] = state.affinity
    x[2] = state.personalization
    x[3] = state.sentiment
    x[4] = state.fatigue
    x[5] = state.lost
    x[6] = 1.0 if feeling < tables.bad_below else 0.0
    x[7] = wait
    x[8] = (effort - tables.effort_reference[n]) / 4.0
    x[9] = state.offer * state.price_sensitivity
    x[10] = tables.log_price * state.price_sensitivity
    x[11] = state.nudge
    return x


@compiled
def choose(tables: Tables, lane: Lane, i: int, n: int, x: Floats) -> int:
    """The transition that customer i takes from touchpoint n (model 2.4: exponential race).

    It is given by its place in the arrays `choice_…`; -1 if there is none.
    """
    state = lane.state[i]
    winner, soonest = -1, math.inf
    for j in range(tables.choice_first[n], tables.choice_first[n + 1]):
        weight = tables.choice_share[j]
        if tables.choice_exit[j]:
            weight *= state.attrition
        if not weight > 0.0:
            continue
        appeal = 0.0
        for c in range(12):
            appeal += tables.choice_effects[j, c] * x[c]
        w0, _, _, _ = block(i, tables.choice_site[j], sites.TRANSITION, state.visit, lane.key0, lane.key1)
        time = -math.log(uniform32(w0)) / (weight * math.exp(appeal))
        if time < soonest:
            winner, soonest = j, time
    return winner


@compiled
def set_out(tables: Tables, lane: Lane, i: int, j: int, time: float) -> None:
    """Make transition j customer i's pending event; its delay starts now."""
    state = lane.state[i]
    _, w1, w2, w3 = block(i, tables.choice_site[j], sites.TRANSITION, state.visit, lane.key0, lane.key1)
    delay = max(sample(tables.rows, tables.values, tables.choice_row[j], w1, w2, w3), 0.0) / state.pace
    state.target = tables.choice_target[j]
    state.due = _after(tables, time, delay)
    number = tables.choice_number[j]
    lane.chosen[state.segment, number] += 1
    lane.chosen_delay[state.segment, number] += delay


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
