"""A customer's story, from a stored run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.store import Run, Store
    from sim.story import Story


def story_of(store: Store, run: Run, arm: str, replication: int, customer: int) -> Story:
    """What happened to the customer with this number under an arm in a replication, and why.

    The replication is simulated again, and checked against what is stored. ValueError says that there is no such
    customer.
    """
    from app.runs.stored import plan_of
    from sim.experiment.profiles import profiles_of
    from sim.experiment.resimulate import resimulate
    from sim.story import story

    plan = plan_of(run, store)
    [scenario] = [variant.scenario for variant in plan.variants if variant.id == arm]
    [stored] = [
        measured
        for each in store.replications(run.id)
        if each.number == replication
        for measured in each.arms
        if measured.arm == arm
    ]
    history = resimulate(scenario, plan.scenario, run.seed, stored, watched=customer)
    return story(history, scenario, customer, profiles_of(scenario, run.seed))
