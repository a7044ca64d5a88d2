"""What the replications of a run say of its arms: each outcome in each arm, and how much two arms differ."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sim.experiment.comparison import Comparison, Difference
from sim.experiment.scale import arrivals_words, scale_note
from sim.outcomes import ALL, DEFINITIONS, Replication
from sim.outcomes.calendar import Period
from sim.outcomes.collecting import collected
from sim.outcomes.intervals import Interval
from sim.outcomes.records import Measured
from sim.outcomes.samples import Sample, change, changed, changes, levels, ratio_of_changes
from sim.outcomes.series import CalendarSeries, calendar_series
from sim.scenario import Scenario, Variant


@dataclass(frozen=True)
class EngineFacts:
    """How the simulating went."""

    events: int
    """customers' own events in all replications of all arms"""
    seconds: float
    """from the beginning of the run to its end; of stored results, the time that simulating took"""
    workers: int

    @property
    def events_per_second(self) -> float | None:
        """Events over seconds; None where no time passed."""
        return self.events / self.seconds if self.seconds > 0 else None

    @classmethod
    def of(cls, replications: Sequence[Replication]) -> "EngineFacts":
        """The facts that stored replications hold."""
        measured = [arm for replication in replications for arm in replication.arms]
        return cls(sum(arm.events for arm in measured), sum(arm.seconds for arm in measured), 1)


@dataclass(frozen=True, repr=False)
class Evidence:
    """The replications of a run, by number; each holds all arms over the same customers."""

    scenario: Scenario
    """the base scenario as it was run"""
    scenario_hash: str
    variants: tuple[Variant, ...]
    """the arms; the first is the one compared against"""
    replications: tuple[Replication, ...]
    engine: EngineFacts
    notes: tuple[str, ...] = ()
    """what is to be said of the run as a whole"""
    population: int | None = None
    """customers that the scenario has, where the run was asked to have a number of its own"""

    @property
    def seed(self) -> int:
        """The seed of all arms."""
        return self.scenario.experiment.seed

    @property
    def arms(self) -> tuple[str, ...]:
        """Ids of the arms, in order."""
        return tuple(variant.id for variant in self.variants)

    @property
    def scale_note(self) -> str | None:
        """What another number of customers than the scenario has leaves as it is; None where they are as many."""
        if self.population is None:
            return None
        return scale_note(self.population, [arm.scenario for arm in self.variants], self.scenario.currency)

    @property
    def arrivals(self) -> str:
        """How many arrivals are expected, in words; empty where each customer arrives and nobody else does."""
        return arrivals_words(arm.scenario for arm in self.variants)

    def name(self, arm: str) -> str:
        """The arm's name as people read it."""
        return self.variants[self._index(arm)].name

    def scenario_of(self, arm: str) -> Scenario:
        """The arm's scenario as it was simulated."""
        return self.variants[self._index(arm)].scenario

    def measured(self, arm: str) -> tuple[Measured, ...]:
        """The arm's outcomes, replication by replication."""
        index = self._index(arm)
        return tuple(replication.arms[index] for replication in self.replications)

    def calendar_series(self, arm: str, series: str, per: Period) -> CalendarSeries | None:
        """One of an arm's curves over calendar time; None where it has none."""
        return calendar_series(self.measured(arm), series, self.scenario_of(arm).start_date, per)

    def summary(self, arm: str, segment: str = ALL) -> dict[str, Interval]:
        """Each outcome of an arm, in the order of the registry; `segment` may be a group (TREATED, HOLDOUT) too.

        Ratios are ratios of sums over all replications, other outcomes means over the replications that have them.
        """
        return levels(self._samples(arm, segment), self._samples(arm, segment, drawn=True))

    def values(self, arm: str, outcome: str, segment: str = ALL) -> dict[int, float]:
        """The outcome in each replication that has a value of its own, by number."""
        sample = self._samples(arm, segment, only=(outcome,)).get(outcome)
        return sample.values if sample else {}

    def changes(self, arm: str, outcome: str, against: str | None = None, segment: str = ALL) -> dict[int, float]:
        """The paired difference to another arm (default: the first) in each replication that has one, by number.

        None of outcomes that are told of some replications only: these need not be the same in both.
        """
        against = self.arms[0] if against is None else against
        if DEFINITIONS[outcome].paired:
            return self._pairs(arm, against, segment, "pairs").get(outcome, {})
        if DEFINITIONS[outcome].among is not None:
            return {}
        return changes(outcome, self._samples(against, segment), self._samples(arm, segment))

    def segments(self, arm: str) -> tuple[str, ...]:
        """The segments of an arm, in order, without ALL; together they are everybody."""
        segments = dict.fromkeys(segment for measured in self.measured(arm) for segment in measured.outcomes)
        return tuple(segment for segment in segments if segment != ALL)

    def groups(self, arm: str) -> tuple[str, ...]:
        """The treated and the holdout, where the arm has one; their members are of all segments."""
        return tuple(dict.fromkeys(group for measured in self.measured(arm) for group in measured.groups))

    def absences(self, arm: str) -> dict[str, tuple[str, int]]:
        """Outcomes that replications of an arm lack though they could have them: the first reason, and how many do.

        Left out is what is told all the same: ratios, in which each replication counts with its part, and what is told
        of some replications alone; and what this version does not know.
        """
        absences: dict[str, tuple[str, int]] = {}
        ratios = {
            outcome
            for measured in self.measured(arm)
            for outcome, (_, whole) in measured.sums.get(ALL, {}).items()
            if whole
        }
        for measured in self.measured(arm):
            for outcome, reason in measured.absent.items():
                if outcome not in DEFINITIONS or outcome in ratios or DEFINITIONS[outcome].among is not None:
                    continue
                first, count = absences.get(outcome, (reason, 0))
                absences[outcome] = (first, count + 1)
        return absences

    def compare(
        self, arm: str, against: str | None = None, segment: str = ALL, only: Collection[str] | None = None
    ) -> Comparison:
        """The differences of an arm to another (default: the first), pair by pair over the replications that have both.

        What only pairs have (`retention_90_both`) is known against the first arm only. With `only`, the differences of
        those outcomes that are measured in each arm.
        """
        against = self.arms[0] if against is None else against
        of_arm, of_other = self._samples(arm, segment), self._samples(against, segment)
        drawn_arm, drawn_other = (self._samples(each, segment, drawn=True) for each in (arm, against))
        differences: dict[str, Difference] = {}
        for outcome in of_arm:
            if only is None or outcome in only:
                moved = change(outcome, of_other, of_arm, drawn_other, drawn_arm)
                if moved is not None:
                    differences[outcome] = Difference(outcome, moved)
        if only is None:
            differences |= self._paired(arm, against, segment)
            for outcome in DEFINITIONS:
                added = ratio_of_changes(outcome, of_other, of_arm, drawn_other, drawn_arm)
                if added is not None:
                    differences[outcome] = Difference(outcome, added)
        return Comparison(arm, against, segment, {id_: differences[id_] for id_ in DEFINITIONS if id_ in differences})

    def _paired(self, arm: str, against: str, segment: str) -> dict[str, Difference]:
        drawn = self._pairs(arm, against, segment, "drawn_pairs")
        return {
            outcome: Difference(outcome, changed(outcome, list(values.values()), list(drawn.get(outcome, {}).values())))
            for outcome, values in self._pairs(arm, against, segment, "pairs").items()
        }

    def _pairs(self, arm: str, against: str, segment: str, table: str) -> dict[str, dict[int, float]]:
        """By outcome, then replication, what only pairs have; nothing where neither is the first arm."""
        first = self.arms[0]
        if arm == against or first not in (arm, against):
            return {}
        other, sign = (arm, 1.0) if against == first else (against, -1.0)
        by_outcome: dict[str, dict[int, float]] = {}
        for replication in self.replications:
            pairs: dict[str, dict[str, dict[str, float]]] = getattr(replication, table)
            for outcome, value in pairs.get(other, {}).get(segment, {}).items():
                if outcome in DEFINITIONS:  # a run of another version may have others
                    by_outcome.setdefault(outcome, {})[replication.number] = sign * value
        return by_outcome

    def _samples(
        self, arm: str, segment: str, *, drawn: bool = False, only: Collection[str] | None = None
    ) -> dict[str, Sample]:
        return collected(self.measured(arm), segment, drawn=drawn, only=only)

    def _index(self, arm: str) -> int:
        if arm not in self.arms:
            raise ValueError(f'there is no arm "{arm}"; the arms are {", ".join(self.arms)}')
        return self.arms.index(arm)
