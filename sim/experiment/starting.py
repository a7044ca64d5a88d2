"""How processes start that simulate: forked from one that has loaded the engine, or else as any new program.

Where they are forked, all that one program has started come from one template, and so share what that has loaded.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Final

from sim.ending import ENDING
from sim.forking import FORKED

LOOK_AGAIN_SECONDS: Final = 2.0
"""How often a process looks whether those are still there without whom it is to end."""
_SAFE_PATH: Final = "PYTHONSAFEPATH"
_SWAPPING: Final = threading.Lock()


def way_to_start() -> BaseContext:
    """How processes start that simulate: those that are forked find the machine code loaded, so it has to be there."""
    from sim.compiling import cache

    if not FORKED or not cache.is_warm():
        return get_context("spawn")
    from multiprocessing import forkserver  # not there on every system

    context = get_context("forkserver")
    context.set_forkserver_preload(["sim.experiment.template"])
    if not _is_forked():
        with undisturbed(), _safe_path():
            forkserver.ensure_running()
    return context


def start_helper(work: Callable[..., None], arguments: tuple[object, ...], name: str) -> BaseProcess:
    """Start a process that does `work(*arguments)`, and has its own workers forked from where it comes from itself.

    Where the template has been started just now, this takes until that has loaded the engine.
    """
    from sim.compiling.cache import ask_about_processor

    ensure_tracked()
    ask_about_processor()
    context = way_to_start()
    process: BaseProcess = context.Process(  # type: ignore[attr-defined]
        target=_help, args=(_key(), work, arguments), name=f"Journey Sandbox {name}"
    )
    with undisturbed(), without_main():
        process.start()
    return process


def _help(key: bytes | None, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    if _is_forked():
        from multiprocessing import forkserver

        # Python would start another template for it.
        template: Any = forkserver._forkserver
        template.ensure_running = resource_tracker.ensure_running
        template._forkserver_authkey = key
        threading.Thread(target=_end_with_template, daemon=True).start()
    work(*arguments)


def _key() -> bytes | None:
    """What a template of newer Pythons asks for."""
    if not FORKED:
        return None
    from multiprocessing import forkserver

    return getattr(forkserver._forkserver, "_forkserver_authkey", None)


def _is_forked() -> bool:
    """Whether this process was forked from a template."""
    if not FORKED:
        return False
    from multiprocessing import forkserver

    return forkserver.get_inherited_fds() is not None


def _end_with_template() -> None:
    """End this process when that has ended which it was forked from: whoever started it takes it to be dead then."""
    forked_from = os.getppid()
    while os.getppid() == forked_from:
        time.sleep(LOOK_AGAIN_SECONDS)
    os._exit(1)


def end_template() -> None:
    """End the process that others are forked from, where this one has started it, and all that come from it."""
    if FORKED:
        from multiprocessing import forkserver

        server: Any = forkserver._forkserver
        if server._forkserver_pid is not None:
            os.kill(server._forkserver_pid, signal.SIGKILL)
            server._stop()


def ensure_tracked() -> None:
    """Start what tracks resources before any other process: it unblocks some signals where it is started."""
    if sys.platform != "win32":
        with undisturbed():
            resource_tracker.ensure_running()


@contextmanager
def undisturbed() -> Iterator[None]:
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
def without_main() -> Iterator[None]:
    """Processes started in this block do not run the caller's script again, as they otherwise would.

    So a script or notebook may call `sim.run` without guarding it by `if __name__ == "__main__"`.
    """
    with _SWAPPING:  # two threads would each put back what the other had put there
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


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
