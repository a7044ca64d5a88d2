"""The process that simulates for the window, one job after the other, with workers of its own; without Qt."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, wait
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from app.processes.runner.messages import (
    Advanced,
    Begin,
    Begun,
    Cancel,
    Close,
    Ended,
    GoOn,
    Hold,
    News,
    Order,
    Prepared,
    Preparing,
    Ready,
    Release,
    Said,
    Settle,
    Settled,
)
from app.shown.failures import in_plain_words, with_notes
from app.shown.preparing import FINDING_OUT
from sim.ending import ENDING
from sim.forking import FORKED
from sim.freed import give_back, keep_little

if TYPE_CHECKING:
    from sim.experiment import Plan, Progress
    from sim.experiment.executors import Workers
    from sim.outcomes import Replication

_TELLING_SECONDS: Final = 0.1
"""How far a job is is told this often at most, however fast its tasks are done."""
_LISTENING_SECONDS: Final = 0.1
_PREPARING_SECONDS: Final = 0.5
"""How often it is told how far compiling is."""
_LAST_SECONDS: Final = 5.0
"""How long storing what is finished may take when the process is to end."""
_IDLE_SECONDS: Final = 1.0 if FORKED else 60.0
"""After so long without a job its workers are ended, for their memory; the next job starts others."""
_YIELDS: Final = 10
"""How far it steps back behind other processes, from 0 to 19."""

WORKER_DIED: Final = "a worker process ended unexpectedly; it was killed from outside or ran out of memory"


def work(connection: Connection, db: Path, patience: float) -> None:
    """Do what is ordered through the connection, storing in `db`, until told to close or until nobody is there.

    `patience` is how many seconds to wait for another program that is writing to the store.
    """
    runner = _Runner(connection, db, patience)
    keep_little()
    runner.listen_to_signals()
    if hasattr(os, "nice"):
        os.nice(_YIELDS)  # the window goes first where processors are few; workers inherit it
    runner.work()


class _Runner:
    """Does one job after the other in its main thread; another thread listens."""

    def __init__(self, connection: Connection, db: Path, patience: float) -> None:
        self.connection = connection
        self.db = db
        self.patience = patience
        self.orders: SimpleQueue[Begin | GoOn | Settle | Close] = SimpleQueue()
        self.held: set[int] = set()
        self.cancelled: set[int] = set()
        self.closing = False
        self._told_of_preparing = 0.0

    def work(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        self.tell(Ready())
        self._load()
        while not isinstance(order := self._next(), Close):
            if isinstance(order, Settle):
                self._settle(order.run)
            else:
                self._do(order)
        from sim.experiment.executors import dismiss_workers
        from sim.experiment.starting import end_template

        dismiss_workers()
        end_template()
        self.connection.close()

    def listen_to_signals(self) -> None:
        """Be closed by whatever asks this process to end, but Ctrl-C, which the window hears too."""
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN if each is signal.SIGINT else lambda *_: self._close())
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def tell(self, news: News) -> None:
        # Where nobody listens any more, the other thread notices and ends the process.
        with contextlib.suppress(OSError):
            self.connection.send(news)

    def stop_asked(self, job: int) -> bool:
        """Whether the job is to end before it is done."""
        return self.closing or job in self.cancelled

    def _load(self) -> None:
        """Start the workers, and import what every job needs, while the first one is on its way."""
        from sim.compiling.cache import ask_about_processor
        from sim.experiment.executors import processors, warm_workers
        from sim.experiment.preparing import load_engine

        ask_about_processor()
        warm_workers(processors()).submit(load_engine)
        from app.runs import running, stored  # noqa: F401
        from sim import experiment, store  # noqa: F401

    def _next(self) -> Begin | GoOn | Settle | Close:
        """The next order; until it comes, the engine is compiled where that has to be. A failure of that is a job's."""
        from sim.compiling import cache
        from sim.experiment.executors import dismiss_workers, processors, warm_workers
        from sim.experiment.preparing import prepare_engine

        if self.orders.empty() and not cache.is_warm():
            future = warm_workers(processors()).submit(prepare_engine)
            while self.orders.empty() and not wait([future], timeout=_LISTENING_SECONDS).done:
                self.tell_of_preparing(None)
            if future.done():
                dismiss_workers()  # compiling took memory; others load what was made
                self.tell(Prepared())
        try:
            return self.orders.get(timeout=_IDLE_SECONDS)
        except Empty:
            dismiss_workers()
        return self.orders.get()

    def tell_of_preparing(self, job: int | None) -> None:
        """Tell how far compiling is, now and then."""
        from sim.compiling.progress import seconds_left

        now = time.monotonic()
        if now - self._told_of_preparing > _PREPARING_SECONDS:
            self._told_of_preparing = now
            self.tell(Preparing(job, seconds_left()))

    def _listen(self) -> None:
        while True:
            try:
                order: Order = self.connection.recv()
            except (EOFError, OSError):
                order = Close()
            if isinstance(order, Hold):
                self.held.add(order.job)
            elif isinstance(order, Release):
                self.held.discard(order.job)
            elif isinstance(order, Cancel):
                self.cancelled.add(order.job)
            elif isinstance(order, Close):
                self._close()
                return
            else:
                self.orders.put(order)

    def _close(self) -> None:
        """End what is under way, then this process; where that takes too long, at once."""
        if not self.closing:
            self.closing = True
            self.orders.put(Close())
            last = threading.Timer(_LAST_SECONDS, os._exit, (1,))
            last.daemon = True
            last.start()

    def _settle(self, run: str) -> None:
        from sim.store import Store, StoreError

        with contextlib.suppress(StoreError), Store(self.db, wait=self.patience) as store:
            if store.run(run).status == "running":
                store.finish(run, "interrupted")
            self.tell(Settled(run))

    def _do(self, order: Begin | GoOn) -> None:
        """Do a job, and tell how it ended."""
        from sim.experiment import Interrupted
        from sim.experiment.executors import dismiss_workers

        listener = _Listener(self, order.job)
        try:
            self._simulate(order, listener)
        except Interrupted as stopped:
            listener.ended("interrupted", f"{str(stopped).capitalize()}.")
        except KeyboardInterrupt:
            dismiss_workers()
            listener.ended("interrupted", "Stopped before anything was simulated.")
        except BrokenExecutor:
            dismiss_workers()
            listener.ended("failed", f"{WORKER_DIED.capitalize()}.")
        except BaseException as error:
            listener.ended("failed", "\n".join(with_notes(in_plain_words(error), error)))
        else:
            listener.ended("finished", "")
        give_back()

    def _simulate(self, order: Begin | GoOn, listener: _Listener) -> None:
        from app.runs.running import Crew, run_further, run_new
        from app.runs.stored import plan_of
        from sim.experiment.memory_needed import check_memory
        from sim.store import Store

        with Store(self.db, wait=self.patience, on_wait=listener.said) as store:
            if isinstance(order, Begin):
                plan: Plan = pickle.loads(order.plan)
                check_memory(plan)
                crew = _Crew(plan, listener)
                crew.find_out_who_is_who(plan)
                run_new(plan, order.text, store, Crew(crew.count, crew.workers, crew.hold), listener)
                return
            run = store.run(order.run)
            plan = plan_of(run, store)
            check_memory(plan)
            crew = _Crew(plan, listener)
            crew.find_out_who_is_who(plan)
            run_further(
                run,
                store,
                Crew(crew.count, crew.workers, crew.hold),
                listener,
                replications=order.replications,
                check=crew.check,
            )


class _Crew:
    """The workers of this process, which compile the engine first where that has to be."""

    def __init__(self, plan: Plan, listener: _Listener) -> None:
        from sim.compiling import cache
        from sim.experiment.executors import dismiss_workers, processors, warm_workers
        from sim.experiment.memory_needed import workers_that_fit
        from sim.experiment.replicate import replicate

        self.listener = listener
        self.preparing = False
        """whether the engine is being compiled"""
        self.count = min(processors(), workers_that_fit(plan))
        # Never this process: a worker can be ended at any moment, whatever it is at.
        self.workers: Workers = warm_workers(self.count)
        if not cache.is_warm():
            self.preparing = True
            self._aside(replicate, plan.task(0, 0))
            self.preparing = False
            dismiss_workers()  # compiling took memory; others load what was made
            self.workers = warm_workers(self.count)
            listener.runner.tell(Prepared())

    def find_out_who_is_who(self, plan: Plan) -> None:
        """Resolve identities before the run, where it asks for them; they are kept for who simulates it."""
        from sim.experiment.profiles import profiles_of
        from sim.scenario.resolve import identified

        arms = [arm.scenario for arm in plan.variants if identified(arm.scenario)]
        if not arms:
            return
        self.listener.said(f"{FINDING_OUT} …")
        for scenario in arms:
            self._aside(profiles_of, scenario, plan.seed)
        self.listener.said("")

    def hold(self) -> bool:
        """Whether the job is paused; raises KeyboardInterrupt where it is to end."""
        runner, job = self.listener.runner, self.listener.job
        self.listener.tell_how_far()
        if runner.stop_asked(job):
            raise KeyboardInterrupt
        return job in runner.held

    def check(self, plan: Plan, stored: Replication) -> None:
        """See, in a worker, that the engine gives the stored figures again."""
        from app.runs.running import engine_agrees

        self._aside(engine_agrees, plan, stored)

    def _aside(self, do: Callable[..., Any], *arguments: Any) -> None:
        """Have one worker do something, while it may be cancelled."""
        future = self.workers.submit(do, *arguments)
        while not wait([future], timeout=_LISTENING_SECONDS).done:
            self.hold()
            if self.preparing:
                self.listener.preparing()
        future.result()


class _Listener:
    """Tells the window how a job goes, without flooding it."""

    def __init__(self, runner: _Runner, job: int) -> None:
        self.runner = runner
        self.job = job
        self._told_at = 0.0
        self._far = (0, 0, 0)
        self._replications = 0
        self._to_tell = False

    def preparing(self) -> None:
        self.runner.tell_of_preparing(self.job)

    def begun(self, run: str) -> None:
        self.runner.tell(Begun(self.job, run))

    def stored(self, replications: int) -> None:
        self._replications = replications

    @contextlib.contextmanager
    def progress(self) -> Iterator[Progress]:
        yield self._advanced

    def said(self, text: str) -> None:
        self.runner.tell(Said(self.job, text))

    def ended(self, how: str, message: str) -> None:
        self.tell_how_far(now=True)
        self.runner.tell(Ended(self.job, how, message))  # type: ignore[arg-type]

    def tell_how_far(self, now: bool = False) -> None:
        moment = time.monotonic()
        if self._to_tell and (now or moment - self._told_at >= _TELLING_SECONDS):
            self.runner.tell(Advanced(self.job, *self._far, self._replications))
            self._told_at, self._to_tell = moment, False

    def _advanced(self, done: int, total: int, events: int) -> None:
        self._far, self._to_tell = (done, total, events), True
        self.tell_how_far()
