import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sim.store import Store, StoreError, schema
from tests.store.older import as_version_3
from tests.store.replications import begin, replication

CHANGED = "use another store with --db, or a copy of this one from before it was changed"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A store with one run."""
    path = tmp_path_factory.mktemp("made") / "made.sqlite"
    with Store(path) as store:
        run = begin(store)
        store.write(run, replication(0))
        store.finish(run, "finished")
    return path.read_bytes()


@pytest.fixture
def path(made: bytes, tmp_path: Path) -> Path:
    """A copy of it."""
    path = tmp_path / "mailed.sqlite"
    path.write_bytes(made)
    return path


def changed(path: Path, *statements: str) -> bytes:
    """What the store holds after another program has changed it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)
        other.execute("pragma wal_checkpoint(truncate)")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["create trigger t after insert on runs begin update outcomes set value = value * 10; end"], 'trigger "t"'),
        (["create view more as select * from runs"], 'view "more"'),
        (
            ["alter table outcomes rename to old", "create view outcomes as select * from old"],
            'view "outcomes" in this store is none',
        ),
        (["drop view comparisons", "create view comparisons as select 373 as mean"], 'view "comparisons" in this'),
        (["drop view comparisons", "create table comparisons (run)"], 'view "comparisons" is missing'),
        (["create virtual table words using fts5(word)"], 'table "words" in this store is virtual'),
        (["alter table notes add column loud text as (upper(note))"], 'table "notes" in this store has columns that'),
        (["alter table runs add column loud text as (upper(note))"], 'table "runs" in this store has columns that'),
        (["alter table runs add column mood text"], 'table "runs" in this store has other columns'),
        (["alter table outcomes drop column whole"], 'table "outcomes" in this store has other columns'),
        (["drop table curves"], 'table "curves" is missing'),
        (["drop table stages", "create table stages (run, arm, replication, stage, figure, value int)"], '"stages"'),
        (["create unique index one on runs (note)"], 'index "one"'),
        (["create index some on outcomes (run) where value > 1"], 'index "some"'),
        (["create index computed on outcomes (upper(run))"], 'index "computed"'),
        (["drop index runs_listed", "create unique index runs_listed on runs (note)"], 'index "runs_listed"'),
    ],
    ids=lambda value: value[0][:40] if isinstance(value, list) else "",
)
def test_a_store_that_would_show_or_keep_other_figures_than_simulated_is_refused_and_left_as_it_is(
    path: Path, statements: list[str], says: str
) -> None:
    before = changed(path, "create table notes (note)", *statements)
    for read_only in (True, False):
        with pytest.raises(StoreError) as caught:
            Store(path, read_only=read_only)
        assert says in str(caught.value)
        assert str(caught.value).endswith(CHANGED)
        assert caught.value.wrong_input
    assert path.read_bytes() == before


def test_tables_indexes_and_statistics_of_ones_own_beside_the_stores_change_nothing(path: Path) -> None:
    changed(
        path, "create table notes (note)", "create index by_seed on runs (seed)", "drop index runs_listed", "analyze"
    )
    with Store(path) as store:
        assert store.replications(store.run("latest").id)[0].number == 0


def test_an_older_store_with_a_trigger_is_refused_before_it_is_migrated(path: Path) -> None:
    as_version_3(path)
    before = changed(path, "create trigger t after update on replications begin delete from curves; end")
    with pytest.raises(StoreError, match='trigger "t"'):
        Store(path, read_only=True)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.v3*"))


def test_an_older_store_whose_tables_are_others_stays_as_it_was(path: Path) -> None:
    as_version_3(path)
    before = changed(path, "alter table runs add column mood text")
    with pytest.raises(StoreError, match='table "runs" in this store has other columns'):
        Store(path)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("pragma user_version").fetchone() == (3,)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.v3*"))


@pytest.mark.parametrize("change", ["started = x'00'", "started = 'yesterday'", "arms = 'many'", "note = x'ff'"])
def test_a_list_of_runs_that_are_none_is_damaged(path: Path, change: str) -> None:
    changed(path, f"update runs set {change}")
    with Store(path, read_only=True) as store:
        for read in (store.runs, store.run_list):
            with pytest.raises(StoreError, match="the store is damaged"):
                read()


def test_every_version_of_the_store_is_familiar() -> None:
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))
