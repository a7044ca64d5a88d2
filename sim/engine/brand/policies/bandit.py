"""The policy `bandit`, which learns what people respond to: Gaussian Thompson sampling (model 16)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, normal
from sim.engine.brand.policies.tries import cell_of, take_in
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables


@compiled
def value(tables: Tables, lane: Lane, i: int, rule: int, k: int) -> float:
    """What it takes the response rate of candidate k to be this time, for customer i: a draw of its belief."""
    before = lane.rules[i, rule].sequences - 1
    number = lane.state[i].number
    _, w1, w2, w3 = block(number, tables.candidate_site[k], sites.POLICY, before, lane.key0, lane.key1)
    cell = cell_of(tables, lane, i, tables.candidate_pair[k])
    return float(lane.belief_mean[cell] + lane.belief_sd[cell] * normal(w1, w2, w3))


@compiled
def plan(lane: Lane, tick: int) -> None:
    """Believe, from this tick on, what the tries that have ended say: the moments of the Beta posterior."""
    for cell in range(lane.tried.shape[0]):
        if take_in(lane, tick, cell):
            mean = (lane.succeeded[cell] + 1.0) / (lane.tried[cell] + 2.0)
            lane.belief_mean[cell] = mean
            lane.belief_sd[cell] = math.sqrt(mean * (1.0 - mean) / (lane.tried[cell] + 3.0))
