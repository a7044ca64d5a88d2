"""The hour at which each customer opened most (model 33.3)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.known_enough import knows_hours
from sim.engine.brand.limits import ROUNDING, quiet_until
from sim.engine.customer.bands import band_of, cell, middle_after
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import BANDS
from sim.engine.program.tables import Tables


@compiled
def best_hour_from(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> float:
    """When customer i opens most from `time` on, as far as is known; `time` itself where it goes out at once."""
    if lane.outreach[i].control or not knows_hours(tables, lane, i, channel, time):
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
def _rate(tables: Tables, lane: Lane, band: int) -> float:
    """The share that is taken to be opened in a band, by `lane.heard_now`."""
    total, opened = 0, 0
    for each in range(BANDS):
        total += lane.heard_now[cell(0, each, False)] + lane.heard_now[cell(0, each, True)]
        opened += lane.heard_now[cell(0, each, True)]
    own_opened = lane.heard_now[cell(0, band, True)]
    own = lane.heard_now[cell(0, band, False)] + own_opened
    return float((own_opened + tables.optimise_prior * opened / total) / (own + tables.optimise_prior))
