"""The bands of the day by which it is noted when messages were sent (model 33)."""

import math
from typing import Final

from sim.compiling.compiled import compiled
from sim.engine.memory.outreach import BANDS
from sim.scenario.profile import EPSILON

_HOURS: Final = 24.0 / BANDS


def band(time: float) -> int:
    """The band in which a time is."""
    hour = 24.0 * (time - math.floor(time))
    return int((hour + EPSILON) / _HOURS) % BANDS


band_of = compiled(band)
"""The same for compiled code."""


@compiled
def middle_after(number: int, time: float) -> float:
    """The next middle of a band after a time."""
    middle = (_HOURS * number + _HOURS / 2.0) / 24.0
    until = math.floor(time) + middle
    return float(until if until > time else math.floor(time) + 1.0 + middle)


@compiled
def cell(channel: int, number: int, opened: bool) -> int:
    """Where `Lane.heard` counts a message on a channel, sent in a band; `Lane.heard_now` that on channel 0."""
    return 2 * (BANDS * channel + number) + (1 if opened else 0)
