"""The small experiment behind a lever: the scenario as it stands against a baseline, with few customers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.processes.live.messages import Side

if TYPE_CHECKING:
    from sim.experiment import Plan
    from sim.scenario import Scenario, Variant

CUSTOMERS: Final = 2_000
REPLICATIONS: Final = 20
_FEWEST: Final = 4
"""replications where the whole population is simulated"""
_OCCASIONS: Final = 125
"""How often rules may look at a customer, because of the time alone, before that takes most of the work"""

BASELINE: Final = "baseline"
NOW: Final = "now"


@dataclass(frozen=True)
class LivePlan:
    """What is simulated while a lever moves."""

    plan: Plan
    population: int
    """customers that the scenario has in all"""

    @property
    def fewer(self) -> bool:
        """Whether there are fewer customers than in all."""
        return self.plan.scenario.population.size < self.population

    @property
    def scale_note(self) -> str | None:
        """How many customers there are of how many, and what that leaves as it is; None where there are all."""
        from sim.experiment.scale import scale_note

        scenarios = [arm.scenario for arm in self.plan.variants]
        return scale_note(self.population, scenarios, self.plan.scenario.currency)


class Kept:
    """The baseline and its base scenario with few customers, as they were made last."""

    def __init__(self) -> None:
        """None was made yet."""
        self._made: deque[tuple[Scenario, tuple[int, int], Scenario]] = deque(maxlen=2)

    def few(self, scenario: Scenario, customers: int, replications: int) -> Scenario:
        """The scenario with so many customers and replications."""
        for whole, numbers, made in self._made:
            if whole is scenario and numbers == (customers, replications):
                return made
        self._made.append((scenario, (customers, replications), _few(scenario, customers, replications)))
        return self._made[-1][-1]


def live_plan(baseline: Variant, now: Variant, base: Scenario, kept: Kept | None = None) -> LivePlan:
    """The experiment: both arms over the same few customers, against the base scenario of the baseline.

    Raises ScenarioError where one of them cannot be simulated.
    """
    from sim.experiment import plan

    kept = kept or Kept()
    numbers = sample(baseline.scenario, now.scenario)
    arms = [
        replace(baseline, scenario=kept.few(baseline.scenario, *numbers)),
        replace(now, scenario=_few(now.scenario, *numbers)),
    ]
    return LivePlan(plan(kept.few(base, *numbers), arms=arms), now.scenario.population.size)


def _few(scenario: Scenario, customers: int, replications: int) -> Scenario:
    from sim.experiment.scale import with_customers
    from sim.scenario import override

    return override(with_customers(scenario, customers), {"experiment.replications": replications})


def sample(baseline: Scenario, now: Scenario) -> tuple[int, int]:
    """How many customers, in how many replications.

    A desk or a budget that all customers share does not shrink with them, nor do fixed costs. So where the two differ
    in such a thing the whole population is simulated, in fewer replications: about as much work. So are those whom
    rules look at every day.
    """
    whole = min(baseline.population.size, now.population.size)
    few = min(CUSTOMERS, whole)
    if few == whole or _shared_of(baseline) == _shared_of(now):
        occasions = max(_occasions(baseline), _occasions(now), _OCCASIONS)
        return few, max(_FEWEST, round(REPLICATIONS * _OCCASIONS / occasions))
    return whole, max(_FEWEST, CUSTOMERS * REPLICATIONS // whole)


def side_of(side: Side, id_: str) -> tuple[Variant, Scenario]:
    """A side as an arm with that id, and the base scenario that it stands in.

    Raises ScenarioError where something is wrong with the text.
    """
    from sim.scenario import Variant, under_arm

    base, scenario = under_arm(side.text, side.path, side.arm)
    return Variant(id_, side.name, scenario), base


def _shared_of(scenario: Scenario) -> tuple[object, ...]:
    """Desks that are staffed, and what is there once for all, such as a budget."""
    from sim.scenario.walking import saying

    desks = tuple(desk for desk in scenario.desks if desk.enabled)
    once = tuple((parts, value) for parts, value in saying(scenario, "once") if parts[0] != "desks")
    return desks, once


def _occasions(scenario: Scenario) -> float:
    """How often rules look at a customer because of the time alone."""
    from sim.scenario.orchestration import Rule
    from sim.scenario.resolve import working_rules

    triggers = [rule.when for rule in working_rules(scenario) if isinstance(rule, Rule)]
    ticks = sum(trigger.tick is not None for trigger in triggers) / scenario.orchestration.tick
    return scenario.horizon * (ticks + sum(trigger.every is not None for trigger in triggers) / 7)
