"""What a policy that chooses is asked, and who answers: the one file that knows all of them.

- At a send: `value`, what it holds of a candidate. `choosing` looks at all that may be used and takes the best.
- At a response: nothing. `tries` counts what came of each choice, for every policy that learns.
- At a tick: `plan`, what it makes of the tries that have ended, and of all else that it may know by then.

Compiled code compares the number of the policy, which is the same all run long, and calls it by name.
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
    """What the policy holds of candidate k of a rule for customer i at `time`; NaN of one that does not choose."""
    if tables.policy == _BANDIT:
        return bandit.value(tables, lane, i, rule, k)
    return math.nan


@compiled
def plan(tables: Tables, lane: Lane, tick: int) -> None:
    """What the policy learns and plans at the tick with this number."""
    if tables.policy == _BANDIT:
        bandit.plan(lane, tick)
