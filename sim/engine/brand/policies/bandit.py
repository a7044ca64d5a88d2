"""A policy that learns which action and channel people respond to (model 16): Gaussian Thompson sampling."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, normal
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import CONSIDERED, record_outreach
from sim.engine.program.tables import Tables
from sim.scenario.orchestration import PATIENCE


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
    stages = lane.belief_mean.shape[0] // (lane.conflicts.shape[0] * pairs)
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
    """Note a send from which the policy learns, a failure unless it succeeds; its cell, -1 if nothing hangs on it."""
    if not tables.pair_learned[pair]:
        return -1
    cell = _cell(tables, lane, i, pair)
    tick = _tick_from(lane, time + PATIENCE)
    if tick < lane.lost.shape[0]:
        lane.lost[tick, cell] += 1
    return cell


@compiled
def succeed(lane: Lane, cell: int, sent: float, time: float) -> None:
    """Note a response to something of that cell, sent then."""
    if not time < sent + PATIENCE:
        return
    tick = _tick_from(lane, sent + PATIENCE)
    if tick < lane.lost.shape[0]:
        lane.lost[tick, cell] -= 1
    tick = _tick_from(lane, time)
    if tick * lane.tick == time:
        tick += 1
    if tick < lane.won.shape[0]:
        lane.won[tick, cell] += 1


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
    for cell in range(lane.tried.shape[0]):
        won, ended = lane.won[tick, cell], lane.won[tick, cell] + lane.lost[tick, cell]
        if ended > 0:
            lane.succeeded[cell] += won
            lane.tried[cell] += ended
            mean = (lane.succeeded[cell] + 1.0) / (lane.tried[cell] + 2.0)
            lane.belief_mean[cell] = mean
            lane.belief_sd[cell] = math.sqrt(mean * (1.0 - mean) / (lane.tried[cell] + 3.0))
