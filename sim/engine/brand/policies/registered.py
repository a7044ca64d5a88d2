"""The policies that decide something, each by its number: the one file that knows all of them.

What a policy does is decided once for a run, so compiled code asks for its number, which costs nothing, and calls it by
name. A policy that learns nothing has nothing to plan.
"""

import math

from sim.compiling.compiled import compiled
from sim.engine.brand.policies import bandit
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables
from sim.scenario.policies import number_of

_BANDIT = number_of("bandit")


@compiled
def value(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> float:
    """What the policy holds of candidate k of a rule for customer i at `time`; of -inf, that it is not to be taken."""
    if tables.policy == _BANDIT:
        return bandit.value(tables, lane, i, rule, k)
    return -math.inf


@compiled
def plan(tables: Tables, lane: Lane, tick: int) -> None:
    """What the policy learns and plans at the tick with this number."""
    if tables.policy == _BANDIT:
        bandit.plan(lane, tick)
