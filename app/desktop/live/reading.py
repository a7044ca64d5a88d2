"""An answer of the process that follows the levers, read as the charts read any results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.colours import ArmStyle, arm_style
from app.desktop.results.reading import Reading
from app.live_answer import DIFFERENCE
from app.live_plan import BASELINE, NOW

if TYPE_CHECKING:
    from app.live_messages import Answer

_SHARED: Final = {
    "desks": "waits at desks",
    "budget": "use of the budget",
    "spend": "what spend brings",
}


class LiveReading(Reading):
    """Two arms, the baseline and now; everything that takes long was worked out beside the window."""

    def __init__(self, answer: Answer, place: int) -> None:
        """Read the answer; `place` is that of the edited arm in its scenario, for its colour."""
        super().__init__(answer.results)
        self.answer = answer
        self._place = place
        self._comparisons[NOW] = answer.comparison
        for arm, found in ((BASELINE, BASELINE), (NOW, NOW), (f"{NOW} - {BASELINE}", DIFFERENCE)):
            for name in ("retention", "conversion"):
                self._bands[arm, name] = answer.bands.get((found, name))

    def style(self, arm: str, dark: bool) -> ArmStyle:
        """The baseline is grey; what is edited has its arm's colour, or that of the first arm beside the baseline."""
        return arm_style(0 if arm == BASELINE else max(self._place, 1), dark)

    @property
    def made_of(self) -> str:
        """`2,000 customers × 20 replications, 0.21 s`"""
        customers = self.results.scenario.population.size
        plural = "" if self.count == 1 else "s"
        return f"{customers:,} customers × {self.count} replication{plural}, {self.answer.seconds:.2f} s"

    @property
    def caveat(self) -> str:
        """What fewer customers make look other than it is; empty where that is nothing."""
        if not self.answer.fewer:
            return ""
        said = ["Money in all", *(_SHARED[what] for what in self.answer.shared)]
        listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
        return f"{listed}: only a run tells, for fewer customers come here than in the journey."
