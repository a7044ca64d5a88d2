"""One process compiles at a time."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sim.compiling import alone
from sim.held import hold

COMPILE = """
import numpy as np
from sim.draws.philox import block
block(np.uint64(1), np.uint32(2), 3, 0, 4, 5)
print(sum(block.stats.cache_hits.values()), sum(block.stats.cache_misses.values()))
"""


def test_whoever_compiles_waits_for_who_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "folder", lambda: tmp_path)
    monkeypatch.setattr(alone, "sweep", lambda: None)
    done: list[str] = []

    def compile_too() -> None:
        with alone.alone():
            done.append("second")

    with alone.alone():
        assert hold(tmp_path / "compiling") is None
        second = threading.Thread(target=compile_too)
        second.start()
        time.sleep(0.1)
        done.append("first")
    second.join()
    assert done == ["first", "second"]


def test_where_no_file_can_be_held_everybody_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "folder", lambda: tmp_path / "nowhere")
    reached = False
    with alone.alone():
        reached = True
    assert reached


@pytest.mark.slow
def test_of_two_processes_one_compiles_and_the_other_takes_what_it_made(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    both = [
        subprocess.Popen([sys.executable, "-c", COMPILE], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sorted(process.communicate()[0].split() for process in both) == [["0", "1"], ["1", "0"]]
