"""The private lane: customers' own events, one after another, up to the next shared instant (model 7)."""

import math

import numpy as np

from sim.draws import sites
from sim.draws.compiled import compiled
from sim.draws.distributions import sample
from sim.draws.philox import block
from sim.engine.choice import choose, covariates, set_out
from sim.engine.contact import LONGEST_WAIT, experience, meet, record_handoff
from sim.engine.goals import answer_surveys, reach_goal
from sim.engine.lane import Lane
from sim.engine.lent import lent
from sim.engine.record import ASKED, CHURN_EXIT, COMPLETED_EXIT, ENTER, change_status, record
from sim.engine.tables import BY_CHURN_RISK, BY_VALUE, CHURN, NO_EXIT, Tables

_NOTHING = math.nan
_VISITS = 0x7FFFFFFF
_ONE = np.uint64(1)
_MINUTES_A_DAY = 1440.0


@compiled
def advance_all(tables: Tables, lane: Lane, until: float) -> int:
    """Bring everybody up to (not including) `until`; returns how many now ask at a desk, `lane.asking` says who."""
    read, written = lent(tables), lent(lane)
    state, asking = lane.state, lane.asking
    count = 0
    for i in range(state.shape[0]):
        if state[i].due < until and advance(read, written, i, until):
            asking[count] = i
            count += 1
    return count


@compiled
def advance(tables: Tables, lane: Lane, i: int, until: float) -> bool:
    """Bring customer i up to (not including) `until`; True if they ask at a desk before."""
    state = lane.state[i]
    while state.due < until:
        if enter(tables, lane, i, state.target, state.due):
            return True
    return False


@compiled
def leave_desk(tables: Tables, lane: Lane, i: int, time: float, minutes: float, served: bool, until: float) -> bool:
    """Let customer i go on from a desk after waiting so many minutes; True if they ask again before `until`."""
    read, written = lent(tables), lent(lane)
    state = lane.state[i]
    state.parked = 0
    state.last_event = time
    lane.event_count += 1
    take_part(read, written, i, state.place, time, min(minutes / 10.0, LONGEST_WAIT), served)
    return advance(read, written, i, until)


@compiled
def enter(tables: Tables, lane: Lane, i: int, n: int, time: float) -> bool:
    """Let customer i enter touchpoint n; True if a desk is to serve them there (model 2)."""
    state = lane.state[i]
    s = state.segment
    if state.place >= 0:
        lane.touchpoint_sums[0, s, state.place] += time - state.entered
    state.place = n
    state.entered = time
    state.last_event = time
    state.visit = lane.visits[i, n] & _VISITS
    lane.visits[i, n] += 1
    state.stages |= _ONE << np.uint64(tables.touchpoint_stage[n])
    lane.touchpoint_counts[0, s, n] += 1
    lane.event_count += 1
    change_status(tables, lane, i, n, time)
    handoff = meet(tables, lane, i, n)
    record(lane, i, time, ENTER, _NOTHING)
    record_handoff(lane, i, time, handoff)
    desk = tables.touchpoint_desk[n]
    if desk < 0:
        take_part(tables, lane, i, n, time, 0.0, True)
        return False
    _ask(tables, lane, i, n, desk, time)
    return True


@compiled
def take_part(tables: Tables, lane: Lane, i: int, n: int, time: float, wait: float, served: bool) -> None:
    """Go through model 2.2 to 2.4 at touchpoint n; `wait` in units of ten minutes."""
    exits = tables.touchpoint_exit[n]
    if exits != NO_EXIT:
        reach_goal(tables, lane, i, n, time)
        lane.state[i].exit = time
        lane.state[i].due = math.inf
        record(lane, i, time, CHURN_EXIT if exits == CHURN else COMPLETED_EXIT, _NOTHING)
        return
    feeling, effort = experience(tables, lane, i, n, time, wait)
    if served:
        reach_goal(tables, lane, i, n, time)
        answer_surveys(tables, lane, i, n, time, feeling, effort)
    j, w1, w2, w3 = choose(tables, lane, i, n, covariates(tables, lane, i, n, feeling, effort, wait))
    if j < 0:
        lane.state[i].due = math.inf
    else:
        set_out(tables, lane, i, j, time, w1, w2, w3)


@compiled
def _ask(tables: Tables, lane: Lane, i: int, n: int, desk: int, time: float) -> None:
    """Park customer i at a desk, with what the desk needs to know (model 4)."""
    state = lane.state[i]
    state.due = math.inf
    state.parked = 1
    site = tables.touchpoint_site[n]
    _, w1, w2, w3 = block(i, site, sites.SERVICE, state.visit, lane.key0, lane.key1)
    state.service = max(sample(tables.rows, tables.values, tables.desk_service[desk], w1, w2, w3), 0.0) / _MINUTES_A_DAY
    state.gives_up = math.inf
    if tables.desk_patience[desk] >= 0:
        _, w1, w2, w3 = block(i, site, sites.PATIENCE, state.visit, lane.key0, lane.key1)
        minutes = max(sample(tables.rows, tables.values, tables.desk_patience[desk], w1, w2, w3), 0.0)
        state.gives_up = minutes * state.patience / _MINUTES_A_DAY
    state.standing = _standing(tables, lane, i, tables.desk_priority[desk])
    lane.desk_asked[state.segment, desk] += 1
    record(lane, i, time, ASKED, _NOTHING)


@compiled
def _standing(tables: Tables, lane: Lane, i: int, priority: int) -> float:
    state = lane.state[i]
    if priority == BY_VALUE:
        return float(state.revenue)
    if priority == BY_CHURN_RISK:
        liking = tables.risk[0] * state.propensity + tables.risk[1] * state.sentiment + tables.risk[2] * state.fatigue
        return float(math.log(max(state.attrition, 1e-300)) + liking)
    return 0.0
