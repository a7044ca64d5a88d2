"""The hour at which each customer opened most, and what becomes of messages sent by it (model 33)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.limits import ROUNDING, quiet_until
from sim.engine.customer.bands import band_of, cell, middle_after
from sim.engine.customer.profile import listen
from sim.engine.memory.history import KNOWN
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import BANDS
from sim.engine.program.tables import Tables

OPTIMISED, CONTROL, LITTLE_KNOWN = (KNOWN.index(name) for name in ("optimised", "control", "little-known"))
_DELIVERED, _OPENED = 0, 1


@compiled
def best_hour_from(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> float:
    """When customer i opens most from `time` on, as far as is known; `time` itself where it goes out at once."""
    if lane.outreach[i].control or not _known(tables, lane, i, channel, time):
        return time
    first = band_of(time)
    best, most = first, _rate(tables, lane, first)
    for ahead in range(1, BANDS):
        band = (first + ahead) % BANDS
        rate, middle = _rate(tables, lane, band), middle_after(band, time)
        if rate > most + ROUNDING and quiet_until(tables, channel, middle) == middle:
            best, most = band, rate
    return time if best == first else middle_after(best, time)


@compiled
def count_known(tables: Tables, lane: Lane, i: int, channel: int, opened: bool, time: float) -> None:
    """Count a message that arrives at customer i, before it is noted, by what is known of their hours."""
    kind = LITTLE_KNOWN
    if _known(tables, lane, i, channel, time):
        kind = CONTROL if lane.outreach[i].control else OPTIMISED
    segment = lane.state[i].segment
    lane.by_known[segment, kind, _DELIVERED] += 1
    if opened:
        lane.by_known[segment, kind, _OPENED] += 1


@compiled
def _known(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> bool:
    """Whether enough is known of what customer i opens on a channel, which then stands in `lane.heard_now`."""
    listen(tables, lane, i, channel, time)
    total = 0
    for k in range(lane.heard_now.shape[0]):
        total += lane.heard_now[k]
    return total >= tables.optimise_from


@compiled
def _rate(tables: Tables, lane: Lane, band: int) -> float:
    """The share that is taken to be opened in a band, by `lane.heard_now`."""
    total, opened = 0, 0
    for each in range(BANDS):
        total += lane.heard_now[cell(0, each, False)] + lane.heard_now[cell(0, each, True)]
        opened += lane.heard_now[cell(0, each, True)]
    own_opened = lane.heard_now[cell(0, band, True)]
    own = lane.heard_now[cell(0, band, False)] + own_opened
    return float((own_opened + tables.optimise_prior * opened / total) / (own + tables.optimise_prior))
