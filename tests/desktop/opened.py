"""Whether anybody opened a file, as Linux tells it."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_ON_OPEN = 0x20


class Watch:
    """Watches one file."""

    def __init__(self, notes: int) -> None:
        """`notes` is where the system writes down who opens it."""
        self._notes = notes

    @property
    def opened(self) -> bool:
        """Whether it was opened since this was last asked."""
        try:
            return bool(os.read(self._notes, 65536))
        except BlockingIOError:
            return False


@contextmanager
def watched(file: Path) -> Iterator[Watch]:
    """Watch a file for a while."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file")
    system = ctypes.CDLL(None)
    notes = system.inotify_init1(os.O_NONBLOCK)
    assert notes >= 0
    try:
        assert system.inotify_add_watch(notes, os.fsencode(file), _ON_OPEN) >= 0
        yield Watch(notes)
    finally:
        os.close(notes)
