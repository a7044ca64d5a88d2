"""Numbers that scipy works out, kept in the user's cache from one start of the program to the next.

To load scipy.special takes a seventh of a short run. What is asked of it hangs on the scenario and on how many
replications there are, and is the same in the next run; read from a file, it is the same to the last digit.
"""

import contextlib
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from sim.unfinished import unfinished

Floats = NDArray[np.float64]

_DIGEST: Final = hashlib.sha256().digest_size
_WRITTEN_AT_MOST: Final = 32
"""Files that one process writes: as many as most scenarios ask for, not one for each position of a lever."""
_KEPT_AT_MOST: Final = 1_000
"""Files in all, of some 36 kB at most; those used longest ago go first."""


def kept_numbers(what: str, work_out: Callable[[], Floats]) -> Floats:
    """What `work_out` gives, an array with one axis; worked out once for each text that says `what` it is."""
    path = folder() / hashlib.sha256(f"{_versions()} {what}".encode()).hexdigest()[:32]
    numbers = _read(path)
    if numbers is None:
        numbers = np.ascontiguousarray(work_out(), np.float64)
        _write(path, numbers)
    return numbers


def folder() -> Path:
    """Where they are kept."""
    return user_cache_path("journey-sandbox") / "numbers"


@cache
def _versions() -> str:
    return f"scipy {version('scipy')}, numpy {np.__version__}"


def _read(path: Path) -> Floats | None:
    """What is kept there; None where nothing is, or where it is not what was put there."""
    with contextlib.suppress(OSError):
        content = path.read_bytes()
        digest, numbers = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(numbers).digest() == digest:
            path.touch()  # so that it counts as used
            return np.frombuffer(numbers, np.float64)
    return None


class _Written:
    count = 0


def _write(path: Path, numbers: Floats) -> None:
    if _Written.count >= _WRITTEN_AT_MOST:
        return
    _Written.count += 1
    content = numbers.tobytes()
    with contextlib.suppress(OSError):  # where nothing can be kept, they are worked out again the next time
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished(path) as part:
            part.write_bytes(hashlib.sha256(content).digest() + content)
        used = sorted(path.parent.iterdir(), key=lambda kept: kept.stat().st_mtime, reverse=True)
        for old in used[_KEPT_AT_MOST:]:
            old.unlink()
