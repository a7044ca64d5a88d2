"""Where tasks are worked on: in this process, or in others of this machine. Any other Executor does as well."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any, Final, TypeVar

from sim.ending import hear_none
from sim.experiment.starting import LOOK_AGAIN_SECONDS, ensure_tracked, undisturbed, way_to_start, without_main

Result = TypeVar("Result")

_CLEANING_SECONDS: Final = 5.0
_MOST_ON_WINDOWS: Final = 61
"""Processes that a pool can wait for there."""


def processors() -> int:
    """How many processors this process may use, as far as a pool of processes can use them."""
    if sys.platform == "win32":
        return min(os.cpu_count() or 1, _MOST_ON_WINDOWS)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class InProcess(Executor):
    """Does each task at once, in the calling thread."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """A future that is done already. An interruption is not kept in it but raised."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Workers(Executor):
    """Processes of this machine, started at the first tasks and kept for later runs; never forked from this process."""

    def __init__(self, count: int) -> None:
        """A pool of `count` processes."""
        self.count = count
        ensure_tracked()
        self._pool = _pool(count, way_to_start())

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Hand a task to the next free process."""
        with undisturbed(), without_main():
            return self._pool.submit(fn, *args, **kwargs)

    @property
    def broken(self) -> bool:
        """Whether a process has died, so that the others take no more tasks."""
        return bool(getattr(self._pool, "_broken", False))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes end after their tasks."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def stop(self) -> None:
        """End the processes now, whatever they are at."""
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        keeper = getattr(self._pool, "_executor_manager_thread", None)
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()
        # The pool's own thread cleans up after them; an interpreter that ends meanwhile would stumble over it.
        if keeper is not None:
            keeper.join(timeout=_CLEANING_SECONDS)


def in_another(fn: Callable[..., Result], /, *args: Any) -> Result:
    """What a function gives in a process that ends afterwards, so that nothing of what it loaded stays."""
    ensure_tracked()
    with _pool(1, get_context("spawn")) as pool:
        with undisturbed(), without_main():
            future = pool.submit(fn, *args)
        return future.result()


_warm: Workers | None = None


def warm_workers(count: int) -> Workers:
    """The pool of this process, kept from the last run where that had as many workers."""
    global _warm
    if not are_warm(count):
        dismiss_workers()
        _warm = Workers(count)
    assert _warm is not None
    return _warm


def are_warm(count: int) -> bool:
    """Whether that pool is there already."""
    return _warm is not None and _warm.count == count and not _warm.broken


def dismiss_workers() -> None:
    """End the pool of this process at once, if there is one; the next run starts another."""
    global _warm
    workers, _warm = _warm, None
    if workers is not None:
        workers.stop()


def _pool(count: int, way: BaseContext) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=way, initializer=_begin_worker, initargs=(_niceness(),))


def _niceness() -> int:
    """How far this process steps back behind others, from 0 to 19."""
    return os.nice(0) if hasattr(os, "nice") else 0


def _begin_worker(niceness: int) -> None:
    """Prepare a worker: interruptions are the parent's business, compiled code comes from the cache.

    It steps back as far as its parent, though that may not be what it was forked from.
    """
    hear_none()
    if niceness > _niceness():
        os.nice(niceness - _niceness())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from sim.compiling import cache

    cache.prepare()


def _end_with_parent() -> None:
    """End this process when its parent has ended without telling (killed), or it would wait for tasks for ever.

    Also when that has ended which it was forked from: the parent takes it to be dead then.
    """
    parent, forked_from = parent_process(), os.getppid()
    if parent is not None:
        while parent.is_alive() and os.getppid() == forked_from:
            parent.join(LOOK_AGAIN_SECONDS)
        os._exit(1)
