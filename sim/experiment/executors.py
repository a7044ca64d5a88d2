"""Where tasks are worked on: in this process, or in others of this machine. Any other Executor does as well."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.context import BaseContext
from types import ModuleType
from typing import Any, Final, TypeVar

from sim.ending import ENDING, hear_none
from sim.forking import FORKED

Result = TypeVar("Result")

_CLEANING_SECONDS: Final = 5.0
_MOST_ON_WINDOWS: Final = 61
"""Processes that a pool can wait for there."""
_LOOK_AGAIN_SECONDS: Final = 2.0
_SAFE_PATH: Final = "PYTHONSAFEPATH"


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
        _ensure_tracked()
        self._pool = ProcessPoolExecutor(count, mp_context=_context(), initializer=_begin_worker)

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Hand a task to the next free process."""
        with _undisturbed(), _without_main():
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
    _ensure_tracked()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begin_worker) as pool:
        with _undisturbed(), _without_main():
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


@contextmanager
def starting_processes() -> Iterator[None]:
    """Processes started in this block neither run the caller's script again nor hear ENDING before they are ready."""
    _ensure_tracked()
    with _undisturbed(), _without_main():
        yield


def _context() -> BaseContext:
    """How workers are started: those that are forked find the machine code loaded, so it has to be there."""
    from sim.compiling import cache

    if not FORKED or not cache.is_warm():
        return get_context("spawn")
    from multiprocessing import forkserver  # not there on every system

    context = get_context("forkserver")
    context.set_forkserver_preload(["sim.experiment.template"])
    with _undisturbed(), _safe_path():
        forkserver.ensure_running()
    return context


@contextmanager
def _safe_path() -> Iterator[None]:
    """Interpreters that start in this block import nothing from the working folder, where any `sim.py` may lie."""
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def end_template() -> None:
    """End the process that workers are forked from, where there is one; only for a process that forks nothing else."""
    if FORKED:
        from multiprocessing import forkserver

        server: Any = forkserver._forkserver
        if server._forkserver_pid is not None:
            os.kill(server._forkserver_pid, signal.SIGKILL)
            server._stop()


def _ensure_tracked() -> None:
    # What tracks resources unblocks some of the signals here, so it is started before any other process is.
    if sys.platform != "win32":
        with _undisturbed():
            resource_tracker.ensure_running()


def _begin_worker() -> None:
    """Prepare a worker: interruptions are the parent's business, compiled code comes from the cache."""
    hear_none()
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
            parent.join(_LOOK_AGAIN_SECONDS)
        os._exit(1)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes started in this block begin life without hearing ENDING, so that none dies of it before it is ready."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_main() -> Iterator[None]:
    """Processes started in this block do not run the caller's script again, as they otherwise would.

    So a script or notebook may call `sim.run` without guarding it by `if __name__ == "__main__"`.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
