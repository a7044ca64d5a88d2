"""How soon there is an answer."""

import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from sim.scenario import new_text, tables_of
from tests.bench.journey import journey
from tests.bench.row import Row, at_most
from tests.bench.timing import in_turn, typical


def start(rounds: int, quick: bool) -> list[Row]:
    """The command's help, and a tiny run from typing it to its last line."""
    journey_command = shutil.which("journey", path=str(Path(sys.executable).parent))
    if journey_command is None:
        return [Row("`journey --help`", "the command is not installed beside this Python")]
    with tempfile.TemporaryDirectory() as folder:
        scenario = Path(folder) / "tiny.toml"
        scenario.write_text(new_text(tables_of(journey(100))), encoding="utf-8")
        environment = {**os.environ, "XDG_DATA_HOME": folder}
        call = partial(subprocess.run, check=True, capture_output=True, env=environment)
        works = [
            partial(call, [journey_command, "--help"]),
            partial(call, [journey_command, "run", str(scenario), "--replications", "2", "--db", f"{folder}/a.sqlite"]),
        ]
        for work in works:
            work()
        times = in_turn(works, rounds)
    return [
        at_most("`journey --help`, whole process", typical(times, 0), 0.4, "{:.2f} s"),
        at_most("`journey run` of 100 customers twice, whole process", typical(times, 1), 2, "{:.2f} s"),
    ]
