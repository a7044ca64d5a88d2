"""How much is drawn at a scale: type never smaller than can be read, and nothing that would need smaller type."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

LEAST_TYPE = 9.0
"""pixels on the screen"""


@dataclass(frozen=True)
class Detail:
    """The sizes of type on the canvas at some scale, in pixels at 100 %; 0 where it is not drawn."""

    names: int
    """of touchpoints"""
    shares: int
    """of transitions"""
    small: int
    """everything quieter: delays, how many went, signs and channels"""
    least: int = 0
    """of touchpoints whose name would be cut else"""

    @property
    def is_full(self) -> bool:
        """Whether all there is is drawn."""
        return self.small > 0


_STEPS = (Detail(14, 12, 12), *(Detail(max(size, 16), size, 0) for size in range(14, 28, 2)))
_NOTHING = Detail(0, 0, 0)
_SHRINKS = 0.84
"""how much smaller a name may be than the others: so much that four words have room in any size"""
FULL = _STEPS[0]


def detail_at(scale: float, readable: float | None = None) -> Detail:
    """What is drawn at that scale: few steps, so that zooming does not move the labels all the time.

    Where type is larger than it has to be, `readable` is the scale that the smallest type follows from.
    """
    step = next((step for step in _STEPS if step.shares * scale >= LEAST_TYPE), _NOTHING)
    least = math.ceil(LEAST_TYPE / (readable or scale))
    return replace(step, least=min(max(least, math.ceil(step.names * _SHRINKS)), step.names))


LEAST_SCALE = LEAST_TYPE / _STEPS[-1].shares
"""the least scale at which names can be read"""
