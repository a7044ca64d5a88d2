"""How far firings bring each customer towards each action (model 26)."""

import numpy as np

from sim.compiling.compiled import compiled
from sim.engine.memory.history import REASONS, STEPS
from sim.engine.memory.lane import Lane

CONDITION = STEPS.index("condition")
PENDING = STEPS.index("pending")
UNAVAILABLE = STEPS.index("unavailable")
NOT_THERE = STEPS.index("not-there")
OTHER_ACTION = STEPS.index("other-action")
SENT = STEPS.index("sent")
_OF_REASON = np.array([STEPS.index(reason) for reason in REASONS], np.int8)


@compiled
def reach(lane: Lane, i: int, action: int, step: int) -> None:
    """Let customer i stand at least on this step of an action."""
    if lane.steps[i, action] < step:
        lane.steps[i, action] = step


@compiled
def reach_check(lane: Lane, i: int, action: int, reason: int) -> None:
    """Let customer i stand at least on the step of the check that ruled a send out."""
    reach(lane, i, action, _OF_REASON[reason])
