"""The private lane: customers' own events, one after another, up to the next shared instant (model 7)."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.compiling.indices import from_front
from sim.compiling.structs import borrowed
from sim.draws import sites
from sim.draws.distributions import sample
from sim.draws.philox import block
from sim.engine.brand.exit_intent import BROUGHT, hold_back
from sim.engine.brand.policies.registered import plan
from sim.engine.brand.triggers import arrive, happen, notice_entry, notice_step, watch_for_idleness
from sim.engine.customer.choice import NO_RACE, UNDECIDED, choose, covariates, set_out, touched_covariates
from sim.engine.customer.contact import LONGEST_WAIT, experience, meet, record_handoff
from sim.engine.customer.goals import reach_goal
from sim.engine.customer.referrals import tell_friends
from sim.engine.customer.state import fatigue
from sim.engine.customer.surveys import answer_surveys
from sim.engine.customer.visit import draw_visit, forget_draws
from sim.engine.memory import agenda, totals
from sim.engine.memory.lane import VISITS, Lane
from sim.engine.memory.prefetch import prefetch
from sim.engine.memory.record import (
    ASKED,
    CALLED_BACK,
    CHURN_EXIT,
    COMPLETED_EXIT,
    ENTER,
    SERVED,
    change_status,
    record,
)
from sim.engine.program.tables import BY_CHURN_RISK, BY_VALUE, CHURN, NO_EXIT, NO_GOAL, Tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]

_NOTHING = math.nan
_ONE = np.uint64(1)
_AHEAD = 3
_MINUTES_A_DAY = 1440.0
_COARSE = 1.5 * 2.0**22
"""A sum with it has steps of 2^-30, so that less is lost where it is taken away again."""


@compiled
def advance_all(tables: Tables, lane: Lane, until: Floats, decided: Floats, ticks: Ints, first: bool) -> int:
    """Bring everybody up to (not including) `until[0]`; returns how many now ask at a desk, `lane.asking` says who.

    What hangs on what is learned or spent is decided only up to `decided[0]`, and nobody goes beyond such a decision;
    so but for the `first` time, only those have anything to do who come before it. Where there are no desks, further
    times may follow: before each the brand learns at the tick with its number. All have shape (times,).
    """
    read, written = borrowed(tables), borrowed(lane)
    written.decide_until = decided[0]
    soon = until[0] if first else min(until[0], decided[0])
    due = 0
    for i in range(written.coming.shape[0]):
        if written.coming[i] < soon:
            written.asking[due] = i
            due += 1
    count = _bring(read, written, due, until[0])
    if until.shape[0] > 1:
        _go_on(read, written, until, decided, ticks)
    return count


@compiled
def _go_on(tables: Tables, lane: Lane, until: Floats, decided: Floats, ticks: Ints) -> None:
    """Bring everybody from the first of these times to the last; who has something to do is on a list for each time."""
    head = np.full(until.shape[0], -1, np.int32)
    following = np.empty(lane.coming.shape[0], np.int32)
    for i in range(lane.coming.shape[0]):
        _put_down(lane, i, decided, head, following)
    for k in range(1, until.shape[0]):
        plan(tables, lane, ticks[k])
        lane.decide_until = decided[k]
        due, i = 0, head[k]
        while i >= 0:
            lane.asking[due] = i
            due += 1
            i = following[i]
        _bring(tables, lane, due, until[k])
        for row in range(due):
            _put_down(lane, lane.asking[row], decided, head, following)


@compiled
def _put_down(lane: Lane, i: int, times: Floats, head: Rows, following: Rows) -> None:
    """Put customer i on the list of the first of these times that lies after their next event."""
    before, at = -1, times.shape[0] - 1
    if not lane.coming[i] < times[at]:
        return
    while at - before > 1:
        middle = (before + at) // 2
        if lane.coming[i] < times[middle]:
            at = middle
        else:
            before = middle
    following[i] = head[at]
    head[at] = i


@compiled
def _bring(tables: Tables, lane: Lane, due: int, until: float) -> int:
    """Bring the first `due` of `lane.asking` up to `until`; how many ask at a desk, now the first of them."""
    forget_draws(lane)
    asking = lane.asking
    count = 0
    for k in range(due):
        i = from_front(asking[k])
        if k + _AHEAD < due:
            _ask_for(tables, lane, asking[k + _AHEAD])
        if k + 1 < due and tables.orchestrated:
            prefetch(lane.items, max(lane.outreach[asking[k + 1]].head, 0))
        if _bring_up_to(tables, lane, i, until):
            asking[count] = i
            count += 1
    return count


@compiled
def _ask_for(tables: Tables, lane: Lane, i: int) -> None:
    """Ask for the memory of customer i, who is brought forward soon."""
    prefetch(lane.state, i)
    prefetch(lane.visits, i)
    prefetch(lane.own_affinity, i)
    if tables.orchestrated:
        prefetch(lane.outreach, i)
        prefetch(lane.rules, i)
        prefetch(lane.kept_covariates, i)
        prefetch(lane.pair_sent, i)
        prefetch(lane.offer_end, i)
        prefetch(lane.ring, i)
        prefetch(lane.cap_sent, i)
        prefetch(lane.accepts, i)


@compiled
def _bring_up_to(tables: Tables, lane: Lane, i: int, until: float) -> bool:
    """As `advance`; notes when customer i comes next."""
    asks = advance(tables, lane, i, until)
    soonest = lane.state[i].due
    if tables.orchestrated:
        k = agenda.first(lane, i, True)
        if k >= 0:
            soonest = min(soonest, lane.items[k].time)
    lane.coming[i] = math.nan if asks else soonest
    return asks


@compiled
def advance(tables: Tables, lane: Lane, i: int, until: float) -> bool:
    """Bring customer i up to (not including) `until`; True if they ask at a desk before."""
    if tables.orchestrated:
        return _advance_with_rules(tables, lane, i, until)
    state = lane.state[i]
    while state.due < until:
        if enter(tables, lane, i, state.target, state.due):
            return True
    return False


@compiled
def _advance_with_rules(tables: Tables, lane: Lane, i: int, until: float) -> bool:
    state = lane.state[i]
    while True:
        k = agenda.first(lane, i, True)
        soonest = lane.items[k].time if k >= 0 else math.inf
        if state.due <= soonest:
            if not state.due < until:
                return False
            if enter(tables, lane, i, state.target, state.due):
                return True
        elif soonest < until and (soonest < lane.decide_until or not _decides(tables, lane, k)):
            happen(tables, lane, i, k)
        else:
            return False


@compiled
def _decides(tables: Tables, lane: Lane, k: int) -> bool:
    """Whether item k hangs on what is learned or spent until then."""
    item = lane.items[k]
    if item.kind != agenda.SEND or not tables.rule_waits[item.rule]:
        return False
    return bool(tables.budgeted or not item.begun)


@compiled
def settle_parked(tables: Tables, lane: Lane, until: float) -> None:
    """Let what falls due before `until` happen for those whom a desk has."""
    read, written = borrowed(tables), borrowed(lane)
    coming = lane.coming
    for i in range(coming.shape[0]):
        if math.isnan(coming[i]):
            _settle(read, written, i, until)


@compiled
def _settle(tables: Tables, lane: Lane, i: int, until: float) -> None:
    """Let all but responses that falls due for customer i before `until` happen, while a desk has them."""
    while True:
        k = agenda.first(lane, i, False)
        if k < 0 or not lane.items[k].time < until:
            return
        happen(tables, lane, i, k)


@compiled
def leave_desks(tables: Tables, lane: Lane, log: NDArray[np.void], first: int, until: float, latest: float) -> int:
    """Keep what happened at desks from entry `first` of their log on, and let those go on who leave by `latest`.

    Nobody goes beyond `until`. Who is in service then is let go by a call with a later `latest`. Returns how many ask
    again; `lane.asking` says who.
    """
    read, written = borrowed(tables), borrowed(lane)
    forget_draws(written)
    start = 0 if latest > written.left_by else written.serving_kept
    for entry in range(first, log.shape[0]):
        of = log[entry]
        if of.event == CALLED_BACK:
            record(written, of.customer, of.time, of.event, _NOTHING)
            continue
        record(written, of.customer, of.time, of.event, of.minutes)
        written.serving[written.serving_kept] = entry
        written.serving_kept += 1
    kept, count = start, 0
    for k in range(start, written.serving_kept):
        entry = written.serving[k]
        if k + _AHEAD < written.serving_kept:
            _ask_for(read, written, log[written.serving[k + _AHEAD]].customer)
        of = log[entry]
        i, served = of.customer, of.event == SERVED
        time = of.time + written.state[i].service if served else of.time
        if time > latest:
            written.serving[kept] = entry
            kept += 1
        elif _leave_desk(read, written, i, time, of.minutes, served, until):
            written.asking[count] = i
            count += 1
    written.serving_kept = kept
    written.left_by = latest
    return count


@compiled
def _leave_desk(tables: Tables, lane: Lane, i: int, time: float, minutes: float, served: bool, until: float) -> bool:
    """Let customer i go on from a desk after waiting so many minutes; True if they ask again before `until`."""
    state = lane.state[i]
    if tables.orchestrated:
        _settle(tables, lane, i, time)
        agenda.hold_responses_to(lane, i, time)
    state.parked = 0
    _act(tables, lane, i, time)
    if tables.orchestrated:
        watch_for_idleness(tables, lane, i, time)
    lane.event_count += 1
    lane.touchpoint_sums[totals.WAIT, state.segment, state.touchpoint] += minutes
    draw_visit(tables, lane, i, state.touchpoint, state.visit)
    take_part(tables, lane, i, state.touchpoint, time, min(minutes / 10.0, LONGEST_WAIT), served)
    return _bring_up_to(tables, lane, i, until)


@compiled
def enter(tables: Tables, lane: Lane, i: int, n: int, time: float) -> bool:
    """Let customer i enter touchpoint n; True if a desk is to serve them there (model 2)."""
    i, n = from_front(i), from_front(n)
    state = lane.state[i]
    s = from_front(state.segment)
    if state.touchpoint >= 0:
        lane.touchpoint_sums[totals.DAYS, s, state.touchpoint] += time - state.entered
    elif tables.orchestrated:
        arrive(tables, lane, i, time)
    state.touchpoint = n
    state.entered = time
    _act(tables, lane, i, time)
    state.visit = lane.visits[i, n] & VISITS
    lane.visits[i, n] += 1
    if tables.touchpoint_exit[n] == NO_EXIT or tables.goal_kind[n] != NO_GOAL:
        state.stages |= _ONE << np.uint64(tables.touchpoint_stage[n])
    lane.touchpoint_counts[totals.VISITS, s, n] += 1
    lane.event_count += 1
    change_status(tables, lane, i, n, time)
    draw_visit(tables, lane, i, n, state.visit)
    handoff = meet(tables, lane, i, n)
    record(lane, i, time, ENTER, _NOTHING)
    record_handoff(lane, i, time, handoff)
    if tables.orchestrated:
        lane.outreach[i].chosen = NO_RACE
        if tables.touchpoint_exit[n] == NO_EXIT:
            notice_entry(tables, lane, i, n, time)
        else:
            agenda.clear(lane, i)
    desk = tables.touchpoint_desk[n]
    if desk < 0:
        take_part(tables, lane, i, n, time, 0.0, True)
        return False
    _ask(tables, lane, i, n, desk, time)
    if tables.orchestrated:
        notice_step(tables, lane, i, n, time, True, False)
    return True


@compiled
def _act(tables: Tables, lane: Lane, i: int, time: float) -> None:
    """Note an own event of customer i, at the touchpoint where they are."""
    state = lane.state[i]
    state.last_event = time
    if tables.touchpoint_exit[state.touchpoint] == NO_EXIT and not tables.touchpoint_lapsed[state.touchpoint]:
        state.last_active = time


@compiled
def take_part(tables: Tables, lane: Lane, i: int, n: int, time: float, wait: float, served: bool) -> None:
    """Go through model 2.2 to 2.4 at touchpoint n; `wait` in units of ten minutes."""
    i, n = from_front(i), from_front(n)
    exits = tables.touchpoint_exit[n]
    if exits != NO_EXIT:
        reach_goal(tables, lane, i, n, time)
        lane.state[i].exit = time
        lane.state[i].due = math.inf
        record(lane, i, time, CHURN_EXIT if exits == CHURN else COMPLETED_EXIT, _NOTHING)
        if tables.refer_rate[n] > 0.0:
            tell_friends(tables, lane, i, n, time)
        return
    feeling, effort = experience(tables, lane, i, n, time, wait)
    if served:
        reach_goal(tables, lane, i, n, time)
        answer_surveys(tables, lane, i, n, time, feeling, effort)
    x = covariates(tables, lane, i, n, feeling, effort, wait)
    if tables.orchestrated:
        touched_covariates(tables, lane, i, time, x)
    j, w1, w2, w3 = choose(tables, lane, i, n, x)
    if tables.orchestrated and j >= 0 and tables.choice_exit[j]:
        j, w1, w2, w3 = hold_back(tables, lane, i, n, time, j, w1, w2, w3)
    if j >= 0:
        set_out(tables, lane, i, j, time, w1, w2, w3)
    elif j != BROUGHT:
        lane.state[i].due = math.inf
        if tables.orchestrated:
            lane.outreach[i].chosen = UNDECIDED
    if j == BROUGHT:
        return
    if tables.refer_rate[n] > 0.0:
        tell_friends(tables, lane, i, n, time)
    if tables.orchestrated:
        notice_step(tables, lane, i, n, time, tables.touchpoint_desk[n] < 0, True)


@compiled
def _ask(tables: Tables, lane: Lane, i: int, n: int, desk: int, time: float) -> None:
    """Park customer i at a desk, with what the desk needs to know (model 4)."""
    state = lane.state[i]
    state.due = math.inf
    state.parked = 1
    site = tables.touchpoint_site[n]
    _, w1, w2, w3 = block(state.number, site, sites.SERVICE, state.visit, lane.key0, lane.key1)
    state.service = max(sample(tables.rows, tables.values, tables.desk_service[desk], w1, w2, w3), 0.0) / _MINUTES_A_DAY
    state.gives_up = math.inf
    if tables.desk_patience[desk] >= 0:
        _, w1, w2, w3 = block(state.number, site, sites.PATIENCE, state.visit, lane.key0, lane.key1)
        minutes = max(sample(tables.rows, tables.values, tables.desk_patience[desk], w1, w2, w3), 0.0)
        state.gives_up = minutes * state.patience / _MINUTES_A_DAY
    state.standing = _standing(tables, lane, i, tables.desk_priority[desk])
    lane.desk_asked[state.segment, desk] += 1
    record(lane, i, time, ASKED, _NOTHING)


@compiled
def _standing(tables: Tables, lane: Lane, i: int, priority: int) -> float:
    """What puts customer i before others: money or risk, without digits that come of rounding alone (model 4)."""
    state = lane.state[i]
    if priority == BY_VALUE:
        return float(state.revenue + _COARSE) - _COARSE
    if priority == BY_CHURN_RISK:
        tired = fatigue(lane, i, state.entered) if tables.orchestrated else 0.0
        liking = tables.risk_propensity * state.propensity + tables.risk_sentiment * state.sentiment
        liking += tables.risk_fatigue * tired
        return float(math.log(max(state.attrition, 1e-300)) + liking + _COARSE) - _COARSE
    return 0.0
