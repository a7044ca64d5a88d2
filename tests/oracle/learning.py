"""What a learning policy believes, and how it comes to believe it (model 16)."""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

COUNTS_FOR = 7.0
"""days after which a try without a response has failed"""


class Cell(NamedTuple):
    """What a belief is about."""

    segment: str
    stage: str
    action: str
    channel: str


@dataclass(eq=False)
class Try:
    """Something sent or shown after a choice."""

    cell: Cell
    time: float
    responded: float | None = None
    """when a response to it happened"""


class Beliefs:
    """What has been learned of every cell so far."""

    def __init__(self, waits: bool = False) -> None:
        """`waits`: a success counts when it would have counted as a failure (model 29)."""
        self.waits = waits
        self.tries: dict[Cell, int] = defaultdict(int)
        self.successes: dict[Cell, int] = defaultdict(int)
        self.unsettled: list[Try] = []

    def remember(self, attempt: Try) -> None:
        self.unsettled.append(attempt)

    def believed(self, cell: Cell) -> tuple[float, float]:
        """Mean and standard deviation."""
        n, r = self.tries[cell], self.successes[cell]
        m = (r + 1) / (n + 2)
        return m, math.sqrt(m * (1 - m) / (n + 3))

    def learn(self, time: float) -> None:
        """Count each try that is settled at this tick."""
        unsettled = []
        for attempt in self.unsettled:
            answered = attempt.responded
            success = answered is not None and answered < time and answered < attempt.time + COUNTS_FOR
            if (success and not self.waits) or attempt.time + COUNTS_FOR <= time:
                self.tries[attempt.cell] += 1
                self.successes[attempt.cell] += success
            else:
                unsettled.append(attempt)
        self.unsettled = unsettled
