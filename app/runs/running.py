"""Simulating into the store: the run is noted first, and every replication is kept as it is finished."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sim.experiment import Hold, Plan, Progress, Results
    from sim.outcomes import Replication
    from sim.store import Run, Sink, Store

Check = Callable[["Plan", "Replication"], None]
"""Raises EngineDiffersError where the engine would not simulate a stored replication as it was."""


class Listener(Protocol):
    """Who is told how a run goes."""

    def preparing(self) -> None:
        """The engine is compiled first, which happens once on a machine."""

    def begun(self, run: str) -> None:
        """The run with this id is in the store, and simulated from now on."""

    def stored(self, replications: int) -> None:
        """So many replications of the run are in the store."""

    def progress(self) -> AbstractContextManager[Progress]:
        """Who is told of each task, while the run is simulated."""


@dataclass(frozen=True)
class Crew:
    """Who does the work."""

    workers: int | None = None
    """processes of this machine; None for one for each processor"""
    executor: Executor | None = None
    """who does it instead"""
    hold: Hold | None = None
    """pauses or ends it"""


def run_new(plan: Plan, text: str, store: Store, crew: Crew, listener: Listener, note: str = "") -> Results:
    """Simulate a plan of the scenario `text`, as a new run of the store, with a note on it.

    Raises what `sim.experiment.run` does; where the run had begun, it is noted as interrupted or failed.
    """
    from app.runs.stored import precision_text
    from sim.compiling import cache
    from sim.scenario import new_text, tables_of
    from sim.store import StoredArm

    announce_preparing(listener)
    scenario = plan.scenario
    run = store.begin(
        text,
        [StoredArm(arm.id, arm.name, new_text(tables_of(arm.scenario))) for arm in plan.variants],
        scenario=scenario.id,
        name=scenario.name or scenario.id,
        seed=plan.seed,
        replications=plan.replications,
        precision=precision_text(plan.precision),
        customers=scenario.population.size,
        horizon=scenario.horizon,
        engine=cache.own_hash(),
        settings=plan.settings.values() if plan.settings else {},
        note=note,
    )
    return _simulate(plan, run, store, (), crew, listener)


def engine_agrees(plan: Plan, stored: Replication) -> None:
    """Raise EngineDiffersError unless this engine gives the stored figures of the first arm again."""
    from sim.experiment.resimulate import resimulate

    resimulate(plan.variants[0].scenario, plan.scenario, plan.seed, stored.arms[0], events=False)


def run_further(
    run: Run,
    store: Store,
    crew: Crew,
    listener: Listener,
    *,
    replications: int | None = None,
    check: Check = engine_agrees,
) -> Results:
    """Go on with a stored run where it ended, or up to so many `replications`, after the `check`."""
    from app.runs.stored import plan_of
    from sim.experiment.planning import check_possible

    done = store.replications(run.id)
    plan = plan_of(run, store)
    check_possible([arm.scenario for arm in plan.variants])
    announce_preparing(listener)
    if done:
        check(plan, done[0])
    if replications is not None:
        store.extend(run.id, replications)
        plan = plan_of(store.run(run.id), store)
    store.go_on(run.id)
    return _simulate(plan, run.id, store, done, crew, listener)


def announce_preparing(listener: Listener) -> None:
    """Tell that the engine is compiled now, where that has not been done on this machine."""
    from sim.compiling import cache

    if not cache.is_warm():
        listener.preparing()


def _simulate(
    plan: Plan, run: str, store: Store, done: tuple[Replication, ...], crew: Crew, listener: Listener
) -> Results:
    from sim.experiment import Interrupted
    from sim.experiment import run as simulate
    from sim.store import StoreError

    sink = store.sink(run)
    try:
        listener.begun(run)
        try:
            with listener.progress() as tell:
                results = simulate(
                    plan,
                    workers=crew.workers,
                    executor=crew.executor,
                    sink=_Told(sink, len(done), listener),
                    done=done,
                    progress=tell,
                    hold=crew.hold,
                )
            sink.flush()
            store.finish(run, "finished")
            return results
        except Interrupted:
            sink.flush()
            store.finish(run, "interrupted")
            raise
    except Interrupted:
        raise
    except BaseException as error:
        # That the store cannot be written now may be why; then the end is not noted, and nothing else is said of it.
        try:
            with contextlib.suppress(StoreError):
                sink.flush(wait=0)
            with contextlib.suppress(StoreError):
                store.finish(run, "interrupted" if isinstance(error, KeyboardInterrupt) else "failed", wait=0)
            kept = is_kept(run, store)
        except KeyboardInterrupt:
            # Whoever ends all processes of the run at once may have workers die before this one hears of it.
            with contextlib.suppress(StoreError):
                store.finish(run, "interrupted", wait=0)
            raise
        if not kept:
            raise
        again = f" ({len(sink.waiting)} more could not be stored and will be simulated again)" if sink.waiting else ""
        error.add_note(f"Finished replications are kept as run {run}{again}")
        raise


def is_kept(run: str, store: Store) -> bool:
    """Whether the run is in the store: nobody has deleted it meanwhile, nor the store."""
    from sim.store import StoreError

    try:
        return store.holds(run)
    except StoreError as error:
        return error.locked  # whoever writes there deletes no run


class _Told:
    """A sink that tells how much is stored."""

    def __init__(self, sink: Sink, before: int, listener: Listener) -> None:
        self.sink, self.count, self.listener = sink, before, listener

    def write(self, replication: Replication) -> None:
        self.sink.write(replication)
        self.count += 1
        self.listener.stored(self.count - len(self.sink.waiting))
