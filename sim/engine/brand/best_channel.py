"""The channel on which each customer opened most (model 33.5)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.known_enough import knows_channels, messages_on
from sim.engine.brand.limits import PASSED, ROUNDING, may_be_used
from sim.engine.brand.policies import rules
from sim.engine.brand.ruled_out import rule_out
from sim.engine.customer.bands import cell
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import BANDS
from sim.engine.memory.record import CONSIDERED, record_outreach
from sim.engine.program.tables import Tables


@compiled
def take_best(tables: Tables, lane: Lane, i: int, rule: int, action: int, time: float, seen_on: int) -> int:
    """The pair taken for the first message of a sequence to customer i, who is no control; -1 without one."""
    first = tables.pair_first[action]
    if not knows_channels(tables, lane, i, action, time):
        return rules.take_message(tables, lane, i, rule, action, first, time, seen_on)
    best, most = -1, 0.0
    for pair in range(first, tables.pair_first[action + 1]):
        channel = tables.pair_channel[pair]
        reason = may_be_used(tables, lane, i, channel, seen_on)
        if reason != PASSED:
            rule_out(tables, lane, i, rule, action, channel, time, reason)
            continue
        rate = _rate(tables, lane, i, pair, time)
        if lane.watching:
            record_outreach(lane, i, time, CONSIDERED, rate, channel, rule, action)
        if best < 0 or rate > most + ROUNDING:
            best, most = pair, rate
    return best


@compiled
def _rate(tables: Tables, lane: Lane, i: int, pair: int, time: float) -> float:
    """The share that is taken to be opened on the channel of a pair."""
    total = messages_on(tables, lane, i, tables.pair_channel[pair], time)
    opened = 0
    for band in range(BANDS):
        opened += lane.heard_now[cell(0, band, True)]
    usual = tables.optimise_prior * tables.pair_open[pair]
    return float((opened + usual) / (total + tables.optimise_prior))
