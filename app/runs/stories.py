"""A customer's story, from a stored run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.memory.history import History
    from sim.store import Run, Store
    from sim.story import Fate, Story


def fates_of(store: Store, run: Run, replication: int, customer: int, but: str) -> list[Fate]:
    """What becomes of the same customer, with the same luck, under every arm of the run but one."""
    from app.runs.stored import measured_of, plan_of
    from sim.experiment.profiles import profiles_of
    from sim.experiment.resimulate import resimulate
    from sim.story import fate

    plan = plan_of(run, store)
    fates = []
    for variant in plan.variants:
        if variant.id != but:
            stored = measured_of(store, run, variant.id, replication)
            history = resimulate(variant.scenario, plan.scenario, run.seed, stored, watched=customer)
            fates.append(fate(history, variant, customer, profiles_of(variant.scenario, run.seed)))
    return fates


def story_of(store: Store, run: Run, arm: str, replication: int, customer: int) -> Story:
    """What happened to the customer with this number under an arm in a replication, and why.

    The replication is simulated again, and checked against what is stored; once more for each who shares a profile with
    the customer that rules or scores ask for. ValueError says that there is no such
    customer.
    """
    from app.runs.stored import measured_of, plan_of
    from sim.experiment.profiles import profiles_of
    from sim.experiment.resimulate import resimulate
    from sim.scenario.subjects import facts_asked_for
    from sim.story import sharing, story

    plan = plan_of(run, store)
    [scenario] = [variant.scenario for variant in plan.variants if variant.id == arm]
    stored = measured_of(store, run, arm, replication)

    def watched(number: int) -> History:
        return resimulate(scenario, plan.scenario, run.seed, stored, watched=number)

    history, profiles = watched(customer), profiles_of(scenario, run.seed)
    with_whom = sharing(history, customer, profiles) if facts_asked_for(scenario) else ()
    return story(history, scenario, customer, profiles, {other: watched(other) for other in with_whom})
