"""What learns and plans between ticks, as the engine sees it."""

from typing import Protocol

from sim.engine.lane import LaneView


class Policy(Protocol):
    """Is called at each tick, when everybody's events before it have happened and none at it."""

    def tick(self, time: float, lane: LaneView) -> None:
        """Learn and plan at `time` (days) from what customers have done."""
