"""How far compiling for this machine is: kept on disk, so that whoever waits for another process can tell."""

import contextlib
import time
from pathlib import Path

from sim.compiling.cache import folder

_WHOLES = 12
"""functions that become machine code: those that all scenarios need, and some that others do"""
_OF_PARTS = 0.55
"""how much of the time goes into parts"""
_STALE = 30.0
"""seconds after which nobody is taken to be compiling any more"""
_EVERY = 0.2
"""seconds"""


class _Compiled:
    """What this process has compiled, and how much there is."""

    known = 0
    parts = 0
    wholes = 0
    began = 0.0
    told = 0.0


def part_known() -> None:
    """Note that there is another function which may be taken in."""
    _Compiled.known += 1


def begin() -> None:
    """Note that this process compiles from now on, if it has not done so before."""
    _Compiled.began = _Compiled.began or time.time()


def part_made() -> None:
    """Note that a function was lowered for others."""
    _Compiled.parts += 1
    _tell()


def whole_made() -> None:
    """Note that a function became machine code."""
    _Compiled.wholes += 1
    _tell(at_once=True)


def _tell(at_once: bool = False) -> None:
    now = time.time()
    if not _Compiled.began or not (at_once or now - _Compiled.told > _EVERY):
        return
    _Compiled.told = now
    parts, wholes = _Compiled.parts / _Compiled.known, min(_Compiled.wholes / _WHOLES, 1.0)
    with contextlib.suppress(OSError):
        _file().write_text(f"{_Compiled.began} {now} {_OF_PARTS * parts + (1.0 - _OF_PARTS) * wholes}")


def seconds_left() -> float | None:
    """About how long whoever compiles now still takes; None where nobody does, or it is too early to tell."""
    try:
        began, now, share = map(float, _file().read_text().split())
    except (OSError, ValueError):
        return None
    if time.time() - now > _STALE or not share > 0.1:
        return None
    return max((now - began) / share - (time.time() - began), 0.0)


def _file() -> Path:
    return folder() / "progress"
