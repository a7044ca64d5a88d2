"""A choice among the candidates of a rule: the one of which the policy holds most, the first of equals (model 16)."""

import math

from sim.compiling.compiled import compiled
from sim.engine.brand import eligibility
from sim.engine.brand.limits import PASSED, may_be_used
from sim.engine.brand.policies.registered import value
from sim.engine.brand.ruled_out import rule_out
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import CONSIDERED, record_outreach
from sim.engine.program.tables import Tables


@compiled
def take_message(tables: Tables, lane: Lane, i: int, rule: int, time: float, seen_on: int) -> int:
    """The pair taken for a message, of the candidates whose channel may be used; -1 without one."""
    best, most, settled = -1, -math.inf, -1
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        pair = tables.candidate_pair[k]
        action = tables.pair_action[pair]
        if action == settled and not tables.every_channel:
            continue
        channel = tables.pair_channel[pair]
        reason = may_be_used(tables, lane, i, channel, seen_on)
        if reason != PASSED:
            rule_out(tables, lane, i, rule, action, channel, time, reason)
            continue
        settled = action
        held = _consider(tables, lane, i, rule, k, time)
        if held > most:
            best, most = pair, held
    return best


@compiled
def take_shown(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> int:
    """The pair taken of what can be shown where customer i is present; -1 without one."""
    met = lane.state[i].met
    eligibility.reach(lane, i, tables.rule_action[rule], eligibility.NOT_THERE)
    best, most = -1, -math.inf
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        pair = tables.candidate_pair[k]
        if tables.pair_channel[pair] != met:
            eligibility.reach(lane, i, tables.pair_action[pair], eligibility.NOT_THERE)
        else:
            held = _consider(tables, lane, i, rule, k, time)
            if held > most:
                best, most = pair, held
    return best


@compiled
def _consider(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> float:
    """What the policy holds of candidate k, which could be sent; kept of the customer who is watched."""
    held = value(tables, lane, i, rule, k, time)
    pair = tables.candidate_pair[k]
    eligibility.reach(lane, i, tables.pair_action[pair], eligibility.OTHER_ACTION)
    if lane.watching:
        record_outreach(lane, i, time, CONSIDERED, held, tables.pair_channel[pair], rule, tables.pair_action[pair])
    return held
