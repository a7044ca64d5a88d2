"""Which of each customer's channels the brand has put together, for scenarios with identities (model 25)."""

from typing import TYPE_CHECKING

from sim.scenario.remembered import remembered
from sim.scenario.resolve import identified
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from sim.engine.memory.mixed import Profiles


def profiles_of(scenario: Scenario, seed: int) -> "Profiles | None":
    """What simulating the scenario under this seed takes as `profiles`; None where no identities are asked for."""
    if not identified(scenario):
        return None
    by_seed = _found(scenario)
    if seed not in by_seed:
        from sim.experiment.executors import in_another
        from sim.identity import is_kept

        aside = _Aside.wanted and not is_kept(scenario, seed)
        by_seed[seed] = in_another(_find_out, scenario, seed) if aside else _find_out(scenario, seed)
    return by_seed[seed]


def find_out_aside() -> None:
    """From now on let other processes find out, which end afterwards: what they load takes 75 MB."""
    _Aside.wanted = True


class _Aside:
    wanted = False


def _find_out(scenario: Scenario, seed: int) -> "Profiles":
    import numpy as np

    from sim.identity import resolution_of
    from sim.identity.correcting import put_right

    found = resolution_of(scenario, seed)
    number = put_right(found.profile, scenario.identity.corrected if scenario.identity else "nothing")
    apart = -1 - np.arange(len(found.channels))
    profiles: Profiles = np.where(number >= 0, number, apart).astype(np.int32)
    return profiles


@remembered
def _found(scenario: Scenario) -> "dict[int, Profiles]":
    """What was found out in this process so far, by seed."""
    return {}
