"""The small experiment behind a lever: the scenario as it stands against a baseline, with few customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.live_messages import Side

if TYPE_CHECKING:
    from sim.experiment import Plan
    from sim.scenario import Scenario, Variant

CUSTOMERS: Final = 2_000
REPLICATIONS: Final = 20
_FEWEST: Final = 4
"""replications where the whole population is simulated"""

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
    def shared(self) -> tuple[str, ...]:
        """What fewer customers find more of than all of them would: `desks`, `budget`, `spend`."""
        desks, budget, spend = _shared_of(self.plan.variants[1].scenario)
        found = {"desks": desks, "budget": budget, "spend": spend}
        return tuple(what for what, there in found.items() if there) if self.fewer else ()


def live_plan(baseline: Variant, now: Variant, base: Scenario) -> LivePlan:
    """The experiment: both arms over the same few customers, against the base scenario of the baseline.

    Raises ScenarioError where one of them cannot be simulated.
    """
    from sim.experiment import plan

    customers, replications = sample(baseline.scenario, now.scenario)
    made = plan(base, arms=[baseline, now], customers=customers, replications=replications)
    return LivePlan(made, now.scenario.population.size)


def sample(baseline: Scenario, now: Scenario) -> tuple[int, int]:
    """How many customers, in how many replications.

    A desk or a budget that all customers share does not shrink with them. So where the two differ in such a thing the
    whole population is simulated, in fewer replications: about as much work.
    """
    whole = min(baseline.population.size, now.population.size)
    few = min(CUSTOMERS, whole)
    if few == whole or _shared_of(baseline) == _shared_of(now):
        return few, REPLICATIONS
    return whole, max(_FEWEST, CUSTOMERS * REPLICATIONS // whole)


def side_of(side: Side, id_: str) -> tuple[Variant, Scenario]:
    """A side as an arm with that id, and the base scenario that it stands in.

    Raises ScenarioError where something is wrong with the text.
    """
    from sim.scenario import Variant, open_scenario, parse, variants

    file = open_scenario(side.path, side.text) if side.path is not None else parse(side.text, name="")
    arm = next((arm for arm in file.scenario.experiment.arms if arm.id == side.arm), None)
    scenario = file.scenario if arm is None else variants(file, [arm])[0].scenario
    return Variant(id_, side.name, scenario), file.scenario


def _shared_of(scenario: Scenario) -> tuple[object, object, object]:
    """Desks that are staffed, the budget, and what is spent on arrivals."""
    desks = tuple(desk for desk in scenario.desks if desk.enabled)
    bought = tuple(
        (channel.id, channel.acquisition)
        for channel in scenario.channels
        if channel.enabled and channel.acquisition is not None
    )
    return desks, scenario.orchestration.budget, bought
