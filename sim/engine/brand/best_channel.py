"""The channel on which each customer opened most (model 33.5)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.known_enough import messages_on
from sim.engine.customer.bands import cell
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import BANDS
from sim.engine.memory.record import CONSIDERED, record_outreach
from sim.engine.program.tables import Tables


@compiled
def rate_on(tables: Tables, lane: Lane, i: int, rule: int, pair: int, time: float) -> float:
    """The share that is taken to be opened by customer i on the channel of a pair; kept of who is watched."""
    channel = tables.pair_channel[pair]
    total = messages_on(tables, lane, i, channel, time)
    opened = 0
    for band in range(BANDS):
        opened += lane.heard_now[cell(0, band, True)]
    usual = tables.optimise_prior * tables.pair_open[pair]
    rate = float((opened + usual) / (total + tables.optimise_prior))
    if lane.watching:
        record_outreach(lane, i, time, CONSIDERED, rate, channel, rule, tables.pair_action[pair])
    return rate
