"""Compiling in a process of its own: what a compiler has taken of memory, 70 MB and more, it never gives back."""

import os
import threading
import time
from collections.abc import Callable
from typing import Final

_LOOK_AGAIN_SECONDS: Final = 0.5
"""How often that process looks whether the one is still there that waits for it."""


class _Compiling:
    """Whether this process lets another compile."""

    aside = False


def compile_aside() -> None:
    """From now on, here and in all that is forked from here; only where processes can be forked."""
    _Compiling.aside = True


def made_aside(make: Callable[[], object]) -> bool:
    """Whether `make` was done in a copy of this process, which has ended since.

    Not where this process does without one, nor where the other came to harm: then it is to be done here.
    """
    if not _Compiling.aside:
        return False
    try:
        copy = os.fork()
    except OSError:  # no room for another process
        return False
    if copy == 0:
        _make_and_end(make)
    _, status = os.waitpid(copy, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _make_and_end(make: Callable[[], object]) -> None:
    """Leave nothing to the copied program, neither its threads nor its way out."""
    try:
        _Compiling.aside = False
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        make()
        os._exit(0)
    finally:
        os._exit(1)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_AGAIN_SECONDS)
    os._exit(1)
