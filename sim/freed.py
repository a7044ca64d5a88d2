"""Freed memory, given back to the system: Python and the C library keep what they may need again."""

import ctypes
import gc
import sys
from typing import Any, Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
"""What glibc calls them in `mallopt`."""
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


def _of_glibc(name: str) -> Any:
    """A function of the C library; None where this one does not have it, and keeps less."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
