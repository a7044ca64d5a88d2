"""Which channels the brand puts together for a customer (model 10.1, 25)."""

from sim.compiling.compiled import compiled
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import OMNI, Tables


@compiled
def together(tables: Tables, lane: Lane, i: int, one: int, other: int) -> bool:
    """Whether the brand puts together what customer i does on two channels (model 10.1, 25)."""
    if one == other:
        return True
    if tables.mode != OMNI:
        return False
    return not tables.identified or bool(lane.profiles[i, one] == lane.profiles[i, other])


@compiled
def linked(tables: Tables, lane: Lane, i: int, channel: int) -> bool:
    """Whether what happens on the channel is put together with what is known of customer i (model 10.1)."""
    first = lane.state[i].first_channel
    if first < 0:
        return channel >= 0 and tables.mode == OMNI and not tables.identified
    return channel >= 0 and together(tables, lane, i, channel, first)
