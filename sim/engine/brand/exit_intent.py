"""Exit intent: what is shown to a customer who is about to leave, before the choice stands (model 10.7)."""

from sim.compiling.compiled import compiled
from sim.draws.philox import Word
from sim.engine.brand.responses import bring, count_response, covariates_again, push
from sim.engine.brand.sending import NOBODY, show
from sim.engine.brand.triggers import begin, fire, may_begin
from sim.engine.customer.choice import choose
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import RESPONSE, record_outreach
from sim.engine.program.tables import Tables

BROUGHT = -2
"""In place of a transition: the customer enters another touchpoint instead."""


@compiled
def hold_back(
    tables: Tables, lane: Lane, i: int, n: int, time: float, j: int, w1: Word, w2: Word, w3: Word
) -> tuple[int, Word, Word, Word]:
    """Ask the rules that watch for exit intent at touchpoint n, customer i having chosen transition j.

    The transition that stands in the end, with the words of its delay; or BROUGHT.
    """
    for k in range(tables.leaving_first[n], tables.leaving_first[n + 1]):
        if j < 0 or not tables.choice_exit[j]:
            break
        rule = tables.leaving_rule[k]
        if not tables.action_on_site[tables.rule_action[rule]] or tables.rule_delay[rule] > 0.0:
            fire(tables, lane, i, rule, time, lane.state[i].met)
            continue
        if not may_begin(tables, lane, i, rule, time):
            continue
        begin(tables, lane, i, rule)
        pair, cell = show(tables, lane, i, rule, time)
        if pair == NOBODY:
            continue
        channel, action = tables.pair_channel[pair], tables.pair_action[pair]
        count_response(tables, lane, i, pair, time, time, cell)
        if tables.action_leads[action] >= 0:
            record_outreach(lane, i, time, RESPONSE, 1.0, channel, rule, action)
            bring(lane, i, tables.action_leads[action], time)
            return BROUGHT, w1, w2, w3
        push(tables, lane, i, action, time)
        before = j
        j, w1, w2, w3 = choose(tables, lane, i, n, covariates_again(tables, lane, i, time))
        record_outreach(lane, i, time, RESPONSE, 1.0 if j != before else 0.0, channel, rule, action)
    return j, w1, w2, w3
