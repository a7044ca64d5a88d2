"""Simulating for a command: the run is noted in the store first, and every replication is kept as it is finished."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cli.failures import DONE, INTERRUPTED, InputError
from app.cli.screen import note, progress

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sim.experiment import Plan, Results
    from sim.outcomes import Replication
    from sim.store import Run, Store


@dataclass(frozen=True)
class Labour:
    """Who does the work."""

    workers: int | None = None
    """processes of this machine; None for one for each processor"""
    cluster: str | None = None
    """address of a Dask scheduler, instead"""


@dataclass(frozen=True)
class Ran:
    """A run that is in the store, finished or interrupted."""

    run: str
    results: Results
    code: int
    """the exit code that it stands for"""


def run_plan(plan: Plan, text: str, store: Store, labour: Labour) -> Ran:
    """Simulate a plan of the scenario `text`, as a new run of the store."""
    from app.stored_runs import precision_text
    from sim.engine import cache
    from sim.experiment.memory import check_memory
    from sim.scenario import new_text, tables_of
    from sim.store import StoredArm

    if labour.cluster is None:
        check_memory(plan)
    announce_preparing()
    scenario = plan.scenario
    with executor(labour) as work:
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
            engine=cache.sources_hash(),
        )
        return _simulate(plan, run, store, (), labour.workers, work)


def resume_run(run: Run, store: Store, labour: Labour) -> Ran:
    """Go on with a stored run where it ended, after seeing that this engine gives the figures stored so far."""
    from app.stored_runs import plan_of, results_of
    from sim.experiment.resimulate import resimulate

    if run.status == "finished":
        note(f"Run {run.id} is complete already: there is nothing to go on with.")
        return Ran(run.id, results_of(run, store), DONE)
    done = store.replications(run.id)
    plan = plan_of(run, store)
    announce_preparing()
    if done:
        resimulate(plan.variants[0].scenario, plan.scenario, run.seed, done[0].arms[0], events=False)
    with executor(labour) as work:
        store.go_on(run.id)
        return _simulate(plan, run.id, store, done, labour.workers, work)


def announce_preparing() -> None:
    """Say that the engine is compiled now, where that has not been done on this machine."""
    from sim.draws import cache

    if not cache.is_warm():
        note("Preparing the engine for this machine (once) …")


def _simulate(
    plan: Plan, run: str, store: Store, done: tuple[Replication, ...], workers: int | None, work: Executor | None
) -> Ran:
    from sim.experiment import Interrupted
    from sim.experiment import run as simulate
    from sim.store import StoreError

    sink = store.sink(run)
    go_on = f"journey run --resume {run}{_db(store)}"
    try:
        try:
            with progress("Simulating") as tell:
                results = simulate(plan, workers=workers, executor=work, sink=sink, done=done, progress=tell)
            sink.flush()
            store.finish(run, "finished")
            return Ran(run, results, DONE)
        except Interrupted as stopped:
            sink.flush()
            store.finish(run, "interrupted")
            note(f"{str(stopped).capitalize()}. Go on with: {go_on}")
            return Ran(run, stopped.results, INTERRUPTED)
    except BaseException as error:
        # That the store cannot be written now may be why; then the end is not noted, and nothing else is said of it.
        with contextlib.suppress(StoreError):
            sink.flush(wait=0)
        with contextlib.suppress(StoreError):
            store.finish(run, "interrupted" if isinstance(error, KeyboardInterrupt) else "failed", wait=0)
        again = f" ({len(sink.waiting)} more could not be stored and will be simulated again)" if sink.waiting else ""
        error.add_note(f"What was finished is kept as run {run}{again}. Go on with: {go_on}")
        raise


def _db(store: Store) -> str:
    from sim.store import default_path

    return "" if store.path == default_path() else f" --db {store.path}"


@contextlib.contextmanager
def executor(labour: Labour) -> Iterator[Executor | None]:
    """The cluster's executor where one is asked for; None stands for processes of this machine."""
    if labour.cluster is None:
        yield None
        return
    try:
        from distributed import Client  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise InputError(
            f"--cluster {labour.cluster}: this needs Dask; install it with: pip install 'journey-sandbox[cluster]'"
        ) from None
    try:
        client = Client(labour.cluster)
    except (OSError, ValueError) as error:
        raise InputError(
            f"--cluster {labour.cluster}: no Dask scheduler answers there ({error}); check its address"
        ) from error
    try:
        yield client.get_executor()
    finally:
        client.close()
