"""What a run found: all its replications, what they add up to, and how that is told."""

from dataclasses import dataclass
from typing import Any, Final

from sim.experiment import tidy
from sim.experiment.evidence import Evidence
from sim.experiment.json_document import document, printed
from sim.experiment.records import Records
from sim.experiment.sentence import sentence
from sim.outcomes.calendar import Period

SHOWN: Final = 5
"""Arms that are named in short."""


@dataclass(frozen=True, repr=False)
class Results(Evidence):
    """What a run found, and how it is told: as tidy tables, as one document, in sentences."""

    def __repr__(self) -> str:
        """Of what, and how much."""
        return (
            f"<Results of {self.scenario.id}: {len(self.replications):,} replications of "
            f"{', '.join(self.arms[:SHOWN])}{', …' if len(self.arms) > SHOWN else ''}>"
        )

    def outcomes(self) -> Records:
        """Every value of everybody and of each segment as a tidy row: arm, replication, segment, outcome, value."""
        return tidy.values(self, "outcomes", "segment")

    def group_outcomes(self) -> Records:
        """The same of the treated and of the holdout: arm, replication, group, outcome, value."""
        return tidy.values(self, "groups", "group")

    def summaries(self) -> Records:
        """Every outcome over the replications: arm, segment, outcome, mean, sd, n, and the ends of the intervals."""
        return tidy.summaries(self)

    def comparisons(self) -> Records:
        """Each arm after the first less the first: arm, against, segment, outcome, mean, … as `summaries`, p."""
        return tidy.comparisons(self)

    def curves(self) -> Records:
        """Every point of the curves: arm, replication, curve, day, value."""
        return tidy.curves(self)

    def touchpoints(self) -> Records:
        """Every figure of the touchpoints: arm, replication, touchpoint, figure, value."""
        return tidy.figures(self, "touchpoints", "touchpoint")

    def transitions(self) -> Records:
        """Every figure of the transitions: arm, replication, transition, figure, value."""
        return tidy.figures(self, "transitions", "transition")

    def channels(self) -> Records:
        """Every figure of the channels: arm, replication, channel, figure, value."""
        return tidy.figures(self, "channels", "channel")

    def stages(self) -> Records:
        """Every figure of the stages: arm, replication, stage, figure, value."""
        return tidy.figures(self, "stages", "stage")

    def segment_touchpoints(self) -> Records:
        """Figures of the touchpoints by segment: arm, replication, segment, touchpoint, figure, value."""
        return tidy.by_segment(self, "segment_touchpoints", "touchpoint")

    def segment_stages(self) -> Records:
        """Figures of the stages by segment: arm, replication, segment, stage, figure, value."""
        return tidy.by_segment(self, "segment_stages", "stage")

    def actions(self) -> Records:
        """Every figure of the actions, and of them on a channel: arm, replication, action, figure, value."""
        return tidy.figures(self, "actions", "action")

    def eligibility(self) -> Records:
        """How many customers stand on each step towards each action: arm, replication, action, step, value."""
        return tidy.figures(self, "eligibility", "action", "step")

    def segment_eligibility(self) -> Records:
        """The same by segment: arm, replication, segment, action, step, value."""
        return tidy.by_segment(self, "segment_eligibility", "action", "step")

    def series(self, per: Period = "day") -> Records:
        """Curves over calendar time by day, week or month: arm, day, date, outcome, mean, lo, hi.

        `day` is the first of the period, from 0, and `date` its date. Nothing of runs of more than ten years.
        """
        return tidy.series(self, per)

    def document(self, run: str | None = None) -> dict[str, Any]:
        """The results as `journey run --json` prints them; `run` is the id under which they are stored."""
        return document(self, run)

    def printed(self) -> dict[str, Any]:
        """The part of it that is printed after a run."""
        return printed(self)

    def sentence(self, arm: str, against: str | None = None) -> str:
        """What comparing the two arms comes to, in one sentence."""
        return sentence(self, arm, self.arms[0] if against is None else against)
