"""What a run is to simulate: arms, seed, how many replications, and until when."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.experiment import precision as search
from sim.experiment.expected_visits import too_many_visits
from sim.experiment.replicate import Task, packed
from sim.experiment.scale import with_customers
from sim.experiment.settings import Settings
from sim.scenario import Scenario, ScenarioError, ScenarioFile, Variant, override, variants
from sim.scenario.arms import settings_of
from sim.scenario.experiment import Arm, Precision

Subject = ScenarioFile | Scenario
"""What can be run."""


@dataclass(frozen=True)
class Plan:
    """A run before it begins."""

    scenario: Scenario
    """the base scenario, with what the caller overrides; arms are measured against it"""
    scenario_hash: str
    """SHA-256 of the scenario's text as it was given"""
    variants: tuple[Variant, ...]
    """the arms; the first is the one compared against"""
    replications: int
    """how many, or at most how many where a precision is asked for"""
    precision: Precision | None
    population: int | None = None
    """customers that the scenario has, where a number of its own was asked for; None where they are simulated as it
    says"""
    settings: Settings | None = None
    """what tells the run from others of its scenario; None for one that is in the store already"""
    booked: bool = False
    """whether ledgers are wanted of all replications, and nothing with uncertain values drawn"""

    @property
    def seed(self) -> int:
        """The seed of all arms."""
        return self.scenario.experiment.seed

    @cached_property
    def _work(self) -> tuple[bytes, ...]:
        return tuple(packed(variant.scenario, self.scenario) for variant in self.variants)

    def task(self, replication: int, arm: int) -> Task:
        """The task of one arm, by index, in one replication."""
        return Task(self.variants[arm].id, self._work[arm], self.seed, replication, len(self.variants) > 1, self.booked)


def plan(
    subject: Subject,
    *,
    arms: Sequence[Arm | Variant] | None = None,
    replications: int | None = None,
    precision: Precision | None = None,
    customers: int | None = None,
    horizon: float | None = None,
    seed: int | None = None,
    changed: Collection[str] = (),
) -> Plan:
    """What running `subject` means; what is given here goes before what the scenario says, in all arms.

    With `customers`, bought visits are scaled alike (`sim.experiment.scale`); setting `population.size` leaves them.
    With a precision asked for, here or in the scenario, `replications` is the most that are simulated (default 10,000).
    Raises ScenarioError where something given is not possible or would hardly end. `changed` are the addresses that the
    caller has changed in the subject for this run.
    """
    base = subject if isinstance(subject, Scenario) else subject.scenario
    given = {
        "horizon": horizon,
        "experiment.seed": seed,
        "experiment.replications": replications,
    }
    overrides: dict[str, Any] = {address: value for address, value in given.items() if value is not None}

    def overridden(scenario: Scenario) -> Scenario:
        scenario = scenario if customers is None else with_customers(scenario, customers)
        return override(scenario, overrides) if overrides else scenario

    scenario = overridden(base)
    variants = _variants(subject, arms)
    chosen = tuple(Variant(variant.id, variant.name, overridden(variant.scenario)) for variant in variants)
    check_possible([variant.scenario for variant in chosen])
    wanted = precision or scenario.experiment.precision
    if wanted:
        search.check(wanted, [variant.scenario for variant in chosen])
    most = search.MOST if wanted and replications is None else scenario.experiment.replications
    size = None if customers is None else base.population.size
    told = {"population.size": customers, "horizon": horizon, "experiment.seed": seed}
    settings = Settings(
        base,
        variants,
        _set_by(subject, arms),
        tuple(changed),
        {address: value for address, value in told.items() if value is not None},
    )
    return Plan(scenario, _hash(subject), chosen, most, wanted, size, settings)


def check_possible(scenarios: Sequence[Scenario]) -> None:
    """Raise ScenarioError where a run of one of them would hardly end."""
    findings = [finding for scenario in scenarios for finding in too_many_visits(scenario)]
    if findings:
        raise ScenarioError(dict.fromkeys(findings))


def _variants(subject: Subject, arms: Sequence[Arm | Variant] | None) -> tuple[Variant, ...]:
    if arms is None:
        return variants(subject)
    ready = [arm for arm in arms if isinstance(arm, Variant)]
    if ready and len(ready) == len(arms):
        return tuple(ready)
    return variants(subject, [arm for arm in arms if not isinstance(arm, Variant)])


def _set_by(subject: Subject, arms: Sequence[Arm | Variant] | None) -> dict[str, tuple[str, ...] | None]:
    """The addresses that each arm sets; None of one that is a scenario of its own."""
    base = subject if isinstance(subject, Scenario) else subject.scenario
    return {
        arm.id: None if isinstance(arm, Variant) else tuple(settings_of(arm, subject))
        for arm in (base.experiment.arms if arms is None else arms)
    }


def _hash(subject: Subject) -> str:
    text = subject.model_dump_json(by_alias=True) if isinstance(subject, Scenario) else subject.text
    return hashlib.sha256(text.encode()).hexdigest()
