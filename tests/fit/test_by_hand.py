"""Small parts of reading and fitting, on their own."""

from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from sim.fit import FitError, fit
from sim.fit.events.refunds import refund_rate
from sim.fit.families import describe
from sim.fit.files.csv_layout import find_table
from sim.fit.files.lifecycle import find
from sim.fit.scenario_text import day
from tests.fit.logs import NAMES, write_log

COLUMNS = ("case", "activity", "time")


@pytest.mark.parametrize(
    ("steps", "rate"),
    [
        ([(0, 30), (0, 50), (1, -20), (2, 7), (2, -9)], 20 / 80),
        ([(0, 30), (1, -40)], 1),
        ([(0, 0), (1, -40)], 0),
        ([(0, 30), (1, "nan")], 0),
        ([(2, -40)], 0),
    ],
)
def test_the_refund_rate_is_the_money_paid_back_by_that_of_goals(steps: list[tuple[int, object]], rate: float) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE steps (source INTEGER, worth DOUBLE)")
        connection.executemany("INSERT INTO steps VALUES (?, ?)", steps)
        assert refund_rate(connection, [0], [1], "true") == pytest.approx(rate)
        assert refund_rate(connection, [0], [1], "false") == 0
        assert refund_rate(connection, [], [1], "true") == 0
        assert refund_rate(connection, [0], [], "true") == 0


def test_a_time_is_told_as_its_date() -> None:
    assert day(0) == "1970-01-01"
    assert day(-1) == "1969-12-31"
    assert day(20_454 * 86_400_000_000) == "2026-01-01"


@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("phase", ["start", "complete"], "phase"),
        ("phase", ["start", "complete", "suspend"], "phase"),
        ("phase", ["start", "start"], None),
        ("lifecycle", ["start", "start"], "lifecycle"),
        ("lifecycle", ["start", "shipped"], None),
        ("lifecycle", ["", ""], None),
    ],
)
def test_a_column_is_a_lifecycle_by_its_name_or_by_both_of_its_ends(
    name: str, values: list[str], found: str | None
) -> None:
    rows = [("c", value) for value in values]
    assert find(["case", name], rows, ["case"]) == found
    assert find(["case", name], rows, ["case", name]) is None


def test_a_lifecycle_column_is_found_in_parquet_too(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    rows = ", ".join(
        f"('c{n}', '{name}', TIMESTAMP '2024-01-0{on} 09:00:00', '{step}')"
        for n in range(5)
        for name, on, step in (("Work", 1, "start"), ("Work", 3, "complete"), ("Rest", 4, "complete"))
    )
    columns = '"case", activity, "time", "lifecycle:transition"'
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {rows}) AS log({columns})) TO '{path}' (FORMAT parquet)")
    assert fit(path, **NAMES, scratch=tmp_path).counts.events == 10


def test_a_first_line_without_end_is_refused_once_it_is_longer_than_any_header() -> None:
    with pytest.raises(FitError, match="the first line has no end"):
        find_table("log.csv", "a,b," * 10_000, COLUMNS, True)
    with pytest.raises(FitError, match="column activity"):
        find_table("log.csv", "case,b,time", COLUMNS, True)


@pytest.mark.parametrize("column", ["nobody", "case:nobody"])
def test_an_attribute_that_no_event_and_no_trace_has_is_named(tmp_path: Path, column: str) -> None:
    path = tmp_path / "log.xes"
    path.write_text(
        '<log><trace><string key="concept:name" value="c"/><event><string key="concept:name" value="Work"/>'
        '<date key="time:timestamp" value="2024-01-01T00:00:00"/></event></trace></log>'
    )
    with pytest.raises(FitError, match=column):
        fit(path, case="concept:name", activity="concept:name", time="time:timestamp", channel=column, scratch=tmp_path)


def test_delays_are_rounded_as_all_of_them_are_and_not_as_some(tmp_path: Path) -> None:
    """Of delays of 1, 5 and 24 hours, in a log told to the second, all are whole hours and some are whole days."""
    hours = [(1, 5, 24)[number % 3] for number in range(120)]
    rows = []
    for number, delay in enumerate(hours):
        begin = datetime(2024, 1, 1, 9, 0, number % 60) + timedelta(days=number % 50)
        rows += [(f"c{number}", "Look", begin), (f"c{number}", "Order", begin + timedelta(hours=delay))]
    rows += [("late", "Look", datetime(2024, 4, 1))]
    found = fit(write_log(tmp_path / "log.csv", rows), **NAMES, scratch=tmp_path)
    (delay,) = (each.delay for each in found.journey.transitions if each.target == "order")
    values = np.sort(np.array(hours)) / 24
    told = delay.reason.split(",")[0]
    assert delay.values == 120
    assert told == describe(values, 1 / 24, "days").reason.split(",")[0]
    assert told != describe(values, 1, "days").reason.split(",")[0]
