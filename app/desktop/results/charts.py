"""All charts and tables of the results, in the order of their tabs; loading them loads pyqtgraph."""

from dataclasses import dataclass

from app.desktop.looks.theme import Appearance
from app.desktop.results.chart import Chart
from app.desktop.results.compare import CompareChart
from app.desktop.results.curves import CurvesChart
from app.desktop.results.distribution import DistributionChart
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

    @classmethod
    def new(cls, appearance: Appearance) -> "Charts":
        """Empty ones."""
        return cls(
            CurvesChart(appearance, "retention"),
            CurvesChart(appearance, "conversion"),
            OverTimeChart(appearance),
            DistributionChart(appearance),
            FunnelChart(appearance),
            OutcomesTable(appearance),
            CompareChart(appearance),
            TouchpointsTable(appearance),
        )

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
        )
