"""Runs that are stored already: listed, named, noted, extended, deleted; and read while they grow."""

import sqlite3
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.outcomes.records import Replication
from sim.store import Store, StoreError, schema
from tests.store.older import as_version_1, as_version_3
from tests.store.replications import begin, replication
from tests.store.test_views import ask


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "journey.sqlite", wait=0.1) as store:
        yield store


def ended(steps: Generator[None, None, Any]) -> Any:
    """What a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def rows_of(path: Path, run: str) -> int:
    """How many rows of any table belong to a run."""
    with sqlite3.connect(path) as plain:
        tables = [name for (name,) in plain.execute("select name from sqlite_master where type = 'table'")]
        return sum(
            plain.execute(
                f"select count(*) from {table} where {'id' if table == 'runs' else 'run'} = ?", (run,)
            ).fetchone()[0]
            for table in tables
        )


def test_a_list_has_the_last_run_first_and_what_is_stored_of_each(store: Store) -> None:
    first = begin(store, replications=2)
    for number in range(2):
        store.write(first, replication(number))
    store.finish(first, "finished")
    second = begin(store, name="Another", precision="conversion_rate=0.01")
    store.write(second, replication(5))
    listed = store.run_list()
    assert [(run.id, run.name, run.stored, run.replications, run.status) for run in listed] == [
        (second, "Another", 1, 3, "running"),
        (first, "The shop", 2, 2, "finished"),
    ]
    assert [run.precise for run in listed] == [True, False]


def test_the_list_is_read_from_its_index_and_not_from_the_long_texts(store: Store) -> None:
    from sim.store import listing

    plan = store._connection.execute(f"explain query plan {listing.query()}").fetchall()
    assert any("USING COVERING INDEX runs_listed" in row[-1] for row in plan)


def test_a_name_and_a_note_are_kept(store: Store) -> None:
    run = begin(store)
    assert store.run(run).note == ""
    store.rename(run, "For Monday")
    store.annotate(run, "with dearer ads")
    assert (store.run(run).name, store.run(run).note) == ("For Monday", "with dearer ads")
    assert [(listed.name, listed.note) for listed in store.run_list()] == [("For Monday", "with dearer ads")]


def test_a_run_that_is_extended_asks_for_so_many_replications_whatever_it_was_begun_with(store: Store) -> None:
    run = begin(store, precision="conversion_rate=0.01")
    store.extend(run, 12)
    assert (store.run(run).replications, store.run(run).precision) == (12, None)


def test_deleted_runs_leave_nothing_and_the_others_stay(store: Store) -> None:
    gone, kept, also_gone = begin(store), begin(store), begin(store)
    for run in (gone, kept, also_gone):
        store.write(run, replication(0))
        store.finish(run, "finished")
    before = rows_of(store.path, kept)
    store.delete([gone, also_gone])
    assert rows_of(store.path, gone) == rows_of(store.path, also_gone) == 0
    assert rows_of(store.path, kept) == before > 0
    assert [run.id for run in store.runs()] == [kept]


def test_a_file_that_deleting_leaves_hollow_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        kept, gone = begin(store), begin(store)
        store.write(kept, replication(0))
        for number in range(400):
            store.write(gone, replication(number))
        expected = store.replications(kept)
    before = path.stat().st_size
    with Store(path) as store:
        store.delete([gone])
        assert store.replications(kept)[0].pairs == expected[0].pairs
    assert path.stat().st_size < before / 2


def test_deleting_that_fails_deletes_nothing(store: Store) -> None:
    run = begin(store)
    store.write(run, replication(0))
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreError, match="another program is writing"):
        store.delete([run])
    other.execute("rollback")
    other.close()
    assert store.run(run).stored == 1


def test_nothing_is_stored_of_a_run_that_was_deleted_meanwhile(store: Store) -> None:
    run = begin(store)
    store.delete([run])
    with pytest.raises(StoreError, match=f"run {run} is not in this store any more; it was deleted"):
        store.write(run, replication(0))
    with pytest.raises(StoreError, match="it was deleted"):
        store.rename(run, "Gone")
    assert rows_of(store.path, run) == 0


def test_a_growing_run_is_read_a_little_at_a_time_and_nothing_twice(store: Store) -> None:
    run, other = begin(store), begin(store)
    marks: dict[str, int] = {}
    seen: list[Replication] = []
    for numbers in ((1,), (3, 0), (), (2,)):
        for number in numbers:
            store.write(run, replication(number))
            store.write(other, replication(number, base=0.7))
        new = ended(store.reading(run, marks))
        assert [one.number for one in new] == sorted(numbers)
        seen += new
    whole = store.replications(run)
    for one, again in zip(sorted(seen, key=lambda one: one.number), whole, strict=True):
        assert one.pairs == again.pairs
        assert [arm.outcomes for arm in one.arms] == [arm.outcomes for arm in again.arms]
        assert [arm.curves["retention"].value.tobytes() for arm in one.arms] == [
            arm.curves["retention"].value.tobytes() for arm in again.arms
        ]


def test_what_is_stored_while_a_run_is_read_is_left_for_the_next_time(tmp_path: Path, store: Store) -> None:
    run = begin(store)
    store.write(run, replication(0))
    marks: dict[str, int] = {}
    with Store(store.path, read_only=True) as reader:
        steps = reader.reading(run, marks)
        next(steps)
        store.write(run, replication(1))
        assert [one.number for one in ended(steps)] == [0]
        assert [one.number for one in ended(reader.reading(run, marks))] == [1]


def test_reading_that_is_given_up_leaves_the_marks_and_the_store_as_they_were(store: Store) -> None:
    run = begin(store)
    store.write(run, replication(0))
    marks: dict[str, int] = {}
    steps = store.reading(run, marks)
    next(steps)
    steps.close()
    assert marks == {}
    store.write(run, replication(1))
    assert len(ended(store.reading(run, marks))) == 2


def test_a_store_without_notes_is_migrated_and_keeps_its_runs(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        store.write(run, replication(0))
        store.finish(run, "finished")
    as_version_1(path)
    with Store(path) as store:
        assert [(listed.id, listed.note) for listed in store.run_list()] == [(run, "")]
        store.annotate(run, "still here")
        assert store.run(run).note == "still here"
        assert store.replications(run)[0].pairs == replication(0).pairs
        assert "all" not in store.replications(run)[0].arms[0].drawn
        store.write(run, replication(1))
        assert store.replications(run)[1].drawn_pairs == replication(1).drawn_pairs
    with sqlite3.connect(path) as plain:
        assert plain.execute("pragma user_version").fetchone() == (schema.VERSION,)
        assert plain.execute("select count(*) from latest_outcomes").fetchone() != (0,)
        made = dict(plain.execute("select name, sql from sqlite_master where type = 'index'"))
    with Store(tmp_path / "new.sqlite"), sqlite3.connect(tmp_path / "new.sqlite") as plain:
        assert dict(plain.execute("select name, sql from sqlite_master where type = 'index'")) == made
    assert (tmp_path / "journey.v1.sqlite").exists()


def test_a_store_of_version_3_keeps_its_figures_and_tells_groups_from_segments(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        for number in range(3):
            store.write(run, replication(number))
        store.finish(run, "finished")
    as_version_3(path)
    with sqlite3.connect(path) as older:
        assert older.execute("select distinct segment from outcomes").fetchall() == [("all",), ("treated",)]
    older.close()
    with Store(path) as store:
        back = store.replications(run)
        for one, written in zip(back, (replication(number) for number in range(3)), strict=True):
            for arm, before in zip(one.arms, written.arms, strict=True):
                assert (arm.outcomes, arm.groups) == (before.outcomes, before.groups)
                assert (arm.drawn, arm.drawn_groups) == (before.drawn, before.drawn_groups)
                assert not any(arm.sums.values()), "version 3 kept no parts and wholes"
        store.write(run, replication(3))
        assert store.replications(run)[3].arms[0].sums == replication(3).arms[0].sums
    assert tables_of(path) == tables_of(tmp_path / "new.sqlite")
    assert (tmp_path / "journey.v3.sqlite").exists()


def test_the_views_of_a_store_of_version_3_answer_as_before_but_without_groups(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        for number in range(3):
            store.write(run, replication(number))
        store.finish(run, "finished")
    questions = [
        "select * from latest_outcomes where outcome = 'conversion_rate'",
        "select * from comparisons where outcome = 'conversion_rate'",
    ]
    before = [sorted(ask(path, question)) for question in questions]
    as_version_3(path)
    Store(path).close()
    assert [sorted(ask(path, question)) for question in questions] == before
    assert ask(path, "select distinct segment from comparisons") == [("all",)]
    assert ask(path, "select distinct whose from group_summaries") == [("treated",)]


def tables_of(path: Path) -> dict[str, list[str]]:
    """The columns of each table and view, and the statements of indexes; a store is made where there is none."""
    Store(path).close()
    names = [name for (name,) in ask(path, "select name from sqlite_master where type in ('table', 'view')")]
    indexes = sorted(str(sql) for (sql,) in ask(path, "select sql from sqlite_master where type = 'index'"))
    columns = {str(name): [str(row[1]) for row in ask(path, f"pragma table_info({name})")] for name in sorted(names)}
    return columns | {"indexes": indexes}
