"""Which of each customer's channels the brand has put together, for scenarios with identities (model 25)."""

from typing import TYPE_CHECKING

from sim.scenario.remembered import remembered
from sim.scenario.resolve import identified
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from sim.engine.memory.lane import Profiles


def profiles_of(scenario: Scenario, seed: int) -> "Profiles | None":
    """What simulating the scenario under this seed takes as `profiles`; None where no identities are asked for."""
    if not identified(scenario):
        return None
    by_seed = _found(scenario)
    if seed not in by_seed:
        import numpy as np

        from sim.identity import resolution_of

        found = resolution_of(scenario, seed)
        apart = -1 - np.arange(len(found.channels))
        by_seed[seed] = np.where(found.profile >= 0, found.linked.argmax(axis=2), apart).astype(np.int16)
    return by_seed[seed]


@remembered
def _found(scenario: Scenario) -> "dict[int, Profiles]":
    """What was found out in this process so far, by seed."""
    return {}
