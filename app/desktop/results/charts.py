"""All charts and tables of the results, in the order of their tabs; loading them loads pyqtgraph."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from app.desktop.looks.theme import Appearance
from app.desktop.results.chart import Chart
from app.desktop.results.compare import CompareChart
from app.desktop.results.curves import CurvesChart
from app.desktop.results.distribution import DistributionChart
from app.desktop.results.eligibility import EligibilityChart
from app.desktop.results.funnel import FunnelChart
from app.desktop.results.outcomes import OutcomesTable
from app.desktop.results.over_time import WORD, OverTimeChart
from app.desktop.results.touchpoints import TouchpointsTable


@dataclass(frozen=True)
class Charts:
    """One of each."""

    retention: CurvesChart
    conversion: CurvesChart
    over_time: OverTimeChart
    distribution: DistributionChart
    funnel: FunnelChart
    outcomes: OutcomesTable
    compare: CompareChart
    touchpoints: TouchpointsTable
    eligibility: EligibilityChart

    @classmethod
    def making(cls, appearance: Appearance) -> Generator[None, None, "Charts"]:
        """Make them empty, one at each step, so that the window can do something else between two."""
        makers: tuple[Callable[[], Chart], ...] = (
            lambda: CurvesChart(appearance, "retention"),
            lambda: CurvesChart(appearance, "conversion"),
            lambda: OverTimeChart(appearance),
            lambda: DistributionChart(appearance),
            lambda: FunnelChart(appearance),
            lambda: OutcomesTable(appearance),
            lambda: CompareChart(appearance),
            lambda: TouchpointsTable(appearance),
            lambda: EligibilityChart(appearance),
        )
        made: list[Any] = []
        for make in makers:
            made.append(make())
            yield
        return cls(*made)

    @property
    def all(self) -> tuple[tuple[Chart, str], ...]:
        """Each with the glossary's word for it."""
        return (
            (self.retention, "retention"),
            (self.conversion, "conversion"),
            (self.over_time, WORD),
            (self.distribution, "distribution"),
            (self.funnel, "funnel"),
            (self.outcomes, "outcome"),
            (self.compare, "comparison"),
            (self.touchpoints, "touchpoint"),
            (self.eligibility, "eligibility"),
        )
