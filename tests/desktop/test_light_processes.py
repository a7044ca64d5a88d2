"""What only hands out tasks compiles nothing, and the process that workers are forked from only loads."""

import subprocess
import sys

import pytest

from sim.compiling.parts import NotCompiledError, compiling_refused

LOADED = """
import sys
from app.processes.live import answer, plan
from app.runs import running, stored
from sim import experiment, store
from sim.compiling import cache
from sim.experiment import executors, replicate
from sim.outcomes import difference
print("numba" in sys.modules)
"""


def test_processes_that_hand_out_tasks_do_without_numba() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_where_compiling_is_refused_a_function_that_is_not_kept_is_not_made() -> None:
    from sim.compiling.compiled import compiled

    @compiled
    def doubled(number: int) -> int:
        return 2 * number

    with compiling_refused(), pytest.raises(NotCompiledError):
        doubled(3)
    assert doubled(3) == 6
