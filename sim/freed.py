"""Freed memory, given back to the system: Python and the C library keep what they may need again."""

import contextlib
import ctypes
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""What glibc calls them in `mallopt`."""
_DO_NOT_NEED: Final = 4
"""and what Linux calls that in `madvise`"""
_AT_MOST: Final = 8 * 1024 * 1024
"""bytes; a replication of ten thousand customers takes about as much, which would have to be fetched again each time"""


def keep_little() -> None:
    """From now on keep no more than some megabytes of what is freed last, and no large array at all.

    Unless told, glibc keeps as much as twice the largest array that was ever freed, and that for each thread apart.
    """
    if (setting := _of_glibc("mallopt")) is not None:
        setting(_MMAP_THRESHOLD, _AT_MOST)
        setting(_TRIM_THRESHOLD, _AT_MOST)
        setting(_ARENA_MAX, 1)


def give_back() -> None:
    """Collect garbage, and give back what is free; takes some milliseconds, for when there is nothing to do."""
    gc.collect()
    if (trim := _of_glibc("malloc_trim")) is not None:
        trim(0)


def give_back_libraries() -> None:
    """Let go of what was read of programs and libraries: what is called again comes again, from the system's memory.

    For a process that has loaded much which it hardly calls any more, such as a compiler.
    """
    if (advise := _of_glibc("madvise")) is not None:
        with contextlib.suppress(OSError, ValueError):
            for begin, end in _unchanged_parts_of_files():
                advise(ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _DO_NOT_NEED)


def _unchanged_parts_of_files() -> Iterator[tuple[int, int]]:
    """Where files lie in the memory of this process that cannot be written to, nor were before that was forbidden."""
    part: tuple[int, int] | None = None
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace").splitlines():
        first, *others = line.split()
        if not first.endswith(":"):
            begin, _, end = first.partition("-")
            whole = len(others) >= 5 and others[4].startswith("/") and others[0][1:] in ("-xp", "--p")
            part = (int(begin, 16), int(end, 16)) if whole and others[0][0] == "r" else None
        elif first == "Anonymous:" and others[0] == "0" and part is not None:
            yield part


def _of_glibc(name: str) -> Any:
    """A function of the C library; None where this one does not have it, and keeps less."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
