"""The whole replication: every customer a process on one SimPy clock."""

from collections.abc import Mapping, Sequence

from sim.scenario.scenario import Scenario

from .draws import Draws
from .moments import Event, Log
from .purse import PILOT
from .world import World

Profiles = Sequence[Mapping[str, int | None]]
"""Of each organic customer, in which profile the record of each channel is; None where nothing was left (model 25)."""

__all__ = ["Event", "oracle", "recorded", "replicated"]


def oracle(
    scenario: Scenario, base: Scenario, seed: int, replication: int, profiles: Profiles | None = None
) -> list[Event]:
    """All recorded events of one replication, by time and customer, each customer's own in their order.

    `base` is the scenario before any arm's overrides, against which effort and affinity are measured.
    """
    return recorded(scenario, base, seed, replication, profiles).sorted()


def recorded(scenario: Scenario, base: Scenario, seed: int, replication: int, profiles: Profiles | None = None) -> Log:
    """Everything that is recorded of one replication."""
    return replicated(scenario, base, seed, replication, profiles).log


def replicated(
    scenario: Scenario, base: Scenario, seed: int, replication: int, profiles: Profiles | None = None
) -> World:
    """One replication, after its end."""
    draws = Draws(seed, replication)
    pilot: list[float] = []
    if scenario.orchestration.budget is not None and scenario.orchestration.policy != "none":
        alone = World(pilot_of(scenario), base, draws, None, profiles)
        alone.run()
        size = scenario.population.size
        pilot = [demand * size / min(PILOT, size) for demand in alone.purse.demand]
    world = World(scenario, base, draws, pilot, profiles)
    world.run()
    return world


def pilot_of(scenario: Scenario) -> Scenario:
    """The first organic customers alone, with money without end (model 17)."""
    return scenario.model_copy(
        update={
            "population": scenario.population.model_copy(update={"size": min(PILOT, scenario.population.size)}),
            "orchestration": scenario.orchestration.model_copy(update={"budget": None}),
            "channels": tuple(channel.model_copy(update={"acquisition": None}) for channel in scenario.channels),
        }
    )
