"""A policy that learns which action and channel people respond to (model 16): Gaussian Thompson sampling."""

import math
from typing import Final

import numpy as np

from sim.draws import sites
from sim.draws.compiled import compiled
from sim.draws.philox import block, normal
from sim.engine.lane import Lane
from sim.engine.outreach import TRY
from sim.engine.record import CONSIDERED, record_outreach
from sim.engine.tables import Tables

PATIENCE: Final = 7.0
"""Days after which a send without response has failed."""


@compiled
def draw(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> float:
    """What the policy takes the response rate of candidate k to be this time, for customer i."""
    before = lane.rules[i, rule].sequences - 1
    number = lane.state[i].number
    _, w1, w2, w3 = block(number, tables.candidate_site[k], sites.BANDIT, before, lane.key0, lane.key1)
    pair = tables.candidate_pair[k]
    cell = _cell(tables, lane, i, pair)
    drawn = float(lane.belief_mean[cell] + lane.belief_sd[cell] * normal(w1, w2, w3))
    if lane.watching:
        record_outreach(lane, i, time, CONSIDERED, drawn, tables.pair_channel[pair], rule, tables.pair_action[pair])
    return drawn


@compiled
def _cell(tables: Tables, lane: Lane, i: int, pair: int) -> int:
    """Segment, stage and pair, as one number."""
    state = lane.state[i]
    pairs = tables.pair_channel.shape[0]
    stages = lane.belief_mean.shape[0] // (lane.conflicts.shape[1] * pairs)
    return int((state.segment * stages + tables.touchpoint_stage[state.place]) * pairs + pair)


@compiled
def take_on_site(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> int:
    """The pair that the policy takes among those on the channel on which customer i is present; -1 without one."""
    met = lane.state[i].met
    best, most = -1, -math.inf
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        pair = tables.candidate_pair[k]
        if tables.pair_channel[pair] == met:
            value = draw(tables, lane, i, rule, k, time)
            if value > most:
                best, most = pair, value
    return best


@compiled
def begin_try(tables: Tables, lane: Lane, i: int, pair: int, time: float) -> int:
    """Note a send from which the policy will learn; its place in `tries`, -1 where nothing hangs on it."""
    if not tables.pair_learned[pair]:
        return -1
    if lane.tries_kept == lane.tries.shape[0]:
        more = np.empty(2 * lane.tries_kept + 16, TRY)
        more[: lane.tries_kept] = lane.tries
        lane.tries = more
    k = lane.tries_kept
    kept = lane.tries[k]
    kept.sent = time
    kept.responded = math.inf
    kept.cell = _cell(tables, lane, i, pair)
    tick = _tick_from(lane, time + PATIENCE)
    kept.next_ended = -1
    if tick < lane.ended.shape[0]:
        kept.next_ended = lane.ended[tick]
        lane.ended[tick] = k
    lane.tries_kept += 1
    return int(k)


@compiled
def succeed(lane: Lane, attempt: int, time: float) -> None:
    """Note a response to something from which the policy learns."""
    if attempt < 0:
        return
    kept = lane.tries[attempt]
    kept.responded = time
    if not time < kept.sent + PATIENCE:
        return
    tick = _tick_from(lane, time)
    if tick * lane.tick == time:
        tick += 1
    if tick < lane.won.shape[0]:
        kept.next_won = lane.won[tick]
        lane.won[tick] = attempt


@compiled
def _tick_from(lane: Lane, time: float) -> int:
    """The number of the first tick at `time` or later."""
    number = max(int(time / lane.tick) - 1, 0)
    while number * lane.tick < time:
        number += 1
    return number


@compiled
def learn(lane: Lane, tick: int) -> None:
    """Take in, at the tick with this number, the tries that have ended since the last one."""
    k = lane.won[tick]
    while k >= 0:
        lane.succeeded[lane.tries[k].cell] += 1
        _believe(lane, lane.tries[k].cell)
        k = lane.tries[k].next_won
    k = lane.ended[tick]
    while k >= 0:
        if not lane.tries[k].responded < lane.tries[k].sent + PATIENCE:
            _believe(lane, lane.tries[k].cell)
        k = lane.tries[k].next_ended


@compiled
def _believe(lane: Lane, cell: int) -> None:
    """Count a try of a cell whose successes are counted already, and believe what follows."""
    lane.tried[cell] += 1
    mean = (lane.succeeded[cell] + 1.0) / (lane.tried[cell] + 2.0)
    lane.belief_mean[cell] = mean
    lane.belief_sd[cell] = math.sqrt(mean * (1.0 - mean) / (lane.tried[cell] + 3.0))
