"""The process that follows the levers: a few customers simulated anew whenever something changes; without Qt."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor, Future, wait
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final

from app.processes.live.messages import Ask, Failed, LiveNews, Loading, Side, Unfit
from app.processes.runner.messages import Close, Ready
from app.shown.failures import in_plain_words, with_notes
from sim.ending import hear_none
from sim.forking import FORKED
from sim.freed import give_back, keep_little

if TYPE_CHECKING:
    from app.processes.live.answer import Reference
    from app.processes.live.plan import Kept, LivePlan
    from sim.experiment import Plan
    from sim.experiment.executors import Workers
    from sim.outcomes import Measured
    from sim.scenario import Scenario, ScenarioError, Variant

_WORKERS: Final = 2
_AHEAD: Final = 1
"""Tasks that wait beside those being worked on: enough that no worker waits, few enough to be dropped soon."""
_ROUGH: Final = 2
"""Replications after which there is a first answer."""
_AGAIN: Final = 0.3
"""Seconds after which what is there by now is told once more, where it takes longer."""
_LISTENING_SECONDS: Final = 0.05
_TELLING_SECONDS: Final = 0.5
"""How often it is told how far compiling is."""
_IDLE_SECONDS: Final = 10.0 if FORKED else 180.0
"""After so long without a question its workers are ended, for their memory; the next starts others."""
_LAST_SECONDS: Final = 3.0
_YIELDS: Final = 5
"""How far it steps back behind other processes, from 0 to 19; its workers step back further."""

WORKER_DIED: Final = "A process that simulates for the levers ended unexpectedly. Another one was started."


def work(connection: Connection) -> None:
    """Answer what is asked through the connection, the newest question only, until told to close."""
    hear_none()
    keep_little()
    if hasattr(os, "nice"):
        os.nice(_YIELDS)  # the window goes first where processors are few
    _Follower(connection).work()


class _DroppedError(Exception):
    """A newer question, or the end, came."""


class _Follower:
    """Answers in its main thread; another thread listens and keeps the newest question."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.closing = False
        self._news = threading.Condition()
        self._waiting: Ask | None = None
        self._workers: Workers | None = None
        self._preparing: list[Future[None]] = []
        """what the workers load first"""
        self._baseline: tuple[Side, Variant, Scenario] | None = None
        self._small: Kept | None = None
        self._kept: tuple[Any, Reference] | None = None
        """the baseline's replications, and what they are of"""

    def work(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        self.tell(Ready())
        with contextlib.suppress(_DroppedError, BrokenExecutor):
            self._load()
        while (ask := self._next()) is not None:
            self._answer(ask)
            if self._waiting is None:
                give_back()
        from sim.experiment.executors import dismiss_workers
        from sim.experiment.starting import end_template

        dismiss_workers()
        end_template()
        self.connection.close()

    def tell(self, news: LiveNews | Ready) -> None:
        # Where nobody listens any more, the other thread notices and ends the process.
        with contextlib.suppress(OSError):
            self.connection.send(news)

    def _listen(self) -> None:
        while True:
            try:
                order: Ask | Close = self.connection.recv()
            except (EOFError, OSError):
                order = Close()
            with self._news:
                if isinstance(order, Close):
                    self.closing = True
                elif self._waiting is not None and self._waiting.at_once and not order.at_once:
                    self._waiting = Ask(order.number, order.baseline, order.now, True)
                else:
                    self._waiting = order
                self._news.notify()
            if self.closing:
                time.sleep(_LAST_SECONDS)
                os._exit(1)

    def _next(self) -> Ask | None:
        """The newest question, once there is one; None at the end."""
        with self._news:
            if not self._news.wait_for(lambda: self._waiting is not None or self.closing, _IDLE_SECONDS):
                self._dismiss()
            while self._waiting is None and not self.closing:
                self._news.wait()
            ask, self._waiting = self._waiting, None
            return None if self.closing else ask

    def _load(self) -> None:
        """Start the workers, and import what every answer needs, while the first question is on its way."""
        from sim.compiling.cache import ask_about_processor

        ask_about_processor()
        self._pool()
        import app.processes.live.answer
        import app.processes.live.plan  # noqa: F401

        for future in self._preparing:
            self._patiently(future)

    def _patiently(self, future: Future[Any]) -> None:
        """Wait until it is done, or until this process is to end."""
        while not wait([future], timeout=_LISTENING_SECONDS).done:
            if self.closing:
                raise _DroppedError
        future.result()

    def _pool(self) -> Workers:
        from app.processes.live.worker import prepare
        from sim.experiment.executors import warm_workers

        if self._workers is not None and self._workers.broken:
            self._tell_of_loss()
        if self._workers is None:
            self._workers = warm_workers(_WORKERS)
            self._preparing = [self._workers.submit(prepare) for _ in range(_WORKERS)]
        return self._workers

    def _dismiss(self) -> None:
        """End the workers; the next question starts others."""
        from sim.experiment.executors import dismiss_workers

        dismiss_workers()
        self._workers = None

    def _tell_of_loss(self) -> None:
        """Say that a worker died; the next question, or the same one again, has others."""
        self._dismiss()
        self.tell(Failed(WORKER_DIED))

    def _answer(self, ask: Ask) -> None:
        from sim.scenario import ScenarioError

        begin = time.perf_counter()
        try:
            of_baseline = True
            try:
                baseline, base = self._side(ask.baseline)
                of_baseline = False
                plan = self._plan(baseline, ask.now, base)
            except ScenarioError as error:
                self.tell(_unfit(ask, error, of_baseline))
                return
            ask = self._go_on(ask, after_first=False)
            self._compile_first(plan.plan)
            self._simulate(ask, plan, begin)
        except _DroppedError:
            return
        except BrokenExecutor:
            self._tell_of_loss()
            with self._news:
                self._waiting = self._waiting or ask
        except BaseException as error:
            self.tell(Failed("\n".join(with_notes(in_plain_words(error), error))))

    def _plan(self, baseline: Variant, now: Side, base: Scenario) -> LivePlan:
        from app.processes.live.plan import NOW, Kept, live_plan, side_of

        self._small = self._small or Kept()
        variant, _ = side_of(now, NOW)
        return live_plan(baseline, variant, base, self._small)

    def _compile_first(self, plan: Plan) -> None:
        """Where the engine is to be compiled one worker does that, not all at once."""
        from app.processes.live.worker import simulate_live
        from sim.compiling import cache, progress

        if not cache.is_warm():
            first = self._pool().submit(simulate_live, plan.task(0, 0))
            while not wait([first], timeout=_TELLING_SECONDS).done:
                self.tell(Loading(progress.seconds_left()))
                if self.closing:
                    raise _DroppedError
            first.result()
            self._dismiss()  # compiling took memory; others load what was made

    def _side(self, side: Side) -> tuple[Variant, Scenario]:
        from app.processes.live.plan import BASELINE, side_of

        if self._baseline is None or self._baseline[0] != side:
            self._baseline = (side, *side_of(side, BASELINE))
        return self._baseline[1:]

    def _reference(self, plan: Plan) -> Reference:
        """The baseline's replications: kept from the last answer where they are of the same."""
        from app.processes.live.answer import Reference

        of = (plan.task(0, 0).work, plan.seed)
        if self._kept is None or self._kept[0] != of:
            self._kept = (of, Reference())
        return self._kept[1]

    def _simulate(self, ask: Ask, live: LivePlan, begin: float) -> None:
        """Have all replications done that are missing, and tell what they say as they come."""
        from app.processes.live.answer import answer
        from app.processes.live.worker import simulate_live

        plan, pool = live.plan, self._pool()
        reference = self._reference(plan)
        measured: dict[int, Measured] = {}
        tasks = iter(
            [
                (number, arm)
                for number in range(plan.replications)
                for arm in ((1,) if number in reference.measured else (0, 1))
            ]
        )
        in_hand: dict[Future[Measured], tuple[int, int]] = {}
        told, told_at = 0, 0.0
        try:
            while True:
                room = pool.count + (_AHEAD if told or ask.at_once else 0)
                while len(in_hand) < room and (task := next(tasks, None)) is not None:
                    future = pool.submit(simulate_live, plan.task(*task))
                    future.add_done_callback(self._wake)
                    in_hand[future] = task
                if not in_hand:
                    return
                ask = self._go_on(ask, after_first=told > 0)
                for future in self._done(in_hand):
                    number, arm = in_hand.pop(future)
                    (measured if arm else reference.measured)[number] = future.result()
                both = sum(number in reference.measured for number in measured)
                due = both >= min(_ROUGH, plan.replications) if not told else time.perf_counter() - told_at > _AGAIN
                if both > told and (due or both == plan.replications):
                    self.tell(answer(ask.number, live, reference, measured, time.perf_counter() - begin))
                    told, told_at = both, time.perf_counter()
        finally:
            for future in in_hand:
                future.cancel()

    def _wake(self, _future: Future[Measured]) -> None:
        with self._news:
            self._news.notify()

    def _done(self, in_hand: Iterable[Future[Measured]]) -> list[Future[Measured]]:
        """Those that are done, once there is one, or once there is a newer question."""
        with self._news:
            known = self._waiting
            self._news.wait_for(
                lambda: self.closing or self._waiting is not known or any(future.done() for future in in_hand)
            )
        return [future for future in in_hand if future.done()]

    def _go_on(self, ask: Ask, after_first: bool) -> Ask:
        """The question to go on with: this one, or a newer one about the same; else raises _DroppedError.

        A question that nobody hurries has its first answer first: else nothing would ever be seen while a lever moves.
        """
        if self.closing:
            raise _DroppedError
        with self._news:
            newer = self._waiting
            if newer is None or not (after_first or newer.at_once):
                return ask
            if (newer.baseline, newer.now) != (ask.baseline, ask.now):
                raise _DroppedError
            self._waiting = None
            return newer


def _unfit(ask: Ask, error: ScenarioError, of_baseline: bool) -> Unfit:
    errors = [finding for finding in error.findings if finding.level == "error"] or list(error.findings)
    words = f"{errors[0].address}: {errors[0].problem}" if errors[0].address else errors[0].problem
    return Unfit(ask.number, words, len(errors), of_baseline)
