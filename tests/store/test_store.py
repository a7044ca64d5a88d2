import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.outcomes.records import Curve, Measured, Replication
from sim.store import Store, StoreError
from sim.store.rows import BY_SEGMENT, FIGURES
from tests.store.replications import begin, replication


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "journey.sqlite") as store:
        yield store


def bits(one: Replication) -> list[str]:
    """Every number of a replication, written to the last bit (the sign of zero too)."""
    found = []
    for arm in one.arms:
        for table in (arm.outcomes, arm.touchpoints, arm.transitions, arm.channels, arm.stages, arm.actions):
            found += [
                f"{group} {name} {float(value).hex()}" for group, row in table.items() for name, value in row.items()
            ]
        found += [f"{name} {float(value).hex()}" for name, days in arm.daily.items() for value in days]
        for name, curve in arm.curves.items():
            found += [f"{name} {float(x).hex()}" for x in (*curve.day, *curve.value)]
    return found


def test_a_replication_comes_back_to_the_last_bit(store: Store) -> None:
    written = {number: replication(number, base=number / 3) for number in (2, 0, 1)}
    run = begin(store)
    for one in written.values():
        store.write(run, one)
    back = store.replications(run)
    assert [one.number for one in back] == [0, 1, 2]
    for one in back:
        assert bits(one) == bits(written[one.number])
        assert one.pairs == written[one.number].pairs
        assert one.arms[0].outcomes["bargain"] == {}
        assert one.arms[0].absent == {"retention_90": "too few customers are followed that long"}


def test_names_that_stand_in_many_rows_are_read_into_memory_once(store: Store) -> None:
    run = begin(store)
    for number in range(3):
        store.write(run, replication(number))
    arms = [arm for one in store.replications(run) for arm in one.arms]
    named = (*FIGURES, *BY_SEGMENT, "outcomes", "sums", "groups", "group_sums", "drawn", "daily", "absent")
    names = [name for arm in arms for table in named for name in every_name(getattr(arm, table))]
    assert len(names) > 100
    assert len({id(name) for name in names}) == len(set(names))


def every_name(table: dict[str, Any]) -> list[str]:
    """The keys of a table and of the tables in it."""
    return [*table, *(name for inner in table.values() if isinstance(inner, dict) for name in every_name(inner))]


ids = st.text("abcdefghij-_/0123456789", min_size=1, max_size=6)
numbers = st.floats(allow_nan=False, allow_infinity=False)
sums = st.dictionaries(ids, st.dictionaries(ids, st.tuples(numbers, numbers), max_size=3), max_size=3)
figures = st.dictionaries(ids, st.dictionaries(ids, numbers, max_size=3), max_size=3)
curves = st.dictionaries(
    ids,
    st.lists(st.tuples(numbers, numbers), max_size=4).map(
        lambda points: Curve(np.array([p[0] for p in points], float), np.array([p[1] for p in points], float))
    ),
    max_size=2,
)


@st.composite
def replications(draw: st.DrawFn, number: int) -> Replication:
    arms = tuple(
        Measured(
            arm=arm,
            replication=number,
            events=draw(st.integers(0, 2**40)),
            seconds=draw(st.floats(0, 1e6)),
            outcomes=draw(figures),
            absent=draw(st.dictionaries(ids, st.text(max_size=8).map(lambda t: t.encode(errors="ignore").decode()))),
            curves=draw(curves),
            touchpoints=draw(figures),
            transitions=draw(figures),
            channels=draw(figures),
            stages=draw(figures),
            actions=draw(figures),
            drawn=draw(figures),
            sums=draw(sums),
            groups=draw(figures),
            group_sums=draw(sums),
            drawn_sums=draw(sums),
            drawn_groups=draw(figures),
            drawn_group_sums=draw(sums),
        )
        for arm in ("base", "other")
    )
    pairs = st.dictionaries(st.just("other"), figures)
    return Replication(number, arms, draw(pairs), draw(pairs))


@settings(max_examples=25, deadline=None)
@given(one=replications(0), two=replications(1))
def test_whatever_was_measured_comes_back_equal(one: Replication, two: Replication) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store.sqlite") as store:
        run = begin(store)
        store.sink(run).write(two)
        store.sink(run).write(one)
        for written, back in zip((one, two), store.replications(run), strict=True):
            assert back.number == written.number
            assert back.pairs == written.pairs
            assert sorted(bits(back)) == sorted(bits(written))
            for before, after in zip(written.arms, back.arms, strict=True):
                assert {**vars(after), "curves": None} == {**vars(before), "curves": None}
                assert after.curves.keys() == before.curves.keys()
                for name, curve in before.curves.items():
                    assert after.curves[name].day.tobytes() == curve.day.tobytes()
                    assert after.curves[name].value.tobytes() == curve.value.tobytes()


def test_a_replication_is_stored_once_and_in_full_or_not_at_all(store: Store) -> None:
    run = begin(store)
    store.write(run, replication(0))
    with pytest.raises(StoreError, match=f"replication 0 of run {run} is stored already"):
        store.write(run, replication(0))
    assert count(store, "outcomes") == count_of(replication(0))


def test_a_write_that_fails_half_way_leaves_nothing_behind(store: Store) -> None:
    run = begin(store)
    with sqlite3.connect(store.path) as other:
        other.execute("drop table pairs")
    with pytest.raises(StoreError, match="pairs"):
        store.write(run, replication(0))
    assert count(store, "outcomes") == count(store, "replications") == 0


def test_an_interruption_just_after_a_write_began_leaves_the_store_to_those_who_keep_what_there_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(store)
    store.write(run, replication(0))
    begins = store._begin

    def begins_and_is_interrupted(wait: float) -> None:
        begins(wait)
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(store, "_begin", begins_and_is_interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.write(run, replication(1))
    store.finish(run, "interrupted", wait=0)
    assert store.run(run).status == "interrupted"
    assert [one.number for one in store.replications(run)] == [0]


def test_two_runs_in_one_store_are_kept_apart(store: Store) -> None:
    first, second = begin(store), begin(store)
    for number in range(2):
        store.write(first, replication(number))
        store.write(second, replication(number, base=0.5))
    assert store.replications(first)[1].arms[0].outcomes["all"]["conversion_rate"] == 0.1
    assert store.replications(second)[1].arms[0].outcomes["all"]["conversion_rate"] == 0.5


def test_a_run_is_found_by_its_id_by_how_the_id_begins_and_as_the_latest(store: Store) -> None:
    first, second = begin(store), begin(store, name="Another shop")
    assert store.run(first).name == "The shop"
    assert store.run("latest").id == second
    letters = next(n for n in range(1, 9) if first[:n] != second[:n])
    assert store.run(first[:letters]).id == first
    assert [run.id for run in store.runs()] == [second, first]


def test_a_run_knows_its_versions_and_how_much_of_it_is_stored(store: Store) -> None:
    run = begin(store, precision="conversion_rate=0.01")
    store.write(run, replication(4))
    kept = store.run(run)
    assert (kept.seed, kept.replications, kept.customers, kept.horizon, kept.stored) == (7, 3, 100, 365.0, 1)
    assert (kept.status, kept.ended, kept.precision) == ("running", None, "conversion_rate=0.01")
    assert kept.numpy == np.__version__
    assert [arm.id for arm in store.arms(run)] == ["base", "other"]


def test_an_unknown_run_is_named_with_the_nearest_one(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no run in this store yet"):
        store.run("latest")
    run = begin(store)
    with pytest.raises(StoreError, match=f"did you mean {run}") as caught:
        store.run(run[:-1] + "-")
    assert caught.value.wrong_input
    with pytest.raises(StoreError, match="journey runs"):
        store.run("zzzz")


def test_an_ambiguous_beginning_names_the_runs_it_fits(store: Store) -> None:
    ids = [begin(store) for _ in range(7)]  # six letters can begin an id
    twice = next(a for a in ids for b in ids if a != b and a[0] == b[0])
    with pytest.raises(StoreError, match="several runs begin with"):
        store.run(twice[0])


def test_a_value_that_is_not_a_number_is_stored_as_nothing(store: Store) -> None:
    run = begin(store)
    store.write(run, replication(0))
    values = [row[0] for row in store._connection.execute("select value from curves where day = 2 and arm = 'base'")]
    assert values == [None]


def count(store: Store, table: str) -> int:
    """Rows of a table."""
    return int(store._connection.execute(f"select count(*) from {table}").fetchone()[0])


def count_of(one: Replication) -> int:
    """Outcomes of a replication: those that have a value, and ratios that have none."""
    return sum(len({*arm.outcomes[of], *arm.sums[of]}) for arm in one.arms for of in arm.outcomes)
