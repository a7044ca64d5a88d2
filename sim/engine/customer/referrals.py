"""Friends who are told at a visit, and arrive later (model 19)."""

import math

import numpy as np

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.distributions import sample
from sim.draws.philox import block, uniform53
from sim.draws.poisson import poisson
from sim.engine.memory.growing import FRIEND
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables

_FRIENDS = np.uint64(0x80000000)
_32 = np.uint64(32)


@compiled
def tell_friends(tables: Tables, lane: Lane, i: int, n: int, time: float) -> None:
    """Let customer i, who has been at touchpoint n, tell friends; those who arrive within the run are kept."""
    state = lane.state[i]
    _, w1, w2, _ = block(state.number, tables.touchpoint_site[n], sites.REFERRAL, state.visit, lane.key0, lane.key1)
    told = poisson(tables.refer_rate[n] * math.exp(tables.refer_sentiment * state.sentiment), uniform53(w1, w2))
    for _ in range(told):
        w0, w1, _, _ = block(state.number, tables.refer_site, sites.FRIEND, state.friends, lane.key0, lane.key1)
        state.friends += 1
        number = ((np.uint64(w1) | _FRIENDS) << _32) | np.uint64(w0)
        delay = 0.0
        if tables.refer_row >= 0:
            _, w1, w2, w3 = block(number, tables.refer_site, sites.FRIEND_ARRIVES, 0, lane.key0, lane.key1)
            delay = max(sample(tables.rows, tables.values, tables.refer_row, w1, w2, w3), 0.0)
        if time + delay <= tables.horizon:
            _keep(lane, number, time + delay)


@compiled
def _keep(lane: Lane, number: np.uint64, arrival: float) -> None:
    if lane.friends_told == lane.friends.shape[0]:
        more = np.empty(2 * lane.friends_told + 16, FRIEND)
        for old in range(lane.friends_told):
            more[old] = lane.friends[old]
        lane.friends = more
    kept = lane.friends[lane.friends_told]
    kept.number = number
    kept.arrival = arrival
    lane.friends_told += 1
