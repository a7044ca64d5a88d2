"""The policy `rules`: what a rule does, on the first of its channels that may be used (model 10.4 and 10.5)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.limits import PASSED, is_there, may_be_used
from sim.engine.brand.ruled_out import rule_out
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables


@compiled
def take_message(
    tables: Tables, lane: Lane, i: int, rule: int, action: int, pair: int, time: float, seen_on: int
) -> int:
    """The pair taken for a message: the first of an action, from `pair` on, that may be used; -1 without one."""
    while pair < tables.pair_first[action + 1]:
        channel = tables.pair_channel[pair]
        reason = may_be_used(tables, lane, i, channel, seen_on)
        if reason == PASSED:
            return pair
        rule_out(tables, lane, i, rule, action, channel, time, reason)
        pair += 1
    return -1


@compiled
def take_shown(tables: Tables, lane: Lane, i: int, action: int) -> int:
    """The pair taken of an action that is shown: that on the channel where customer i is present; -1 without one."""
    return is_there(tables, lane, i, action)
