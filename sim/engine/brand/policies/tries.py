"""What came of what a policy chose, for those that learn: counted where a try ends, by tick and cell (model 16).

A try is what is sent or shown after a choice; a cell is a segment, a stage and a pair of an action and a channel.
"""

from sim.compiling.compiled import compiled
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables
from sim.scenario.policies import PATIENCE


@compiled
def cell_of(tables: Tables, lane: Lane, i: int, pair: int) -> int:
    """Customer i's segment, the stage where they are, and a pair, as one number."""
    state = lane.state[i]
    pairs = tables.pair_channel.shape[0]
    stages = lane.belief_mean.shape[0] // (lane.conflicts.shape[0] * pairs)
    return int((state.segment * stages + tables.touchpoint_stage[state.touchpoint]) * pairs + pair)


@compiled
def begin_try(tables: Tables, lane: Lane, i: int, pair: int, time: float) -> int:
    """Note a try, a failure unless it succeeds; its cell, or -1 where nothing is learned from it."""
    if not tables.pair_learned[pair]:
        return -1
    cell = cell_of(tables, lane, i, pair)
    tick = _tick_from(lane, time + PATIENCE)
    if tick < lane.lost.shape[0]:
        lane.lost[tick, cell] += 1
    return cell


@compiled
def succeed(tables: Tables, lane: Lane, cell: int, sent: float, time: float) -> None:
    """Note a response to a try of that cell, sent then."""
    if not time < sent + PATIENCE:
        return
    tick = _tick_from(lane, sent + PATIENCE)
    if tick < lane.lost.shape[0]:
        lane.lost[tick, cell] -= 1
    if not tables.waits_for_failures:
        tick = _tick_from(lane, time)
        if tick * lane.tick == time:
            tick += 1
    if tick < lane.won.shape[0]:
        lane.won[tick, cell] += 1


@compiled
def take_in(lane: Lane, tick: int, cell: int) -> bool:
    """Count the tries of a cell that have ended since the last tick; whether there are any."""
    won, ended = lane.won[tick, cell], lane.won[tick, cell] + lane.lost[tick, cell]
    if ended <= 0:
        return False
    lane.succeeded[cell] += won
    lane.tried[cell] += ended
    return True


@compiled
def _tick_from(lane: Lane, time: float) -> int:
    """The number of the first tick at `time` or later."""
    number = max(int(time / lane.tick) - 1, 0)
    while number * lane.tick < time:
        number += 1
    return number
