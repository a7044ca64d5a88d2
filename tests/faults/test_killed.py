"""Killed at any moment, a run goes on and ends with the figures of an unbroken one."""

import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from sim.store import Store
from tests.cli.conftest import Journey, start, write_scenario
from tests.cli.test_resume import figures, stored_in
from tests.faults.conftest import stored

REPLICATIONS = 40
KILLS = 50
EARLY = 12
"""Kills at any moment since the program was called; the others come while replications are being stored."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_fifty_runs_killed_at_random_moments_end_with_the_figures_of_an_unbroken_one(journey: Journey) -> None:
    scenario = write_scenario(Path("small.toml").resolve(), population={"size": 20_000})
    options = ("run", scenario, "--replications", REPLICATIONS, "--workers")
    assert journey(*options, 1, "--db", "warm.sqlite").code == 0  # the engine is compiled once for all
    begin = time.monotonic()
    unbroken = start(*options, 1, "--db", Path("u.sqlite").resolve(), "--json")
    while stored_in(Path("u.sqlite").resolve()) == 0:
        time.sleep(0.001)
    first = time.monotonic()
    expected = figures(unbroken.communicate(timeout=300)[0])
    end = time.monotonic()
    [complete] = stored(Path("u.sqlite")).values()
    chance = random.Random(2026)
    before_any = midway = 0
    for kill in range(KILLS):
        db = Path(f"s{kill}.sqlite").resolve()
        process = start(*options, 1 + (kill % 4 == 0), "--db", db, start_new_session=True)
        if kill < EARLY:
            time.sleep(chance.uniform(0, end - begin))
        else:
            while process.poll() is None and stored_in(db) == 0:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.9 * (end - first)))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        kept = replications_in(db)
        if kept is None:  # killed before the run was noted: there is nothing to go on with
            before_any += 1
            assert journey("run", "--resume", "latest", "--db", db).code == 2
            again = journey(*options, 1, "--db", db, "--json")
        else:
            midway += 0 < len(kept) < REPLICATIONS
            assert len(kept) == len(set(kept))
            again = journey("run", "--resume", "latest", "--workers", 1, "--db", db, "--json")
        assert again.code == 0, (kill, again.err)
        assert figures(again.out) == expected, kill
        assert sorted(replications_in(db) or ()) == list(range(REPLICATIONS))
        assert list(stored(db).values()) == [complete], kill
        with Store(db, read_only=True) as store:
            assert store.run("latest").status == "finished"
        for path in db.parent.glob(f"{db.name}*"):
            path.unlink()
    print(f"{KILLS} kills, {end - begin:.1f} s a run: {before_any} before the run was noted, {midway} midway")
    assert midway >= KILLS // 2


def replications_in(db: Path) -> list[int] | None:
    """The replications of the only run of a store, once for each time that they are stored under the first arm."""
    if not db.exists():
        return None
    with closing(sqlite3.connect(db)) as plain:
        if not plain.execute("select count(*) from sqlite_master where name = 'runs'").fetchone()[0]:
            return None
        if not plain.execute("select count(*) from runs").fetchone()[0]:
            return None
        return [number for (number,) in plain.execute("select replication from replications where arm = 'now'")]
