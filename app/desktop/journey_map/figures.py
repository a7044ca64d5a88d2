"""What a run found, as a journey map shows it: for one arm, of everybody or of one persona."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.desktop.results.results_reading import ResultsReading
from sim.outcomes import ALL
from sim.outcomes.intervals import Interval

Found = Mapping[str, Mapping[str, Interval]]


@dataclass(frozen=True)
class Figures:
    """Figures by stage and by touchpoint; empty before anything was run."""

    stages: Found = field(default_factory=dict)
    touchpoints: Found = field(default_factory=dict)
    currency: str = ""
    source: str = ""
    """what they are of, in words"""

    def stage(self, stage: str, figure: str) -> Interval | None:
        """A figure of a stage, where it is known."""
        return self.stages.get(stage, {}).get(figure)

    def touchpoint(self, touchpoint: str, figure: str) -> Interval | None:
        """A figure of a touchpoint, where it is known."""
        return self.touchpoints.get(touchpoint, {}).get(figure)


NOTHING_RUN = Figures(source="Not run yet: feelings and effort are what the file says. Run (F5) for the rest.")


def figures_of(reading: ResultsReading, arm: str, persona: str) -> Figures:
    """The figures of an arm among those whom the reading is about: the `persona` of that name, or everybody."""
    stages, touchpoints = reading.own_table(arm, "stages"), reading.own_table(arm, "touchpoints")
    among = f"{persona} · " if persona else ""
    if persona and (reading.segment == ALL or not stages):
        stages, touchpoints = reading.table(arm, "stages"), reading.table(arm, "touchpoints")
        among = "everybody, since this run does not tell personas apart · "
    count = reading.count
    return Figures(
        stages,
        touchpoints,
        reading.currency,
        f"{among}{reading.name(arm)} · {count:,} replication{'' if count == 1 else 's'} of "
        f"{reading.results.scenario.population.size:,} customers",
    )
