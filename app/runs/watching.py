"""What to watch, from a stored run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.store import Run, Store
    from sim.training.watching import Watched


def watched_in(store: Store, run: Run, arm: str, replication: int) -> tuple[Scenario, list[Watched]]:
    """The scenario of an arm, and what was expected and came true in a replication, which is simulated again."""
    from app.runs.stored import measured_of, plan_of
    from sim.experiment.profiles import profiles_of
    from sim.experiment.resimulate import resimulate
    from sim.training.watching import watched

    plan = plan_of(run, store)
    [scenario] = [variant.scenario for variant in plan.variants if variant.id == arm]
    stored = measured_of(store, run, arm, replication)
    history = resimulate(scenario, plan.scenario, run.seed, stored)
    return scenario, watched(history, scenario, profiles_of(scenario, run.seed))
