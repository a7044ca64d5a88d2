"""What hands out tasks compiles nothing, what workers are forked from only loads, and the window keeps no sources."""

import subprocess
import sys
from typing import Any, cast

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

ASKED = """
import sys
from sim.compiling import cache
cache.ask_about_processor()
told = cache.sources_hash()
print("llvmlite" in sys.modules)
cache._Known.processor = None
print(told == cache.sources_hash())
"""

READ = """
import sys
from sim.scenario import open_scenario
from sim.shipped import shipped_scenarios
for path in shipped_scenarios().values():
    open_scenario(path)
print("networkx" in sys.modules)
"""

SHOWN = """
import linecache
import app.desktop.window
import pyqtgraph
print(any(len(entry) > 1 and entry[1] is not None for entry in linecache.cache.values()))
print(linecache.getline(pyqtgraph.__file__, 1) != "")
"""


LOOKED_INTO = """
import sys
import app.desktop.window
from app.desktop.studies import customer_story, scores, who_is_who
from app.processes.study import messages, process
print([name for name in ("numba", "networkx", "sklearn") if name in sys.modules])
"""


def told(program: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_processes_that_hand_out_tasks_do_without_numba() -> None:
    assert told(LOADED) == ["False"]


def test_they_know_the_processor_without_loading_what_compiles() -> None:
    assert told(ASKED) == ["False", "True"]


def test_rules_that_go_in_no_circle_are_checked_without_a_library_of_graphs() -> None:
    assert told(READ) == ["False"]


def test_the_window_keeps_no_sources_of_modules_and_can_still_show_their_lines() -> None:
    assert told(SHOWN) == ["False", "True"]


def test_where_compiling_is_refused_a_function_that_is_not_kept_is_not_made() -> None:
    from sim.compiling.compiled import compiled

    @compiled
    def doubled(number: int) -> int:
        return 2 * number

    cast(Any, doubled)._cache.flush()  # what this test left when it ran before
    with compiling_refused(), pytest.raises(NotCompiledError):
        doubled(3)
    assert doubled(3) == 6


def test_answers_of_studies_are_shown_without_the_engine() -> None:
    assert told(LOOKED_INTO) == ["[]"]
