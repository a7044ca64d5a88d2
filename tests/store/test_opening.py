import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.store import Store, StoreError, default_path, schema
from sim.store.opening import connect, explain
from tests.store.replications import begin, replication


def test_the_store_lies_in_the_users_data_folder_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_data_path", lambda *names, **_: tmp_path / names[0])
    assert default_path() == tmp_path / "journey-sandbox" / "journey.sqlite"
    with Store() as store:
        begin(store)
    assert default_path().exists()


def test_a_new_store_makes_its_folder_and_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a #store%.sqlite"
    with Store(path) as store:
        begin(store)
    with sqlite3.connect(path) as plain:
        assert plain.execute("pragma journal_mode").fetchone() == ("wal",)
        assert plain.execute("pragma user_version").fetchone() == (schema.VERSION,)
    with Store(path, read_only=True) as store:
        assert len(store.runs()) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("notes.txt", b"just some words, longer than a header", "not a store"),
        ("photo.png", bytes(range(256)), "not a store"),
        ("half.sqlite", b"SQLite format 3\x00" + b"\x07" * 200, "not a store"),
    ],
)
def test_a_file_of_another_sort_is_refused_and_left_as_it_is(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(StoreError, match=says) as caught:
            Store(path, read_only=read_only)
        assert caught.value.wrong_input
        assert str(path) in str(caught.value)
    assert path.read_bytes() == content
    assert os.listdir(tmp_path) == [name]


def test_a_folder_is_refused_with_a_better_path(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"this is a folder; --db takes a file, such as .*journey\.sqlite"):
        Store(tmp_path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="give --db a path in a folder that may be written") as caught:
        Store(tmp_path / "file" / "store.sqlite")
    assert caught.value.wrong_input


def test_reading_a_store_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store here yet"):
        Store(tmp_path / "none.sqlite", read_only=True)
    (tmp_path / "empty.sqlite").touch()
    with pytest.raises(StoreError, match="there is no store here yet"):
        Store(tmp_path / "empty.sqlite", read_only=True)
    assert (tmp_path / "empty.sqlite").stat().st_size == 0
    assert os.listdir(tmp_path) == ["empty.sqlite"]


def test_an_sqlite_file_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("create table songs (title text)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"pragma user_version = {schema.VERSION + 1}")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=f"newer Journey Sandbox \\(store version {schema.VERSION + 1}"):
        Store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [False, True])
def test_an_older_store_is_migrated_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        store.write(run, replication(0))
    before = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", before + 1)
    monkeypatch.setattr(
        schema, "MIGRATIONS", {before: lambda connection: connection.execute("create index noted on runs (note)")}
    )
    (tmp_path / f"journey.v{before}.sqlite").write_text("a file that is in the way")
    with Store(path, read_only=read_only) as store:
        assert store.replications(run)[0].number == 0
        assert "noted" in {row[1] for row in store._connection.execute("pragma index_list(runs)")}
        assert store._connection.execute("select count(*) from latest_outcomes").fetchone() == (0,)
    with sqlite3.connect(tmp_path / f"journey.v{before}-2.sqlite") as backup:
        assert backup.execute("pragma user_version").fetchone() == (before,)
        assert backup.execute("select id from runs").fetchone() == (run,)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
    before = schema.VERSION

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("drop table runs")
        connection.execute("select * from nowhere")

    monkeypatch.setattr(schema, "VERSION", before + 1)
    monkeypatch.setattr(schema, "MIGRATIONS", {before: fail})
    with pytest.raises(StoreError, match="nowhere"):
        Store(path)
    monkeypatch.setattr(schema, "VERSION", before)
    with Store(path) as store:
        assert store.run("latest").id == run


def test_a_store_in_use_by_another_writer_says_so_and_works_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path, wait=0.05) as store:
        run = begin(store)
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("begin immediate")
        with pytest.raises(StoreError, match="another program is writing to this store"):
            store.write(run, replication(0))
        writer.execute("rollback")
        writer.close()
        store.write(run, replication(0))
        assert store.run(run).stored == 1


def test_another_program_may_read_while_a_run_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        store.write(run, replication(0))
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("begin")
        seen = reader.execute("select count(*) from outcomes").fetchone()
        for number in range(1, 4):
            store.write(run, replication(number))
        assert reader.execute("select count(*) from outcomes").fetchone() == seen
        reader.execute("commit")
        assert reader.execute("select count(distinct replication) from outcomes").fetchone() == (4,)
        reader.close()


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    with Store(tmp_path / "journey.sqlite") as store:
        run = begin(store)
        store.write(run, replication(0))
        pages = store._connection.execute("pragma page_count").fetchone()[0]
        store._connection.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full; what was stored before is kept"):
            fill(store, run)
        kept = store.replications(run)
        assert len(kept) >= 1
        assert [len(one.arms) for one in kept] == [2] * len(kept)


def fill(store: Store, run: str) -> None:
    for number in range(1, 1000):
        store.write(run, replication(number))


def test_a_store_that_may_only_be_read_can_be_read_and_says_so_when_written(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
    with Store(path, read_only=True) as store:
        assert store.run(run).id == run
        with pytest.raises(StoreError, match="this store may only be read"):
            store.finish(run, "finished")


def test_several_programs_may_make_the_same_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    start = threading.Barrier(4)

    def make(_: int) -> str:
        start.wait()
        with Store(path) as store:
            return begin(store)

    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(make, range(4)))
    with Store(path) as store:
        assert {run.id for run in store.runs()} == made


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (sqlite3.SQLITE_BUSY, "close it"),
        (sqlite3.SQLITE_FULL, "free some space"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "make it writable"),
        (sqlite3.SQLITE_CANTOPEN, "see that its folder is there"),
        (sqlite3.SQLITE_CORRUPT, "is damaged"),
        (sqlite3.SQLITE_IOERR_WRITE, "what was stored before is kept"),
        (sqlite3.SQLITE_ERROR, "cannot be used"),
    ],
)
def test_each_failure_says_what_to_do(code: int, says: str) -> None:
    error = sqlite3.OperationalError("as SQLite puts it")
    error.sqlite_errorcode = code
    assert says in str(explain(error, Path("journey.sqlite")))


def test_a_connection_that_cannot_be_made_leaves_no_file_open(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    Store(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute("pragma user_version = 99")
    newer.close()
    with pytest.raises(StoreError):
        connect(path)
    path.unlink()
    assert list(tmp_path.iterdir()) == []
