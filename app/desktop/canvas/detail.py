"""How much is drawn at a scale: type never smaller than can be read, and nothing that would need smaller type."""

from __future__ import annotations

from dataclasses import dataclass

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

    @property
    def is_full(self) -> bool:
        """Whether all there is is drawn."""
        return self.small > 0


_STEPS = (Detail(14, 12, 12), *(Detail(max(size, 16), size, 0) for size in range(14, 28, 2)))
_NOTHING = Detail(0, 0, 0)
FULL = _STEPS[0]


def detail_at(scale: float) -> Detail:
    """What is drawn at that scale: few steps, so that zooming does not move the labels all the time."""
    return next((step for step in _STEPS if step.shares * scale >= LEAST_TYPE), _NOTHING)


LEAST_SCALE = LEAST_TYPE / _STEPS[-1].shares
"""the least scale at which names can be read"""
