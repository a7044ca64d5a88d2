"""The policy `rules`: what a rule does, on the first of its channels that may be used, or the best (model 10, 33.5)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.best_channel import rate_on
from sim.engine.brand.known_enough import knows_channels
from sim.engine.brand.limits import PASSED, ROUNDING, is_there, may_be_used
from sim.engine.brand.ruled_out import rule_out
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables


@compiled
def take_message(
    tables: Tables, lane: Lane, i: int, rule: int, action: int, pair: int, time: float, seen_on: int, anew: bool
) -> int:
    """The pair taken for a message, of those of an action from `pair` on that may be used; -1 without one.

    It is the first, or, if the channel is chosen `anew` and enough is known, that on which most is opened (model 33.5).
    """
    known = anew and knows_channels(tables, lane, i, action, time)
    best, most = -1, 0.0
    while pair < tables.pair_first[action + 1]:
        channel = tables.pair_channel[pair]
        reason = may_be_used(tables, lane, i, channel, seen_on)
        if reason == PASSED:
            if not known:
                return pair
            rate = rate_on(tables, lane, i, rule, pair, time)
            if best < 0 or rate > most + ROUNDING:
                best, most = pair, rate
        else:
            rule_out(tables, lane, i, rule, action, channel, time, reason)
        pair += 1
    return best


@compiled
def take_shown(tables: Tables, lane: Lane, i: int, action: int) -> int:
    """The pair taken of an action that is shown: that on the channel where customer i is present; -1 without one."""
    return is_there(tables, lane, i, action)
