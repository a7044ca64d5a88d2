"""The content to which each customer responded most (model 33.6)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, uniform32
from sim.engine.brand import eligibility
from sim.engine.brand.known_enough import knows_content
from sim.engine.brand.limits import PASSED, ROUNDING, may_be_used
from sim.engine.brand.ruled_out import rule_out
from sim.engine.customer.mixed import answer_cell
from sim.engine.customer.profile import MESSAGE, RESPONSE
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import CONSIDERED, record_outreach
from sim.engine.program.tables import Tables
from sim.scenario.content import CONTENT_TRAITS

_TRAITS = len(CONTENT_TRAITS)


@compiled
def take_action(tables: Tables, lane: Lane, i: int, rule: int, time: float, seen_on: int) -> int:
    """The action taken for a message of a rule that has alternatives: its own where none of them may be sent.

    It is that to whose like customer i responded most; by lot where too little is known.
    """
    known = knows_content(tables, lane, i, time)
    first = tables.variant_first[rule]
    own, own_out = tables.variant_action[first], False
    best, most = -1, 0.0
    for k in range(first, tables.variant_first[rule + 1]):
        action = tables.variant_action[k]
        if not _may_be_sent(tables, lane, i, action, seen_on):
            own_out = own_out or k == first
            if k > first:
                _rule_out_all(tables, lane, i, rule, action, time, seen_on)
            continue
        eligibility.reach(lane, i, action, eligibility.OTHER_ACTION)
        held = _rate(tables, lane, action) if known else _lot(tables, lane, i, rule, k)
        if lane.watching:
            record_outreach(lane, i, time, CONSIDERED, held if known else math.nan, -1, rule, action)
        if best < 0 or held > most + (ROUNDING if known else 0.0):
            best, most = action, held
    if best < 0:
        return int(own)
    if own_out:
        _rule_out_all(tables, lane, i, rule, own, time, seen_on)
    return int(best)


@compiled
def _rate(tables: Tables, lane: Lane, action: int) -> float:
    """The share of messages with an action's content that is taken to be responded to, by `lane.answered_now`.

    Each of its contents adds by how much more was responded to what had it than to all.
    """
    total, responded = 0, 0
    for each in range(tables.action_described.shape[0]):
        if tables.action_described[each]:
            total += lane.answered_now[answer_cell(each, MESSAGE)]
            responded += lane.answered_now[answer_cell(each, RESPONSE)]
    usual = responded / total
    rate = usual
    for trait in range(_TRAITS):
        content = tables.action_content[_TRAITS * action + trait]
        if content < 0:
            continue
        own, own_responded = 0, 0
        for each in range(tables.action_described.shape[0]):
            if tables.action_content[_TRAITS * each + trait] == content:
                own += lane.answered_now[answer_cell(each, MESSAGE)]
                own_responded += lane.answered_now[answer_cell(each, RESPONSE)]
        rate += (own_responded + tables.optimise_prior * usual) / (own + tables.optimise_prior) - usual
    return float(rate)


@compiled
def _lot(tables: Tables, lane: Lane, i: int, rule: int, k: int) -> float:
    """The lot of a rule's k-th action for customer i; the same as long as its message waits."""
    before = lane.rules[i, rule].sequences - 1
    w0, _, _, _ = block(lane.state[i].number, tables.variant_site[k], sites.POLICY, before, lane.key0, lane.key1)
    return float(uniform32(w0))


@compiled
def _may_be_sent(tables: Tables, lane: Lane, i: int, action: int, seen_on: int) -> bool:
    """Whether any channel of an action may be used."""
    for pair in range(tables.pair_first[action], tables.pair_first[action + 1]):
        if may_be_used(tables, lane, i, tables.pair_channel[pair], seen_on) == PASSED:
            return True
    return False


@compiled
def _rule_out_all(tables: Tables, lane: Lane, i: int, rule: int, action: int, time: float, seen_on: int) -> None:
    """Note what rules each channel of an action out."""
    for pair in range(tables.pair_first[action], tables.pair_first[action + 1]):
        channel = tables.pair_channel[pair]
        rule_out(tables, lane, i, rule, action, channel, time, may_be_used(tables, lane, i, channel, seen_on))
