"""Running an experiment: replications of all arms over an executor, with the same results whoever does the work."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from sim.experiment import precision as search
from sim.experiment.evidence import EngineFacts
from sim.experiment.executors import InProcess, are_warm, dismiss_workers, processors, warm_workers
from sim.experiment.memory_needed import check_memory, workers_that_fit
from sim.experiment.planning import Plan, Subject, plan
from sim.experiment.profiles import profiles_of
from sim.experiment.replicate import Replicated, replicate
from sim.experiment.results import Results
from sim.experiment.stopped import Interrupted, ReplicationFailed, WorkerDied
from sim.experiment.worth_starting import Alone
from sim.outcomes import Replication
from sim.scenario import Scenario, ScenarioError, Variant
from sim.scenario.experiment import Arm, Precision
from sim.scenario.resolve import identified

if TYPE_CHECKING:
    from sim.outcomes import Standing

Progress = Callable[[int, int, int], None]
"""Told after each task (one arm in one replication): tasks done, tasks in all as far as is known, events simulated."""

Hold = Callable[[], bool]
"""Asked at least every half second: while it says so, no task is handed out, and those in hand are finished.

Where it raises KeyboardInterrupt, the run is interrupted.
"""

_IN_HAND: Final = 2
"""Tasks handed out for each worker, so that none waits for the next."""
_HEARTBEAT_SECONDS: Final = 0.5
"""An interruption is noticed within this time, also where waiting cannot be interrupted."""
_HELD_SECONDS: Final = 0.05
_UNKNOWN_WORKERS: Final = 32
"""Workers that a foreign executor is taken to have."""


class Sink(Protocol):
    """Where finished replications go."""

    def write(self, replication: Replication) -> None:
        """Keep one replication; called once for each, in the order in which they are finished."""


def run(
    subject: Subject | Plan,
    *,
    arms: Sequence[Arm | Variant] | None = None,
    replications: int | None = None,
    precision: Precision | None = None,
    customers: int | None = None,
    horizon: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    sink: Sink | None = None,
    done: Iterable[Replication] = (),
    progress: Progress | None = None,
    hold: Hold | None = None,
) -> Results:
    """Simulate all arms of a scenario in all replications.

    `arms` replace the scenario's; `replications` to `seed` go before what it says. With a `precision`, replications are
    added until it is reached. The work is done by `workers` processes (default: one for each processor, or this process
    alone where there is little to do; 1 means this process), or by any `executor`; the results are the same to the last
    digit. Each finished replication goes to `sink`; those `done` before (by an earlier run of the same scenario, arms
    and seed) are not simulated again. `hold` pauses the run, or ends it.

    Raises ScenarioError before anything is simulated where the input is wrong. Raises Interrupted, WorkerDied or
    ReplicationFailed, each with the `results` of what was finished, where the run ends early.
    """
    if isinstance(subject, Plan):
        whole = subject
    else:
        whole = plan(
            subject,
            arms=arms,
            replications=replications,
            precision=precision,
            customers=customers,
            horizon=horizon,
            seed=seed,
        )
    if workers is not None and workers < 1:
        raise ValueError(f"workers is {workers}; give 1 or more")
    return _Run(whole, workers, executor, sink, done, progress, hold).results()


class _Run:
    """One run on its way."""

    def __init__(
        self,
        plan: Plan,
        workers: int | None,
        executor: Executor | None,
        sink: Sink | None,
        done: Iterable[Replication],
        progress: Progress | None,
        hold: Hold | None,
    ) -> None:
        self.plan = plan
        self.sink = sink
        self.progress = progress
        self.hold = hold or (lambda: False)
        self.finished = {replication.number: replication for replication in done}
        for replication in self.finished.values():
            self._check_arms(replication)
        self.finished = {number: kept for number, kept in self.finished.items() if number < plan.replications}
        self.parts: dict[int, dict[int, Replicated]] = {}
        """results of the arms of replications that are not finished, by replication and arm"""
        self.tasks_done = len(plan.variants) * len(self.finished)
        self.events = sum(measured.events for kept in self.finished.values() for measured in kept.arms)
        self.notes: list[str] = []
        self.begin = time.perf_counter()
        tasks = len(plan.variants) * (plan.replications - len(self.finished))
        if executor is None:
            check_memory(plan)
        self.workers = workers or (
            _UNKNOWN_WORKERS if executor else min(processors(), max(tasks, 1), workers_that_fit(plan))
        )
        self.executor = executor
        self.as_needed = executor is None and workers is None and not are_warm(self.workers)
        """whether this process works alone until starting others is worth it"""
        self.alone = Alone()

    def _find_out(self, scenario: Scenario) -> None:
        """Who is who, once, before workers would each find it out; where there are workers, by one of them."""
        if not identified(scenario):
            return
        workers = warm_workers(self.workers) if self.executor is None and are_warm(self.workers) else self.executor
        (workers or InProcess()).submit(profiles_of, scenario, self.plan.seed).result()

    def results(self) -> Results:
        """Simulate what is missing."""
        try:
            for variant in self.plan.variants:
                self._find_out(variant.scenario)
            self._tell(self._end_of_block(0))
            for block in self._blocks():
                self._simulate(block)
        except KeyboardInterrupt:
            dismiss_workers()
            raise Interrupted(self._so_far("interrupted"), self._results()) from None
        except BrokenExecutor as error:
            dismiss_workers()
            raise WorkerDied(
                self._so_far(
                    "a worker process ended unexpectedly; it was killed from outside or ran out of memory "
                    "(fewer workers, or fewer customers, need less)"
                ),
                self._results(),
            ) from error
        except BaseException:
            # Workers busy with a run that nobody waits for would hold up the next one.
            dismiss_workers()
            raise
        return self._results()

    def _blocks(self) -> Iterator[range]:
        """Ranges of replications to simulate, each whole before the next is decided on."""
        wanted = self.plan.precision
        if wanted is None:
            yield range(self.plan.replications)
            return
        end = 0
        while end < self.plan.replications:
            begin, end = end, self._end_of_block(end)
            yield range(begin, end)
            if search.settled(wanted, self._in_order(end)):
                break
        self.finished = {number: kept for number, kept in self.finished.items() if number < end}
        self.notes.append(search.note(wanted, self._in_order(end)))

    def _end_of_block(self, begin: int) -> int:
        most = self.plan.replications
        return most if self.plan.precision is None else min(begin + search.CHECK_EVERY, most)

    def _simulate(self, block: range) -> None:
        """Simulate what is missing of a block of replications, breadth first over the arms."""
        missing = [(number, arm) for number in block if number not in self.finished for arm in self._arms]
        if self.executor is not None:
            self._work_on(missing, self.executor, _IN_HAND * self.workers, block)
            return
        missing = missing[self._begin_here(missing, block) :]
        if self.workers == 1 or len(missing) < 2:
            self._work_on(missing, InProcess(), 1, block)
        else:
            self.as_needed = False
            self._work_on(missing, warm_workers(self.workers), _IN_HAND * self.workers, block)

    def _begin_here(self, tasks: Sequence[tuple[int, int]], block: range) -> int:
        """Do tasks in this process before others are started; how many were done.

        One, where the engine is to be compiled: one process does that, not all at once. Else, if the number of workers
        was left open, as many as it takes to see that starting others is worth it.
        """
        from sim.compiling import cache

        if self.workers == 1 or not (self.as_needed or not cache.is_warm()):
            return 0
        for number, task in enumerate(tasks, 1):
            begin = time.perf_counter()
            self._work_on([task], InProcess(), 1, block)
            self.alone.did(time.perf_counter() - begin)
            left = len(tasks) - number if self.plan.precision is None else None
            if not self.as_needed or self.alone.is_enough(left, self.workers):
                return number
        return len(tasks)

    def _work_on(self, tasks: Sequence[tuple[int, int]], executor: Executor, room: int, block: range) -> None:
        """Have the tasks done, at most `room` of them handed out at a time."""
        waiting = iter(tasks)
        in_hand: dict[Future[Replicated], tuple[int, int]] = {}
        try:
            while True:
                held = self.hold()
                for number, arm in islice(waiting, 0 if held else room - len(in_hand)):
                    in_hand[executor.submit(replicate, self.plan.task(number, arm))] = (number, arm)
                if held and not in_hand:
                    time.sleep(_HELD_SECONDS)
                    continue
                if not in_hand:
                    return
                ready, _ = wait(in_hand, timeout=_HEARTBEAT_SECONDS, return_when=FIRST_COMPLETED)
                self._take_in(ready, in_hand, block)
        except BrokenExecutor:
            done = [future for future in in_hand if future.done() and not future.cancelled() and not future.exception()]
            self._take_in(done, in_hand, block)
            raise
        except BaseException:
            for future in in_hand:
                future.cancel()
            raise

    def _take_in(
        self, ready: Iterable[Future[Replicated]], in_hand: dict[Future[Replicated], tuple[int, int]], block: range
    ) -> None:
        """Take in what is done; an error is raised once all that is done beside it is taken in."""
        failed: tuple[BaseException, tuple[int, int]] | None = None
        for future in sorted(ready, key=in_hand.__getitem__):
            number, arm = in_hand.pop(future)
            error = future.exception()
            if error is not None:
                failed = failed or (error, (number, arm))
                continue
            self._keep(number, arm, future.result(), block)
        if failed is not None:
            error, (number, arm) = failed
            if isinstance(error, BrokenExecutor | ScenarioError | KeyboardInterrupt):
                raise error
            name = self.plan.variants[arm].id
            said = str(error) if getattr(error, "for_people", False) else f"{type(error).__name__}: {error}"
            if isinstance(error, MemoryError):
                said = "there is not enough memory (fewer customers, or fewer workers, need less)"
            message = f'replication {number} of arm "{name}" failed: {said}'
            raise ReplicationFailed(self._so_far(message), self._results()) from error

    def _keep(self, number: int, arm: int, part: Replicated, block: range) -> None:
        """Keep one arm of a replication, and the replication once all its arms are there."""
        parts = self.parts.setdefault(number, {})
        parts[arm] = part
        self.tasks_done += 1
        self.events += part.measured.events
        if len(parts) == len(self.plan.variants):
            del self.parts[number]
            replication = _whole(number, [parts[arm] for arm in self._arms])
            self.finished[number] = replication
            if self.sink is not None:
                self.sink.write(replication)
        self._tell(block.stop)

    @property
    def _arms(self) -> range:
        return range(len(self.plan.variants))

    def _check_arms(self, replication: Replication) -> None:
        stored = [measured.arm for measured in replication.arms]
        arms = [variant.id for variant in self.plan.variants]
        if stored != arms:
            raise ValueError(
                f"replication {replication.number} was stored with the arms {', '.join(stored)}, "
                f"but the run has {', '.join(arms)}; resume a run with the arms it was begun with"
            )

    def _in_order(self, end: int) -> list[Replication]:
        return [self.finished[number] for number in range(end)]

    def _tell(self, end: int) -> None:
        if self.progress is not None:
            self.progress(self.tasks_done, len(self.plan.variants) * end, self.events)

    def _so_far(self, what: str) -> str:
        most = f"{self.plan.replications:,}" if self.plan.precision is None else f"at most {self.plan.replications:,}"
        return f"{what}; {len(self.finished):,} of {most} replications are finished and kept"

    def _results(self) -> Results:
        replications = tuple(self.finished[number] for number in sorted(self.finished))
        events = sum(measured.events for kept in replications for measured in kept.arms)
        return Results(
            scenario=self.plan.scenario,
            scenario_hash=self.plan.scenario_hash,
            variants=self.plan.variants,
            replications=replications,
            engine=EngineFacts(events, time.perf_counter() - self.begin, 1 if self.as_needed else self.workers),
            notes=tuple(self.notes),
            population=self.plan.population,
        )


def _whole(number: int, parts: Sequence[Replicated]) -> Replication:
    """A replication from its arms, with what only pairs of them show."""
    from sim.outcomes import difference

    def pairs(standings: Sequence["Standing | None"]) -> dict[str, dict[str, dict[str, float]]]:
        first, *others = standings
        return {
            part.measured.arm: difference(first, other)
            for part, other in zip(parts[1:], others, strict=True)
            if first is not None and other is not None
        }

    return Replication(
        number,
        tuple(part.measured for part in parts),
        pairs([part.standing for part in parts]),
        pairs([part.drawn for part in parts]),
    )
