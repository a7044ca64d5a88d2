"""Killed or told to end at any moment, commands lose nothing, keep nothing twice and leave nothing lying about."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.store import Store
from tests.cli.conftest import Journey, start, write_scenario
from tests.cli.test_resume import figures, stored_in
from tests.faults.conftest import stored

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="there are no such signals"),
]

KILLS = 20
SECONDS = 90.0
"""After which no more processes are begun, however many were ended by then; a few always are."""
FEWEST = 6
SIGNALS = ("SIGKILL", "SIGTERM", "SIGHUP")
REPLICATIONS = 30


def kills(name: str) -> Iterator[tuple[int, random.Random]]:
    """The number of each kill, with the chance that says when it comes."""
    begin = time.monotonic()
    for number in range(KILLS):
        if number >= FEWEST and time.monotonic() - begin > SECONDS:
            return
        yield number, random.Random(f"{name} {number}")


def ended(process: subprocess.Popen[str], name: str, to_all: bool) -> str:
    """What a process says that is told to end, alone or with all processes that it began; none of them is left."""
    number = getattr(signal, name)
    (os.killpg if to_all else os.kill)(process.pid, number)
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in out + err, err
    assert "should not have" not in err, err
    # 0: it was done just before; by the signal: before it listened to any, or when all was said.
    assert process.returncode in ((-number, 0) if name == "SIGKILL" else (130, -number, 0)), (process.returncode, err)
    if process.returncode == 130:
        assert "Interrupted" in err
    deadline = time.monotonic() + 10
    while left := running(process.pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    return err


def running(session: int) -> str:
    listed = subprocess.run(["ps", "-o", "stat=,pid=,args=", "-s", str(session)], capture_output=True, text=True).stdout
    return "\n".join(line for line in listed.splitlines() if not line.startswith("Z"))


@pytest.mark.parametrize("name", SIGNALS)
def test_runs_end_with_the_figures_of_an_unbroken_one(journey: Journey, name: str) -> None:
    scenario = write_scenario(Path("small.toml").resolve(), population={"size": 20_000})
    options = ("run", scenario, "--replications", REPLICATIONS, "--workers")
    expected = figures(journey(*options, 1, "--db", "u.sqlite", "--json").out)
    [complete] = stored(Path("u.sqlite")).values()
    midway = 0
    for number, chance in kills(f"run {name}"):
        db = Path(f"s{number}.sqlite").resolve()
        process = start(*options, 1 + number % 2, "--db", db, start_new_session=True)
        while process.poll() is None and stored_in(db) == 0:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.4))
        said = ended(process, name, to_all=number % 4 < 2)
        if process.returncode == 130:
            assert "Continue with: journey run --resume" in said
            with Store(db, read_only=True) as store:
                assert store.run("latest").status == "interrupted"
        midway += 0 < stored_in(db) < REPLICATIONS
        resumed = journey("run", "--resume", "latest", "--workers", 1, "--db", db, "--json")
        assert resumed.code == 0, resumed.err
        assert figures(resumed.out) == expected
        assert list(stored(db).values()) == [complete]
    assert midway >= FEWEST // 2


@pytest.mark.parametrize("name", SIGNALS)
def test_what_was_exported_before_stays_until_the_new_is_whole(journey: Journey, name: str) -> None:
    scenario = write_scenario(Path("small.toml"), population={"size": 3_000})
    assert journey("run", scenario, "--replications", 20, "--workers", 1, "--db", "s.sqlite").code == 0
    command = ("export", "latest", "-o", "out", "--events", "--db", "s.sqlite")
    assert journey(*command).code == 0
    expected = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    begin = time.monotonic()
    start(*command).communicate()
    takes = time.monotonic() - begin
    for number, chance in kills(f"export {name}"):
        process = start(*command, start_new_session=True)
        time.sleep(chance.uniform(0.4, 1) * takes)
        ended(process, name, to_all=number % 4 < 2)
        found = {path.name: path.read_bytes() for path in Path("out").iterdir() if path.suffix != ".part"}
        assert found == expected
    assert journey(*command).code == 0
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == expected


@pytest.mark.parametrize("name", SIGNALS)
def test_what_was_fitted_before_stays_until_the_new_is_whole(journey: Journey, name: str) -> None:
    chance = random.Random(name)
    lines = [
        f"{case},{step},2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        for case in range(20_000)
        for step in ("look", chance.choice(("buy", "leave")))
    ]
    Path("log.csv").write_text("\n".join(("case,activity,time", *lines)))
    columns = ("--case", "case", "--activity", "activity", "--time", "time")
    command = ("fit", "log.csv", *columns, "-o", "f.toml", "--force")
    assert journey(*command).code == 0
    expected = Path("f.toml").read_text()
    begin = time.monotonic()
    start(*command).communicate()
    takes = time.monotonic() - begin
    for number, when in kills(f"fit {name}"):
        Path("f.toml").write_text("before")
        process = start(*command, start_new_session=True)
        time.sleep(when.uniform(0.4, 1) * takes)
        ended(process, name, to_all=number % 4 < 2)
        assert Path("f.toml").read_text() in ("before", expected)
    assert journey(*command).code == 0
    assert Path("f.toml").read_text() == expected
    assert {path.name for path in Path.cwd().iterdir()} == {"log.csv", "f.toml"}


SAVE_AGAIN_AND_AGAIN = """
import sys
from pathlib import Path
from app.desktop.document.saving import write_whole
number = 0
while True:
    write_whole(Path(sys.argv[1]), f"{number}\\n".encode() * 200_000)
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("name", SIGNALS)
def test_a_save_that_is_killed_leaves_what_was_saved_before(own_folders: None, name: str) -> None:
    write_whole = pytest.importorskip("app.desktop.document.saving").write_whole
    path = Path("saved.toml")
    for _, chance in kills(f"save {name}"):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVE_AGAIN_AND_AGAIN, str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        process.send_signal(getattr(signal, name))
        said += process.stdout.read()
        process.communicate(timeout=60)
        first, *others = path.read_text().splitlines()
        assert len(others) == 199_999
        assert set(others) == {first}
        assert int(first) in (len(said.split()) - 1, len(said.split()))
        write_whole(path, b"")
        assert [each.name for each in Path.cwd().iterdir()] == ["saved.toml"]
