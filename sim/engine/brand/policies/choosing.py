"""A choice among the candidates of a rule: the one of which the policy holds most, or nothing (model 16 and 29)."""

import math
from typing import Final

from sim.compiling.compiled import compiled
from sim.engine.brand import eligibility
from sim.engine.brand.limits import PASSED, may_be_used
from sim.engine.brand.policies.registered import nothing, settle, tell, value
from sim.engine.brand.ruled_out import rule_out
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import NOTHING_CHOSEN
from sim.engine.memory.record import CHOSEN, CONSIDERED, record_outreach
from sim.engine.program.tables import Tables

NO_CANDIDATE: Final = -1
NOTHING: Final = -2
"""In place of a pair, where it was chosen to send nothing."""


@compiled
def take_message(tables: Tables, lane: Lane, i: int, rule: int, time: float, seen_on: int) -> int:
    """The pair taken for a message, of the candidates whose channel may be used; or NO_CANDIDATE, or NOTHING."""
    settled = -1
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        pair = tables.candidate_pair[k]
        action, channel = tables.pair_action[pair], tables.pair_channel[pair]
        lane.usable[k] = False
        if action == settled and not tables.every_channel:
            continue
        reason = may_be_used(tables, lane, i, channel, seen_on)
        if reason == PASSED:
            lane.usable[k] = True
            settled = action
        else:
            rule_out(tables, lane, i, rule, action, channel, time, reason)
    return _take(tables, lane, i, rule, time)


@compiled
def take_shown(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> int:
    """The pair taken of what can be shown where customer i is present; or NO_CANDIDATE, or NOTHING."""
    met = lane.state[i].met
    eligibility.reach(lane, i, tables.rule_action[rule], eligibility.NOT_THERE)
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        pair = tables.candidate_pair[k]
        lane.usable[k] = tables.pair_channel[pair] == met
        if not lane.usable[k]:
            eligibility.reach(lane, i, tables.pair_action[pair], eligibility.NOT_THERE)
    return _take(tables, lane, i, rule, time)


@compiled
def _take(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> int:
    """The pair taken of the candidates that may be used."""
    best, own, number, known = -1, -1, 0, False
    most = nothing(tables, lane, i, rule)
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        if not lane.usable[k]:
            continue
        number += 1
        held = _consider(tables, lane, i, rule, k, time)
        known = known or not math.isnan(held)
        if own < 0 and tables.pair_action[tables.candidate_pair[k]] == tables.rule_action[rule]:
            own = k
        if held > most:
            best, most = k, held
    if number == 0:
        return NO_CANDIDATE
    taken = settle(tables, lane, i, best, own, known, time)
    among = float(number + 1 if tables.may_choose_nothing else number)
    if taken < 0:
        record_outreach(lane, i, time, CHOSEN, among, -1, rule, -1)
        _rule_all_out(tables, lane, i, rule, time)
        return NOTHING
    pair = tables.candidate_pair[taken]
    record_outreach(lane, i, time, CHOSEN, among, tables.pair_channel[pair], rule, tables.pair_action[pair])
    return int(pair)


@compiled
def _consider(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> float:
    """What the policy holds of candidate k, which could be sent; kept of the customer who is watched."""
    held = value(tables, lane, i, rule, k, time)
    pair = tables.candidate_pair[k]
    eligibility.reach(lane, i, tables.pair_action[pair], eligibility.OTHER_ACTION)
    if lane.watching:
        record_outreach(lane, i, time, CONSIDERED, held, tables.pair_channel[pair], rule, tables.pair_action[pair])
        if not math.isnan(held):
            tell(tables, lane, i, rule, k, time)
    return held


@compiled
def _rule_all_out(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> None:
    """Note of all candidates that may be used that nothing was chosen instead."""
    for k in range(tables.candidate_first[rule], tables.candidate_first[rule + 1]):
        if lane.usable[k]:
            pair = tables.candidate_pair[k]
            channel, action = tables.pair_channel[pair], tables.pair_action[pair]
            rule_out(tables, lane, i, rule, action, channel, time, NOTHING_CHOSEN)
