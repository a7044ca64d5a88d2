import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app.runs.stored import plan_of
from sim.outcomes import Replication
from sim.store import Status, Store
from tests.cli.conftest import Journey, start, write_scenario


def figures(text: str) -> dict[str, Any]:
    """A run's document without what differs from run to run: its id and how fast it was."""
    found = json.loads(text)
    return {key: value for key, value in found.items() if key not in ("run", "engine")}


def interrupted_after(
    count: int, journey: Journey, monkeypatch: pytest.MonkeyPatch, *arguments: object, error: type[BaseException]
) -> Any:
    """A run during which `error` comes up once `count` replications are stored."""
    write = Store.write

    def write_or_stop(store: Store, run: str, replication: Replication, **options: Any) -> None:
        write(store, run, replication, **options)
        if len(store.finished(run)) == count:
            raise error

    monkeypatch.setattr(Store, "write", write_or_stop)
    ended = journey("run", *arguments, "--workers", 1, "--db", "s.sqlite")
    monkeypatch.setattr(Store, "write", write)
    return ended


@pytest.mark.slow
def test_a_run_that_was_killed_ends_with_the_figures_of_an_unbroken_one_when_resumed(tmp_path: Path) -> None:
    scenario = write_scenario(tmp_path / "small.toml", population={"size": 5_000})
    store = tmp_path / "s.sqlite"
    process = start("run", scenario, "--replications", 40, "--workers", 2, "--db", store, start_new_session=True)
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline and stored_in(store) < 3:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    before = stored_in(store)
    assert 3 <= before < 40
    resumed = called("run", "--resume", "latest", "--workers", 2, "--db", store, "--json")
    unbroken = called("run", scenario, "--replications", 40, "--workers", 2, "--db", tmp_path / "u.sqlite", "--json")
    assert figures(resumed) == figures(unbroken)
    with Store(store) as kept:
        assert kept.finished(kept.run("latest").id) == tuple(range(40))
        assert kept.run("latest").status == "finished"
    with sqlite3.connect(store) as plain:
        rows = plain.execute("select count(*) from outcomes").fetchone()
        distinct = "select count(*) from (select distinct run, arm, replication, segment, outcome from outcomes)"
        assert plain.execute(distinct).fetchone() == rows
        assert plain.execute("select count(distinct run) from outcomes").fetchone() == (1,)


def stored_in(path: Path) -> int:
    """How many replications another program sees in a store that is being written."""
    try:
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as plain:
            return int(plain.execute("select count(distinct replication) from replications").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def called(*arguments: object) -> str:
    """What `journey` prints in a process of its own."""
    command = [sys.executable, "-m", "app.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_an_interrupted_run_keeps_what_it_had_says_how_to_go_on_and_goes_on(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--replications", 6, "--seed", 3, "--customers", 50, "--arm", "now", "--arm", "dear:money.setup=9")
    ended = interrupted_after(2, journey, monkeypatch, scenario, *options, error=KeyboardInterrupt)
    assert ended.code == 130
    assert "2 of 6 replications are finished and kept. Continue with: journey run --resume " in ended.err
    assert "2 replications" in ended.out
    with Store(Path("s.sqlite")) as store:
        assert store.run("latest").status == "interrupted"
    scenario.unlink()  # what is stored is enough
    resumed = journey("run", "--resume", "latest", "--workers", 1, "--json", "--db", "s.sqlite")
    write_scenario(scenario)
    unbroken = journey("run", scenario, *options, "--workers", 1, "--json", "--db", "u.sqlite")
    assert resumed.code == unbroken.code == 0
    assert figures(resumed.out) == figures(unbroken.out)


def test_a_run_that_fails_keeps_what_it_had_and_can_be_resumed(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = interrupted_after(1, journey, monkeypatch, scenario, error=MemoryError)
    assert ended.code == 1
    assert "Finished replications are kept as run" in ended.err
    with Store(Path("s.sqlite")) as store:
        assert (store.run("latest").status, store.run("latest").stored) == ("failed", 1)
    assert journey("run", "--resume", "latest", "--workers", 1, "--db", "s.sqlite").code == 0


def test_a_run_that_is_told_to_end_while_its_failure_is_noted_was_interrupted(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends all processes of a run at once: its workers may be dead before it hears of it itself."""
    noted = Store.finish
    told = []

    def finish(self: Store, run: str, status: Status, wait: float | None = None) -> None:
        noted(self, run, status, wait=wait)
        if not told:
            told.append(status)
            raise KeyboardInterrupt

    monkeypatch.setattr(Store, "finish", finish)
    ended = interrupted_after(2, journey, monkeypatch, scenario, error=MemoryError)
    assert told == ["failed"]
    assert ended.code == 130
    assert "Continue with: journey run --resume " in ended.err
    with Store(Path("s.sqlite")) as store:
        assert (store.run("latest").status, store.run("latest").stored) == ("interrupted", 2)


def test_a_precise_run_that_was_interrupted_stops_where_an_unbroken_one_does(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--precision", "conversion_rate=0.02")
    interrupted_after(4, journey, monkeypatch, scenario, *options, error=KeyboardInterrupt)
    resumed = journey("run", "--resume", "latest", "--workers", 1, "--json", "--db", "s.sqlite")
    unbroken = journey("run", scenario, *options, "--workers", 1, "--json", "--db", "u.sqlite")
    assert figures(resumed.out) == figures(unbroken.out)


def test_a_run_that_is_complete_says_so_and_is_shown(journey: Journey, scenario: Path) -> None:
    first = journey("run", scenario, "--workers", 1, "--json")
    again = journey("run", "--resume", "latest", "--json")
    assert again.code == 0
    assert "is complete already" in again.err
    assert figures(again.out) == figures(first.out)


@pytest.mark.parametrize(
    "beside",
    [["small.toml"], ["--seed", "1"], ["--set", "horizon=9"], ["--arm", "a"], ["--replications", "9"]],
    ids=lambda beside: beside[0],
)
def test_what_a_resumed_run_has_already_cannot_be_said_again(
    journey: Journey, scenario: Path, beside: list[str]
) -> None:
    journey("run", scenario, "--workers", 1, "--db", "s.sqlite")
    ended = journey("run", "--resume", "latest", *beside, "--db", "s.sqlite")
    assert ended.code == 2
    assert "--resume continues a run as it was started: leave out" in ended.err


def test_a_run_that_this_engine_would_not_repeat_is_not_resumed(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted_after(1, journey, monkeypatch, scenario, error=KeyboardInterrupt)
    with sqlite3.connect("s.sqlite") as plain:
        plain.execute("update outcomes set value = value + 0.5 where outcome = 'conversion_rate' and arm = 'now'")
    ended = journey("run", "--resume", "latest", "--workers", 1, "--db", "s.sqlite")
    assert ended.code == 1
    assert "arm now, replication 0: simulated again" in ended.err
    with Store(Path("s.sqlite")) as store:
        assert store.run("latest").stored == 1


def test_a_run_of_files_that_extend_others_goes_on_without_any_of_them(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("dear.toml").write_text('extends = "small.toml"\nbehaviour = { price_index = 1.2 }\n')
    arms = [{"id": "now"}, {"id": "dear", "extends": "dear.toml"}]
    write_scenario(scenario, experiment={"replications": 3, "arms": arms})
    Path("mine.toml").write_text('extends = "small.toml"\nhorizon = 20\n')
    interrupted_after(1, journey, monkeypatch, "mine.toml", error=KeyboardInterrupt)
    unbroken = journey("run", "mine.toml", "--workers", 1, "--json", "--db", "u.sqlite")
    for file in (scenario, Path("dear.toml"), Path("mine.toml")):
        file.unlink()
    resumed = journey("run", "--resume", "latest", "--workers", 1, "--json", "--db", "s.sqlite")
    assert resumed.code == 0, resumed.err
    assert figures(resumed.out) == figures(unbroken.out)


def test_an_arm_that_no_file_could_hold_is_resumed_all_the_same(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody reaches "done" in this arm, which in a file of its own would be an error.
    unreachable = ("--arm", "now", "--arm", "closed:transitions.middle/done.enabled=false")
    interrupted_after(1, journey, monkeypatch, scenario, *unreachable, error=KeyboardInterrupt)
    assert journey("run", "--resume", "latest", "--workers", 1, "--db", "s.sqlite").code == 0
    with Store(Path("s.sqlite")) as store:
        run = store.run("latest")
        assert [arm.id for arm in plan_of(run, store).variants] == ["now", "closed"]
