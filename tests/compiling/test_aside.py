"""Where a process lets another compile, it loads what that made, and compiles itself where that came to harm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.forking import FORKED

pytestmark = pytest.mark.skipif(not FORKED, reason="elsewhere processes are not forked")

COMPILE = """
import sys
from sim.compiling import aside
from sim.compiling.parts import Whole
from sim.draws.philox import uniform32
if "aside" in sys.argv:
    aside.compile_aside()
if "harmed" in sys.argv:
    make = Whole._make
    def harmed(whole, signature):
        assert aside._Compiling.aside  # not so in the copy
        return make(whole, signature)
    Whole._make = harmed
result, stats = uniform32(2**31), uniform32.stats
print(result == uniform32.py_func(2**31), sum(stats.cache_hits.values()), sum(stats.cache_misses.values()))
"""


@pytest.mark.parametrize(("way", "loaded", "made"), [("here", 0, 1), ("aside", 1, 0), ("aside harmed", 0, 1)], ids=str)
def test_who_lets_another_compile_loads_what_it_made(way: str, loaded: int, made: int, tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", COMPILE, *way.split()], env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["True", str(loaded), str(made)]


def test_nothing_is_left_of_the_copy_that_compiled(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    waited = f"{COMPILE}\nimport os\nos.waitpid(-1, os.WNOHANG)"
    told = subprocess.run([sys.executable, "-c", waited, "aside"], env=environment, capture_output=True, text=True)
    assert "ChildProcessError" in told.stderr
