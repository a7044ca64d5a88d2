"""Simulating for a command: what is going on is told on the screen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cli.failures import DONE, INTERRUPTED, InputError
from app.cli.options import option_db
from app.cli.screen import complain, note, progress
from app.runs.running import Crew, is_kept, run_further, run_new
from app.shown.preparing import FINDING_OUT, preparing
from sim.freed import keep_little

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sim.experiment import Plan, Progress, Results
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


class Screen:
    """Tells on standard error how a run goes."""

    run = ""
    """id of the run, once it has begun"""

    def preparing(self) -> None:
        """Say that the engine is compiled now."""
        note(preparing())

    def begun(self, run: str) -> None:
        """Remember which run it is."""
        self.run = run

    def stored(self, replications: int) -> None:
        """Say nothing: the tasks are counted already."""

    def progress(self) -> AbstractContextManager[Progress]:
        """Show a line with the tasks that are done."""
        return progress("Simulating")


def run_plan(plan: Plan, text: str, store: Store, labour: Labour, note: str = "") -> Ran:
    """Simulate a plan of the scenario `text`, as a new run of the store with a note kept beside it."""
    from sim.experiment.memory_needed import check_memory

    if labour.cluster is None:
        check_memory(plan)
    _find_out_who_is_who(plan)
    screen = Screen()
    with executor(labour) as work, _told_how_to_go_on(screen, store) as stopped:
        results = run_new(plan, text, store, Crew(labour.workers, work), screen, note)
        return Ran(screen.run, results, DONE)
    return Ran(screen.run, stopped[0], INTERRUPTED)


def resume_run(run: Run, store: Store, labour: Labour) -> Ran:
    """Go on with a stored run where it ended, after seeing that this engine gives the figures stored so far."""
    from app.runs.stored import results_of

    if run.status == "finished":
        note(f"Run {run.id} is complete already: there is nothing left to do.")
        return Ran(run.id, results_of(run, store), DONE)
    screen = Screen()
    with executor(labour) as work, _told_how_to_go_on(screen, store) as stopped:
        return Ran(run.id, run_further(run, store, Crew(labour.workers, work), screen), DONE)
    return Ran(run.id, stopped[0], INTERRUPTED)


def _find_out_who_is_who(plan: Plan) -> None:
    """Resolve identities before the run, where it asks for them, and say what they do not do in it."""
    from sim.experiment.profiles import profiles_of
    from sim.scenario.resolve import identified

    arms = [arm.scenario for arm in plan.variants if identified(arm.scenario)]
    if not arms:
        return
    note(f"{FINDING_OUT}; profiles that mix several people do no harm in a run yet.")
    for scenario in arms:
        profiles_of(scenario, plan.seed)


@contextlib.contextmanager
def _told_how_to_go_on(screen: Screen, store: Store) -> Iterator[list[Results]]:
    """Say how to go on with a run that ends early; where it was interrupted, what it found is in the list."""
    from sim.experiment import Interrupted

    results: list[Results] = []
    try:
        yield results
    except Interrupted as stopped:
        results.append(stopped.results)
        complain(f"{str(stopped).capitalize()}. {_how(screen.run, store)}")
    except BaseException as error:
        if screen.run and is_kept(screen.run, store):
            error.add_note(_how(screen.run, store))
        raise


def _how(run: str, store: Store) -> str:
    return f"Continue with: journey run --resume {run}{option_db(store.path)}"


@contextlib.contextmanager
def executor(labour: Labour) -> Iterator[Executor | None]:
    """The cluster's executor where one is asked for; None stands for processes of this machine."""
    if labour.cluster is None:
        keep_little()  # as in the processes beside this one, which may simulate alone
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
