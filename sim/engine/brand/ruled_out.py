"""What rules a send out, noted (model 10.5)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.eligibility import reach_check
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import RULED_OUT, record_outreach
from sim.engine.program.tables import Tables


@compiled
def rule_out(
    tables: Tables, lane: Lane, i: int, rule: int, action: int, channel: int, time: float, reason: int
) -> None:
    """Note what rules a send to customer i out."""
    lane.ruled_out[reason, lane.state[i].segment, action] += 1
    reach_check(lane, i, action, reason)
    record_outreach(lane, i, time, RULED_OUT, float(reason), channel, rule, action)


@compiled
def rule_out_next(
    tables: Tables, lane: Lane, i: int, rule: int, pair: int, begun: int, time: float, reason: int
) -> None:
    """Note what rules out, before any channel is asked, the message to customer i that was to be sent next."""
    action = tables.pair_action[pair] if begun else tables.rule_action[rule]
    channel = tables.pair_channel[pair] if pair < tables.pair_first[action + 1] else -1
    rule_out(tables, lane, i, rule, action, channel, time, reason)
