"""How soon there is an answer."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sim.scenario import new_text, tables_of
from sim.shipped import shipped_scenarios
from tests.bench.journey import journey
from tests.bench.row import Row, at_most
from tests.bench.timing import in_turn, typical

_MISSING = "the command is not installed beside this Python"


@contextmanager
def _command() -> Iterator[tuple[Path, Any] | None]:
    """An empty folder, and what runs the installed command with a store in it; None where none is installed."""
    found = shutil.which("journey", path=str(Path(sys.executable).parent))
    if found is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        # Python keeps what it has read of the program for the next time, wherever nobody told it not to.
        environment = {**os.environ, "XDG_DATA_HOME": name, "PYTHONPYCACHEPREFIX": name}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def call(*words: str) -> None:
            subprocess.run([found, *words], check=True, capture_output=True, env=environment)

        yield Path(name), call


def start(rounds: int, quick: bool) -> list[Row]:
    """The command's help, and a tiny run from typing it to its last line."""
    with _command() as command:
        if command is None:
            return [Row("`journey --help`", _MISSING)]
        folder, call = command
        scenario = folder / "tiny.toml"
        scenario.write_text(new_text(tables_of(journey(100))), encoding="utf-8")
        works = [partial(call, "--help"), partial(call, "run", str(scenario), "--replications", "2")]
        for work in works:
            work()
        times = in_turn(works, rounds)
    return [
        at_most("`journey --help`, whole process", typical(times, 0), 0.4, "{:.2f} s"),
        at_most("`journey run` of 100 customers twice, whole process", typical(times, 1), 2, "{:.2f} s"),
    ]


def shipped(rounds: int, quick: bool) -> list[Row]:
    """A tiny run of each scenario that ships, of all its arms; shown are cart recovery and the slowest."""
    names = list(shipped_scenarios())
    what = "`journey run {} --customers 100 --replications 2`, whole process"
    with _command() as command:
        if command is None:
            return [Row(what.format("…"), _MISSING)]
        _, call = command
        works = [partial(call, "run", name, "--customers", "100", "--replications", "2") for name in names]
        for work in works:
            work()
        times = in_turn(works, rounds)
    taken = {name: typical(times, index) for index, name in enumerate(names)}
    slowest = max(taken, key=lambda name: taken[name])
    of_all = f"{what.format(slowest)} (the slowest of {len(names)} that ship)"
    return [
        at_most(what.format("cart-recovery"), taken["cart-recovery"], 1.2, "{:.2f} s"),
        at_most(of_all, taken[slowest], 1.5, "{:.2f} s"),
    ]
