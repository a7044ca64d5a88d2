"""What Python calls of the private lane: one compiled function, for what its tasks share is made machine code once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.engine import advance
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import Tables
from sim.engine.shared.desk_log import ENTRY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ADVANCE, _LEAVE_DESKS, _SETTLE = range(3)
_NO_TIMES: Final = np.empty(0)
_NO_TICKS: Final = np.empty(0, np.int64)
_NO_LOG: Final = np.empty(0, ENTRY)


def advance_all(tables: Tables, lane: Lane, until: Floats, decided: Floats, ticks: Ints, first: bool) -> int:
    """`advance.advance_all`."""
    return _do(_ADVANCE, tables, lane, until, decided, ticks, first, _NO_LOG, 0, 0.0)


def leave_desks(tables: Tables, lane: Lane, log: NDArray[np.void], first: int, until: float, latest: float) -> int:
    """`advance.leave_desks`."""
    return _do(_LEAVE_DESKS, tables, lane, np.array([until]), _NO_TIMES, _NO_TICKS, False, log, first, latest)


def settle_parked(tables: Tables, lane: Lane, until: float) -> None:
    """`advance.settle_parked`."""
    _do(_SETTLE, tables, lane, _NO_TIMES, _NO_TIMES, _NO_TICKS, False, _NO_LOG, 0, until)


@compiled
def _do(
    what: int, tables: Tables, lane: Lane, until: Floats, decided: Floats, ticks: Ints, first: bool,
    log: NDArray[np.void], entry: int, latest: float,
) -> int:  # fmt: skip
    if what == _ADVANCE:
        return advance.advance_all(tables, lane, until, decided, ticks, first)
    if what == _LEAVE_DESKS:
        return advance.leave_desks(tables, lane, log, entry, until[0], latest)
    advance.settle_parked(tables, lane, latest)
    return 0
