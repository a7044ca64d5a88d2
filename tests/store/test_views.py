import math
import sqlite3
from pathlib import Path

import pytest
from scipy import stats

from sim.outcomes.intervals import interval
from sim.outcomes.records import Measured, Replication
from sim.store import Store, schema
from sim.store.tables import export_csv, export_parquet
from tests.store.replications import begin, replication


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    """The answer of plain SQLite, as any tool would get it."""
    with sqlite3.connect(path) as plain:
        return plain.execute(question).fetchall()


def finished(path: Path, values: list[tuple[float, float]], **changes: object) -> str:
    """A finished run with these conversion rates under the two arms."""
    with Store(path) as store:
        run = begin(store, **changes)
        for number, (base, other) in reversed(list(enumerate(values))):
            store.write(run, replication(number, base, other))
        store.finish(run, "finished")
    return run


VALUES = [(0.10, 0.13), (0.12, 0.14), (0.11, 0.12)]


def test_one_select_answers_how_many_convert(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    run = finished(path, VALUES)
    [(arm, mean, lo, hi), other] = ask(
        path,
        "select arm, mean, lo, hi from latest_outcomes "
        "where scenario = 'shop' and segment = 'all' and outcome = 'conversion_rate'",
    )
    base = [pair[0] for pair in VALUES]
    expected = stats.t.interval(0.95, 2, stats.tmean(base), stats.sem(base))
    assert (arm, other[0]) == ("base", "other")
    assert (mean, lo, hi) == pytest.approx((0.11, *expected))
    assert ask(path, "select distinct run from latest_outcomes") == [(run,)]


def test_one_select_answers_which_arm_is_better(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    run = finished(path, VALUES)
    [row] = ask(
        path, f"select arm, against, mean, sd, n from comparisons where run = '{run}' and outcome = 'conversion_rate'"
    )
    differences = [other - base for base, other in VALUES]
    assert row[:2] == ("other", "base")
    assert row[2:] == pytest.approx((stats.tmean(differences), stats.tstd(differences), 3))
    assert ask(path, "select mean from comparisons where outcome = 'retention_90_both'") == [
        (pytest.approx(stats.tmean(differences)),)
    ]


def test_the_latest_outcomes_are_those_of_the_last_run_of_each_scenario_that_was_finished(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    finished(path, VALUES)
    newer = finished(path, VALUES[:2])
    other = finished(path, VALUES, scenario="another")
    with Store(path) as store:
        begun = begin(store)
        store.write(begun, replication(0))
        store.finish(begun, "interrupted")
    assert set(ask(path, "select run, scenario from latest_outcomes")) == {(newer, "shop"), (other, "another")}
    assert ask(path, f"select count(*) from comparisons where run = '{begun}'") != [(0,)]


def test_a_run_that_goes_on_is_summarised_anew(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        store.write(run, replication(0, *VALUES[0]))
        store.finish(run, "interrupted")
        store.go_on(run)
        assert store.run(run).ended is None
        for number in (1, 2):
            store.write(run, replication(number, *VALUES[number]))
        store.finish(run, "finished")
    assert set(ask(path, "select n from latest_outcomes")) == {(3,)}


def test_a_summary_does_not_depend_on_the_order_of_the_replications() -> None:
    values = [0.1, 0.7, 1e9, -1e9, 0.3, 1 / 3]
    assert interval(values) == interval(values[::-1])


def test_a_single_replication_has_a_mean_and_no_interval() -> None:
    one = interval([0.25])
    assert (one.mean, one.n) == (0.25, 1)
    assert one.sd is one.lo is one.hi is None


def test_every_table_that_holds_measurements_has_a_run_an_arm_and_a_replication(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    Store(path).close()
    tables = [name for (name,) in ask(path, "select name from sqlite_master where type = 'table'")]
    assert {"outcomes", "curves", "touchpoints", "transitions", "channels", "actions", "decisions"} <= set(tables)
    for table in set(tables) - {"runs", *schema.OF_A_RUN, *schema.SUMMARIES}:
        assert [row[1] for row in ask(path, f"pragma table_info({table})")][:3] == ["run", "arm", "replication"]


def test_an_interval_widens_as_students_t_says() -> None:
    for n in (2, 5, 50, 500):
        values = [float(k % 2) for k in range(n)]
        one = interval(values)
        assert one.hi is not None
        expected = stats.t.ppf(0.975, n - 1) * stats.tstd(values) / math.sqrt(n)
        assert one.hi - one.mean == pytest.approx(expected)


def won(number: int, base: int, other: int) -> Replication:
    """Two arms that each spent 100 and won so many customers; the treated won half of them, the holdout nobody."""

    def of(arm: str, count: int) -> Measured:
        sums = {"cost_per_acquisition": (100.0, float(count))}
        half = {"cost_per_acquisition": (50.0, count / 2)}
        nobody = {"cost_per_acquisition": (50.0, 0.0)}
        return Measured(
            arm=arm, replication=number, events=1, seconds=0.1, absent={}, curves={},
            outcomes={"all": {id_: part / whole for id_, (part, whole) in sums.items() if whole}},
            sums={"all": sums},
            groups={"treated": {id_: part / whole for id_, (part, whole) in half.items() if whole}, "holdout": {}},
            group_sums={"treated": half, "holdout": nobody},
        )  # fmt: skip

    return Replication(number, (of("base", base), of("other", other)), {})


def test_a_ratio_in_the_views_is_that_of_the_sums_also_where_a_replication_won_nobody(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store)
        for number, (base, other) in enumerate([(4, 5), (0, 10), (6, 10)]):
            store.write(run, won(number, base, other))
        store.finish(run, "finished")
        back = store.replications(run)
    assert back == tuple(won(number, *each) for number, each in enumerate([(4, 5), (0, 10), (6, 10)]))
    assert ask(path, "select arm, mean, n from latest_outcomes where outcome = 'cost_per_acquisition'") == [
        ("base", 30, 3), ("other", 12, 3),
    ]  # fmt: skip
    assert ask(path, "select mean, n from comparisons where outcome = 'cost_per_acquisition'") == [(-18, 3)]
    by_hand = "select sum(part) / sum(whole) from outcomes where arm = 'base' and outcome = 'cost_per_acquisition'"
    assert ask(path, by_hand) == [(30,)]
    assert ask(path, "select value, part, whole from outcomes where arm = 'base' and replication = 1") == [
        (None, 100, 0)
    ]
    assert ask(path, "select arm, whose, mean from group_summaries") == [
        ("base", "treated", 30),
        ("other", "treated", 12),
    ]
    assert ask(path, "select arm, whose, mean from group_differences") == [("other", "treated", -18)]


def test_exported_tables_have_parts_and_wholes_and_groups(tmp_path: Path) -> None:
    with Store(tmp_path / "journey.sqlite") as store:
        run = begin(store)
        store.write(run, won(0, 4, 0))
        store.finish(run, "finished")
        written = {path.name: path for path in export_csv(store, run, tmp_path / "csv")}
        tables = {path.stem for path in export_parquet(store, run, tmp_path / "parquet")}
    assert written["outcomes.csv"].read_text().splitlines() == [
        "run,arm,replication,segment,outcome,value,part,whole",
        f"{run},base,0,all,cost_per_acquisition,25.0,100.0,4.0",
        f"{run},other,0,all,cost_per_acquisition,,100.0,0.0",
    ]
    assert written["group_outcomes.csv"].read_text().splitlines()[1] == (
        f"{run},base,0,treated,cost_per_acquisition,25.0,50.0,2.0"
    )
    assert {"outcomes", "group_outcomes", "group_summaries"} <= tables
    import duckdb

    parquet = tmp_path / "parquet" / "outcomes.parquet"
    assert duckdb.sql(f"select value, part, whole from '{parquet}'").fetchall() == [(25, 100, 4), (None, 100, 0)]


def test_curves_over_calendar_time_are_kept_by_day_week_and_month(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    with Store(path) as store:
        run = begin(store, start="2026-01-31")
        for number, (base, other) in enumerate(VALUES):
            store.write(run, replication(number, base, other))
        store.finish(run, "finished")
        store.finish(run, "finished")
        written = {one.name for one in export_csv(store, run, tmp_path)}
    question = "select arm, day, date, mean, lo is null from {} where outcome = '{}' and arm = 'base' order by day"
    assert ask(path, question.format("series", "arrivals")) == [
        ("base", 0, "2026-01-31", 5, 0), ("base", 1, "2026-02-01", 3, 0), ("base", 2, "2026-02-02", 2, 0),
    ]  # fmt: skip
    assert [row[1:4] for row in ask(path, question.format("weekly_series", "arrivals"))] == [
        (0, "2026-01-31", 8), (2, "2026-02-02", 2),
    ]  # fmt: skip
    assert [row[1:4] for row in ask(path, question.format("monthly_series", "arrivals"))] == [
        (0, "2026-01-31", 5), (1, "2026-02-01", 5),
    ]  # fmt: skip
    assert ask(path, question.format("series", "revenue"))[0][3] == pytest.approx(0.11)
    by_hand = """select key, avg(value) from daily join json_each(by_day)
        where outcome = 'arrivals' and arm = 'base' group by key order by key"""
    assert ask(path, by_hand) == [(0, 5), (1, 3), (2, 2)]
    assert {"series.csv", "weekly_series.csv", "monthly_series.csv", "daily.csv"} <= written


def test_very_many_figures_by_the_day_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.outcomes.series.MOST", 5)
    path = tmp_path / "journey.sqlite"
    finished(path, VALUES)
    assert ask(path, "select count(*) from series") == [(0,)]
