"""Runs that are in the store: what they were to simulate, and what they found."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment import Plan, Results
    from sim.outcomes import Measured, Replication
    from sim.scenario.experiment import Precision
    from sim.store import Run, Store


def plan_of(run: Run, store: Store) -> Plan:
    """The plan that a stored run was begun with."""
    steps = reading_plan(run, store)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: Plan = end.value
            return made


def measured_of(store: Store, run: Run, arm: str, replication: int) -> Measured:
    """What was stored of a replication of an arm."""
    [measured] = [
        measured
        for each in store.replications(run.id)
        if each.number == replication
        for measured in each.arms
        if measured.arm == arm
    ]
    return measured


def reading_plan(run: Run, store: Store) -> Generator[None, None, Plan]:
    """Read the plan of a run, pausing after each arm; returns it."""
    from sim.experiment import Plan
    from sim.experiment.scale import with_customers
    from sim.scenario import Variant, override, parse, parse_changed
    from sim.store import StoreError, text_hash

    if text_hash(run.scenario_text) != run.scenario_hash:
        raise StoreError(
            f"{store.path}: the scenario of run {run.id} is not the one that was simulated; put a copy of the store "
            "back, or use another with --db"
        )
    given = {
        "horizon": run.horizon,
        "experiment.seed": run.seed,
        "experiment.replications": run.replications,
    }
    written = parse(run.scenario_text, name=f"run {run.id}").scenario
    scenario = override(with_customers(written, run.customers), given)
    arms = []
    for arm in store.arms(run.id):
        yield
        # Arms are as they were simulated, whatever was overridden: each may have a horizon of its own. And an arm may
        # be what no file may: nobody reaches a touchpoint any more.
        arms.append(Variant(arm.id, arm.name, parse_changed(arm.text, f"arm {arm.id} of run {run.id}")))
    return Plan(
        scenario=scenario,
        scenario_hash=run.scenario_hash,
        variants=tuple(arms),
        replications=run.replications,
        precision=_precision(run),
        population=written.population.size,
    )


def results_of(run: Run, store: Store) -> Results:
    """What a stored run found, as it told it itself when it ended."""
    return results_from(run, plan_of(run, store), store.replications(run.id))


def results_from(run: Run, plan: Plan, replications: Sequence[Replication]) -> Results:
    """What a stored run found in these replications, which are in the order of their numbers."""
    from sim.experiment import EngineFacts, Results
    from sim.experiment.precision import note

    notes = []
    if run.status != "finished":
        notes.append(
            f"This run is not finished ({run.status}): {run.stored:,} replications are stored, and it can be resumed."
        )
    elif plan.precision and replications:
        notes.append(note(plan.precision, replications))
    if _is_of_older_version(replications):
        notes.append(
            "This run was measured by an older version and is shown as it was measured then. What conversion, churn, "
            "payback and ratios mean has changed since (see the changelog); run it again to compare it with newer ones."
        )
    return Results(
        scenario=plan.scenario,
        scenario_hash=plan.scenario_hash,
        variants=plan.variants,
        replications=tuple(replications),
        engine=EngineFacts.of(replications),
        notes=tuple(notes),
        population=plan.population,
    )


def _is_of_older_version(replications: Sequence[Replication]) -> bool:
    """Whether they were measured before what ratios are made of was kept, and definitions changed with that."""
    measured = [arm for replication in replications for arm in replication.arms]
    return any(arm.outcomes for arm in measured) and not any(arm.sums for arm in measured)


def precision_text(precision: Precision | None) -> str | None:
    """A precision as the store keeps it: OUTCOME=HALF_WIDTH, the width to the last digit."""
    return f"{precision.outcome}={precision.half_width!r}" if precision else None


def _precision(run: Run) -> Precision | None:
    from sim.scenario.experiment import Precision

    if run.precision is None:
        return None
    outcome, _, width = run.precision.partition("=")
    return Precision(outcome=outcome, half_width=float(width))
