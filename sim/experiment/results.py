"""What a run found: all its replications, and what they add up to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.comparison import Comparison, Difference, changed, difference, incremental_roi, less
from sim.experiment.records import Records
from sim.experiment.scale import arrivals_words, scale_note
from sim.outcomes import ALL, DEFINITIONS, Replication
from sim.outcomes.intervals import Interval, interval
from sim.outcomes.records import Measured
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


@dataclass(frozen=True)
class Results:
    """The replications of a run, by number; each holds all arms over the same customers."""

    scenario: Scenario
    """the base scenario as it was run"""
    scenario_hash: str
    variants: tuple[Variant, ...]
    """the arms; the first is the one compared against"""
    replications: tuple[Replication, ...]
    engine: EngineFacts
    remarks: tuple[str, ...] = ()
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
        return self.variants[self._place(arm)].name

    def scenario_of(self, arm: str) -> Scenario:
        """The arm's scenario as it was simulated."""
        return self.variants[self._place(arm)].scenario

    def measured(self, arm: str) -> tuple[Measured, ...]:
        """The arm's outcomes, replication by replication."""
        place = self._place(arm)
        return tuple(replication.arms[place] for replication in self.replications)

    def outcomes(self) -> Records:
        """Every value as a tidy row: arm, replication, segment, outcome, value."""
        rows = (
            (measured.arm, replication.number, segment, outcome, value)
            for replication in self.replications
            for measured in replication.arms
            for segment, outcomes in measured.outcomes.items()
            for outcome, value in outcomes.items()
        )
        return Records(("arm", "replication", "segment", "outcome", "value"), rows)

    def summary(self, arm: str, segment: str = ALL) -> dict[str, Interval]:
        """Each outcome of an arm over the replications that have it, in the order of the registry."""
        drawn = self._values(arm, segment, drawn=True)
        return {
            outcome: interval(list(values.values()), list(drawn.get(outcome, {}).values()))
            for outcome, values in self._values(arm, segment).items()
        }

    def segments(self, arm: str) -> tuple[str, ...]:
        """The segments of an arm, in order, without ALL; then the treated and the holdout, if some are held out."""
        found = dict.fromkeys(
            segment for measured in self.measured(arm) for segment in (*measured.outcomes, *measured.groups)
        )
        return tuple(segment for segment in found if segment != ALL)

    def absences(self, arm: str) -> dict[str, tuple[str, int]]:
        """Outcomes that replications of an arm lack though they could have them: the first reason, and how many do."""
        found: dict[str, tuple[str, int]] = {}
        for measured in self.measured(arm):
            for outcome, reason in measured.absent.items():
                first, count = found.get(outcome, (reason, 0))
                found[outcome] = (first, count + 1)
        return found

    def compare(
        self, arm: str, against: str | None = None, segment: str = ALL, only: Collection[str] | None = None
    ) -> Comparison:
        """The differences of an arm to another (default: the first), pair by pair over the replications that have both.

        What only pairs have (`retention_90_both`) is known against the first arm only. With `only`, the differences of
        those outcomes that are measured in each arm.
        """
        against = self.arms[0] if against is None else against
        of_arm, of_other = self._values(arm, segment), self._values(against, segment)
        drawn_arm, drawn_other = (self._values(each, segment, drawn=True) for each in (arm, against))
        found: dict[str, Difference] = {}
        for outcome, values in of_arm.items():
            if only is not None and outcome not in only:
                continue
            reference, one = _in_both(of_other.get(outcome, {}), values)
            if one:
                drawn_reference, drawn = _in_both(drawn_other.get(outcome, {}), drawn_arm.get(outcome, {}))
                found[outcome] = difference(outcome, reference, one, less(drawn, drawn_reference))
        if only is None:
            found |= self._paired(arm, against, segment)
            added = incremental_roi(*_added(of_other, of_arm), *_added(drawn_other, drawn_arm))
            if added is not None:
                found[added.outcome] = added
        return Comparison(arm, against, segment, {id_: found[id_] for id_ in DEFINITIONS if id_ in found})

    def document(self, run: str | None = None) -> dict[str, Any]:
        """The results as `journey run --json` prints them; `run` is the id under which they are stored."""
        from sim.experiment.document import document

        return document(self, run)

    def sentence(self, arm: str, against: str | None = None) -> str:
        """What comparing the two arms comes to, in one sentence."""
        from sim.experiment.sentence import sentence

        return sentence(self, arm, self.arms[0] if against is None else against)

    def _paired(self, arm: str, against: str, segment: str) -> dict[str, Difference]:
        first = self.arms[0]
        if arm == against or first not in (arm, against):
            return {}
        other, sign = (arm, 1.0) if against == first else (against, -1.0)
        changes: dict[str, list[float]] = {}
        drawn: dict[str, list[float]] = {}
        for replication in self.replications:
            for pairs, into in ((replication.pairs, changes), (replication.drawn_pairs, drawn)):
                for outcome, value in pairs.get(other, {}).get(segment, {}).items():
                    into.setdefault(outcome, []).append(sign * value)
        return {outcome: changed(outcome, values, drawn.get(outcome, ())) for outcome, values in changes.items()}

    def _values(self, arm: str, segment: str, *, drawn: bool = False) -> dict[str, dict[int, float]]:
        """By outcome, in the order of the registry, then replication; with uncertain values `drawn`, if asked."""
        found: dict[str, dict[int, float]] = {}
        for measured in self.measured(arm):
            of_all = measured.drawn | measured.drawn_groups if drawn else measured.outcomes | measured.groups
            for outcome, value in of_all.get(segment, {}).items():
                found.setdefault(outcome, {})[measured.replication] = value
        return {outcome: found[outcome] for outcome in DEFINITIONS if outcome in found}

    def _place(self, arm: str) -> int:
        if arm not in self.arms:
            raise ValueError(f'there is no arm "{arm}"; the arms are {", ".join(self.arms)}')
        return self.arms.index(arm)


def _in_both(against: Mapping[int, float], arm: Mapping[int, float]) -> tuple[list[float], list[float]]:
    """The values of the replications that both have, in the same order."""
    both = [number for number in arm if number in against]
    return [against[number] for number in both], [arm[number] for number in both]


def _added(
    against: Mapping[str, Mapping[int, float]], arm: Mapping[str, Mapping[int, float]]
) -> tuple[list[float], list[float]]:
    """Differences in cost and in profit, over the replications in which both arms have both."""
    columns = [values.get(outcome, {}) for values in (against, arm) for outcome in ("cost", "profit")]
    both = [number for number in columns[0] if all(number in column for column in columns)]
    cost, profit, arm_cost, arm_profit = ([column[number] for number in both] for column in columns)
    return less(arm_cost, cost), less(arm_profit, profit)
