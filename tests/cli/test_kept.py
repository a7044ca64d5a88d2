"""That a run is stored is said only where somebody will find it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sim.outcomes import Replication
from sim.store import Store
from tests.cli.conftest import Journey, write_scenario


@pytest.mark.parametrize(
    ("db", "says"),
    [
        (":memory:", "something else than a file's name"),
        ("file::memory:", "something else than a file's name"),
        ("file:s.sqlite?mode=memory", "something else than a file's name"),
        ("file:///tmp/s.sqlite?vfs=unix-none", "something else than a file's name"),
        ("/dev/null", "no ordinary file"),
        ("pipe", "no ordinary file"),
        ("", "this is a folder"),
        ("n" * 300, "give --db a path in a folder that may be written"),
    ],
)
def test_what_keeps_nothing_is_no_store(journey: Journey, scenario: Path, db: str, says: str) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe")
    for command in (["run", scenario, "--workers", 1], ["runs"], ["show", "latest"]):
        ended = journey(*command, "--db", db)
        assert ended.code == 2
        assert says in ended.err
        assert ended.err.count("\n") == 1
        assert "Stored" not in ended.out
    assert {path.name for path in Path.cwd().iterdir()} <= {"small.toml", "pipe"}


@pytest.mark.slow
def test_names_that_begin_with_a_tilde_are_names(journey: Journey, scenario: Path) -> None:
    file = write_scenario(Path("~x.toml"))
    ended = journey("run", file, "--workers", 1, "--db", "~x.sqlite", "--events", "~x.parquet", "--csv", "~x")
    assert ended.code == 0, ended.err
    run = next(line for line in ended.out.splitlines() if line.startswith("Stored as run"))
    assert run.endswith(" in ~x.sqlite")
    assert "--db '~x.sqlite'" in ended.out
    assert journey("export", "latest", "-o", "~y", "--format", "xes", "--events", "--db", "~x.sqlite").code == 0
    Path("~x.csv").write_text("c,a,t\n1,look,2026-01-01\n1,buy,2026-01-02\n2,look,2026-01-01\n2,buy,2026-01-03\n")
    columns = ("--case", "c", "--activity", "a", "--time", "t")
    assert journey("fit", "~x.csv", *columns, "-o", "~fitted.toml").code == 0
    there = {path.name for path in Path.cwd().iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert there == {"small.toml", "~x.toml", "~x.sqlite", "~x.parquet", "~x", "~y", "~x.csv", "~fitted.toml"}


def test_a_tilde_alone_is_the_users_folder(journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("home").mkdir()
    monkeypatch.setenv("HOME", str(Path.cwd() / "home"))
    monkeypatch.setenv("USERPROFILE", str(Path.cwd() / "home"))
    assert journey("run", scenario, "--workers", 1, "--db", "~/s.sqlite").code == 0
    assert Path("home/s.sqlite").exists()


def remove(db: Path) -> None:
    for path in Path.cwd().glob(f"{db.name}*"):
        path.unlink()


def replace(db: Path) -> None:
    remove(db)
    Store(db).close()


def delete(db: Path) -> None:
    with Store(db) as other:
        other.delete([run.id for run in other.runs()])


@pytest.mark.skipif(os.name == "nt", reason="there, nobody removes an open file")
@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (remove, "this store was removed or replaced while it was in use; run again"),
        (replace, "this store was removed or replaced while it was in use; run again"),
        (delete, "is not in this store any more; it was deleted"),
    ],
)
@pytest.mark.parametrize("after", [1, 3])
def test_a_run_that_nobody_finds_again_is_not_said_to_be_kept(
    journey: Journey,
    scenario: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path], None],
    says: str,
    after: int,
) -> None:
    """While the run is on its way, after so many of three replications."""
    write, db = Store.write, Path("s.sqlite")

    def write_and_lose(store: Store, run: str, replication: Replication, **options: Any) -> None:
        if replication.number == after:
            happens(db)
        write(store, run, replication, **options)
        if after == replication.number + 1 == 3:
            happens(db)

    monkeypatch.setattr(Store, "write", write_and_lose)
    ended = journey("run", scenario, "--workers", 1, "--db", db)
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert says in ended.err
    for words in ("Stored as run", "kept as run", "Go on with"):
        assert words not in ended.out + ended.err
    if db.exists():
        with closing(sqlite3.connect(db)) as plain:
            assert plain.execute("select count(*) from outcomes").fetchone() == (0,)
