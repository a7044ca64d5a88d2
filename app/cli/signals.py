"""Every signal that asks the program to end is heard as Ctrl-C is, and none is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Final

from app.cli.streams import to_nowhere
from sim.ending import ENDING

_TOGETHER_SECONDS: Final = 2.0
"""A system that ends a program may send several; those that come so soon after the first say nothing new."""
_AGAIN_SECONDS: Final = 0.02
_SWALLOWING: Final = ("__del__", "weakref_cb", "_raw_object_cache_notify", "_raw_object_cache_getbuffer")
"""Functions out of which no exception comes: Python prints it and goes on. The last two are called by the compiler."""


@contextlib.contextmanager
def heard_as_interruption() -> Iterator[None]:
    """Raise KeyboardInterrupt in this block where a signal asks the program to end; those ignored (nohup) stay so."""
    listener = _Listener()
    before = {each: signal.getsignal(each) for each in ENDING}
    for each, handler in before.items():
        if handler in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(each, listener)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


class _Listener:
    def __init__(self) -> None:
        self._terminals = [stream for stream in (sys.stdout, sys.stderr) if stream.isatty()]
        self._heard = -_TOGETHER_SECONDS

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if _is_swallowing(frame):
            later = threading.Timer(_AGAIN_SECONDS, _raise_in_main, (number,))
            later.daemon = True
            later.start()
            return
        for stream in self._terminals:
            if not os.isatty(stream.fileno()):  # it was closed: what is said there would fail
                to_nowhere(stream)
        before, self._heard = self._heard, time.monotonic()
        if number == signal.SIGINT or self._heard - before >= _TOGETHER_SECONDS:
            raise KeyboardInterrupt


def _raise_in_main(number: int) -> None:
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, number)  # so that it wakes from whatever it waits for
    else:
        signal.raise_signal(number)


def _is_swallowing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name in _SWALLOWING or frame.f_globals.get("__name__") == "weakref":
            return True
        frame = frame.f_back
    return False
