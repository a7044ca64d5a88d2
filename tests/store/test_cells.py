"""What CSV files give to spreadsheets."""

import csv
import datetime
from pathlib import Path

import pytest

from sim.store import Store, StoredArm
from sim.store.cells import as_texts
from sim.store.tables import export_csv, export_parquet
from tests.store.replications import replication


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\r=x"])
def test_a_name_that_a_spreadsheet_would_compute_is_a_text(name: str) -> None:
    assert as_texts([name]) == ["'" + name]


def test_figures_and_other_names_stay_as_they_are() -> None:
    row = [-1.5, -3, None, "now", "", "1-2", "a=b", " =1", "'x"]
    assert as_texts(row) == row


def test_an_exported_table_says_names_as_texts_and_parquet_as_they_are(tmp_path: Path) -> None:
    import duckdb

    arms = (StoredArm("base", "=1+1", "id = 'shop'"), StoredArm("other", "Another way", "id = 'shop'"))
    with Store(tmp_path / "journey.sqlite") as store:
        told = {"scenario": "shop", "name": "shop", "seed": 7, "replications": 1, "customers": 100, "horizon": 365.0}
        run = store.begin("id = 'shop'", arms, engine="test", settings={"base": {"a": 0.5, "b": "=1"}}, **told)
        store.sink(run).write(replication(0))
        store.finish(run, "finished")
        export_csv(store, run, tmp_path)
        export_parquet(store, run, tmp_path)
    with (tmp_path / "arms.csv").open(newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["'=1+1", "Another way"]
    kept = duckdb.sql(f"select name from '{tmp_path / 'arms.parquet'}' order by name").fetchall()
    assert kept == [("=1+1",), ("Another way",)]
    settings = duckdb.sql(f"select value from '{tmp_path / 'settings.parquet'}' order by address").fetchall()
    assert settings == [("0.5",), ("=1",)]
    [(date,)] = duckdb.sql(f"select max(date) from '{tmp_path / 'series.parquet'}'").fetchall()
    assert date == datetime.date(2026, 1, 7)
