"""What a policy that chooses is asked, and who answers: the one file that knows all of them.

- At a send: `value`, what it holds of a candidate, and `nothing`, what it holds of sending nothing. `choosing` looks at
  all that may be used, takes the best, and lets the policy `settle` whether that stands. Of the customer who is watched
  it may `tell` more of a candidate.
- At a response: nothing. `tries` counts what came of each choice, for every policy that learns.
- At a tick: `plan`, what it makes of the tries that have ended, and of all else that it may know by then.

Compiled code compares the number of the policy, which is the same all run long, and calls it by name.
"""

import math

from sim.compiling.compiled import compiled
from sim.engine.brand.policies import bandit, next_best_action, random
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables
from sim.scenario.policies import number_of

_BANDIT = number_of("bandit")
_RANDOM = number_of("random")
_NEXT_BEST_ACTION = number_of("next_best_action")


@compiled
def value(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> float:
    """What the policy holds of candidate k of a rule for customer i at `time`; NaN where it cannot say."""
    if tables.policy == _BANDIT:
        return bandit.value(tables, lane, i, rule, k)
    if tables.policy == _RANDOM:
        return random.value(tables, lane, i, rule, k)
    if tables.policy == _NEXT_BEST_ACTION:
        return next_best_action.value(tables, lane, i, k)
    return math.nan


@compiled
def nothing(tables: Tables, lane: Lane, i: int, rule: int) -> float:
    """What the policy holds of sending nothing: a candidate has to be worth more."""
    if tables.policy == _RANDOM:
        return random.nothing(tables, lane, i, rule)
    if tables.policy == _NEXT_BEST_ACTION:
        return next_best_action.NOTHING
    return -math.inf


@compiled
def settle(tables: Tables, lane: Lane, i: int, best: int, own: int, known: bool, time: float) -> int:
    """The candidate taken in the end; -1 for nothing.

    `best`: of which it holds most, if more than of nothing; `own`: the first of the rule's own action; `known`: whether
    it can say anything of any. -1 where there is none.
    """
    if tables.policy == _NEXT_BEST_ACTION:
        return next_best_action.settle(tables, lane, i, best, own, known, time)
    return best


@compiled
def tell(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> None:
    """Keep what else the policy has to say of candidate k, of which it holds something."""
    if tables.policy == _NEXT_BEST_ACTION:
        next_best_action.tell(tables, lane, i, rule, k, time)


@compiled
def plan(tables: Tables, lane: Lane, tick: int) -> None:
    """What the policy learns and plans at the tick with this number."""
    if tables.policy == _BANDIT:
        bandit.plan(lane, tick)
    elif tables.policy == _NEXT_BEST_ACTION:
        next_best_action.plan(tables, lane, tick)
