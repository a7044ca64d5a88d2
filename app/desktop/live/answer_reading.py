"""An answer of the process that follows the levers, read as the charts read any results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.desktop.results.results_reading import ResultsReading
from app.processes.live.answer import DIFFERENCE
from app.processes.live.plan import BASELINE, NOW
from app.shown.colours import ArmStyle, arm_style

if TYPE_CHECKING:
    from app.processes.live.messages import Answer


class AnswerReading(ResultsReading):
    """Two arms, the baseline and now; everything that takes long was worked out beside the window."""

    def __init__(self, answer: Answer, number: int) -> None:
        """Read the answer; `number` is that of the edited arm in its scenario, for its colour."""
        super().__init__(answer.results)
        self.answer = answer
        self._number = number
        self._comparisons[NOW] = answer.comparison
        for arm, arm_of_answer in ((BASELINE, BASELINE), (NOW, NOW), (f"{NOW} - {BASELINE}", DIFFERENCE)):
            for name in ("retention", "conversion"):
                self._bands[arm, name] = answer.bands.get((arm_of_answer, name))

    def style(self, arm: str, dark: bool) -> ArmStyle:
        """The baseline is grey; what is edited has its arm's colour, or that of the first arm beside the baseline."""
        return arm_style(0 if arm == BASELINE else max(self._number, 1), dark)

    @property
    def made_of(self) -> str:
        """`2,000 customers × 20 replications, 0.21 s`"""
        customers = self.results.scenario.population.size
        plural = "" if self.count == 1 else "s"
        return f"{customers:,} customers × {self.count} replication{plural}, {self.answer.seconds:.2f} s"

    @property
    def caveat(self) -> str:
        """What fewer customers make look other than it is; empty where that is nothing."""
        note = self.answer.scale_note
        return "" if note is None else f"{note} Only a run shows what depends on that, and totals of money."
