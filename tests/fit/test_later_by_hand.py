"""The parts of a log in time, and what is counted of each, worked out by hand."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pytest

from sim.engine.memory.history import EVENTS
from sim.fit import FitError
from sim.fit.compare import Range
from sim.fit.events.eventlog import EventLog
from sim.fit.files.log_reading import Columns
from sim.fit.later import Compared, Later, cut_in_time, evaluate_later, later_markdown
from tests.fit.logs import NAMES, stamp, write_log

COLUMNS = Columns(**NAMES)
ENTER, HANDOFF = EVENTS.index("enter"), EVENTS.index("handoff")


def history(*events: tuple[int, int, float, int]) -> Any:
    """A history of these events: customer, kind, time and touchpoint: to visit, to buy or the exit."""
    customer, kind, time, touchpoint = np.array(events, float).reshape(-1, 4).T
    told = SimpleNamespace(
        customer=customer.astype(int), event=kind.astype(int), time=time, touchpoint=touchpoint.astype(int)
    )
    return SimpleNamespace(events=told, touchpoints=("visit", "buy", "ended"))


NOTHING = history()
SOME = history(
    (0, ENTER, 0.5, 0),
    (0, HANDOFF, 0.5, 0),
    (0, ENTER, 3.5, 1),
    (1, ENTER, 10.99, 0),
    # The cut is at eleven days.
    (1, ENTER, 11.0, 1),
    (1, ENTER, 11.0, 2),
    (1, HANDOFF, 11.5, 1),
    (2, ENTER, 12.0, 0),
)
ONE_OFTEN = history(*[(0, ENTER, 1.0, 0)] * 5)


class Simulations:
    """Stand-ins for the runs: forty without an event, forty with some, twenty of one customer who visits five times."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, int, int]] = []

    def compiled(self, scenario: Any, base: Any) -> Any:
        assert scenario is base
        return scenario

    def simulate(self, program: Any, seed: int, number: int, *, events: bool) -> Any:
        assert events
        self.asked.append((program.horizon, seed, number))
        return (NOTHING, SOME, ONE_OFTEN)[number // 40]


@pytest.fixture
def simulations(monkeypatch: pytest.MonkeyPatch) -> Simulations:
    stand_ins = Simulations()
    monkeypatch.setattr("sim.engine.compile_program", stand_ins.compiled)
    monkeypatch.setattr("sim.engine.simulate", stand_ins.simulate)
    return stand_ins


def test_the_parts_are_counted_beside_a_hundred_simulations_of_the_whole_time(
    tmp_path: Path, simulations: Simulations
) -> None:
    # A customer a day from January 1 to 20, each buys three days later; the middle, January 12, is after eleven days.
    rows = [(f"c{day}", step, stamp(day + gap, 6)) for day in range(1, 21) for step, gap in (("Visit", 0), ("Buy", 3))]
    found = evaluate_later(write_log(tmp_path / "log.csv", rows), COLUMNS, scratch=tmp_path)
    assert simulations.asked == [(23.0, 2026, number) for number in range(100)]
    assert found == Later(
        name="log.csv",
        days=11,
        later_days=12,
        customers=11,
        first=(
            Compared("all events", 19, Range(3, 0, 5)),
            Compared("Buy", 8, Range(0, 0, 1)),
            Compared("Visit", 11, Range(2, 0, 5)),
            Compared("customers with any", 11, Range(1, 0, 2)),
        ),
        later=(
            Compared("all events", 3, Range(0, 0, 2)),
            Compared("Buy", 3, Range(0, 0, 1)),
            Compared("Visit", 0, Range(0, 0, 1)),
            Compared("customers with any", 3, Range(0, 0, 2)),
        ),
    )


def test_a_log_of_one_activity_is_told_by_all_its_events(tmp_path: Path, simulations: Simulations) -> None:
    rows = [(f"c{day % 7}", "Visit", stamp(day, 6)) for day in range(1, 21)]
    log = write_log(tmp_path / "log.csv", rows)
    found = evaluate_later(log, COLUMNS, share=0.25, replications=2, seed=5, scratch=tmp_path)
    assert simulations.asked == [(20.0, 5, 0), (20.0, 5, 1)]
    # A quarter of nineteen days is four and three quarters: January 6, after five days with a visit of each of five.
    assert (found.days, found.later_days, found.customers) == (5, 15, 5)
    assert [(each.what, each.log) for each in found.first] == [("all events", 5), ("customers with any", 5)]
    # Of the fifteen visits left, five are of the two who came first on January 6 and 7.
    assert [(each.what, each.log) for each in found.later] == [("all events", 10), ("customers with any", 5)]


def test_the_cut_leaves_something_on_both_sides(tmp_path: Path, simulations: Simulations) -> None:
    def evaluated(share: float, *hours: float) -> Later:
        rows = [(f"c{case}", step, stamp(1, hour)) for case in range(2) for step, hour in zip("AB", hours, strict=True)]
        log = write_log(tmp_path / "log.csv", rows)
        return evaluate_later(log, COLUMNS, share=share, replications=1, scratch=tmp_path)

    short = "log.csv: column time: the log is too short to be cut at a midnight that leaves days on both sides; "
    for share, hours in ((0.25, (0, 24)), (0.75, (1, 20))):
        with pytest.raises(FitError) as caught:
            evaluated(share, *hours)
        assert str(caught.value) == short + "give a longer log"
        assert caught.value.findings[0].file == "log.csv"
    found = evaluated(0.75, 0, 24)
    assert (found.days, found.later_days, found.first[0].log, found.later[0].log) == (1, 1, 2, 2)


@pytest.mark.parametrize("share", [0, 1, -0.5, 1.5])
def test_a_share_that_leaves_nothing_on_one_side_is_refused(tmp_path: Path, share: float) -> None:
    with pytest.raises(ValueError, match=f"^share is {share}; give a number between 0 and 1$"):
        evaluate_later(tmp_path / "none.csv", COLUMNS, share=share)


def test_what_happens_at_the_cut_or_later_is_left_out_and_so_is_what_led_there() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """
            CREATE TABLE steps AS SELECT * FROM (VALUES
                ('a', 1, 0, 10, 5, 1), ('a', 2, 1, 15, 5, 2), ('a', 3, 2, 20, NULL, NULL),
                ('b', 1, 0, 12, 7, 3), ('b', 2, 3, 19, NULL, NULL), ('c', 1, 0, 30, NULL, NULL)
            ) AS v(case_id, position, source, happened, gap, target)
            """
        )
        log = EventLog(connection, "log.csv", (), 3, 6, 1, 10, 30, ("said",))
        assert cut_in_time(log, 20) == replace(log, cases=2, events=4, last=19)
        assert connection.execute("SELECT * FROM steps ORDER BY case_id, position").fetchall() == [
            ("a", 1, 0, 10, 5, 1),
            ("a", 2, 1, 15, None, None),
            ("b", 1, 0, 12, 7, 3),
            ("b", 2, 3, 19, None, None),
        ]
        assert [name for (name,) in connection.execute("SHOW TABLES").fetchall()] == ["steps"]


def test_how_far_the_simulation_is_off_is_relative_to_the_log() -> None:
    assert Compared("x", 4, Range(5.0, 0.0, 9.0)).off == 0.25
    assert Compared("x", 4, Range(0.0, 0.0, 9.0)).off == -1
    assert Compared("x", 0, Range(5.0, 0.0, 9.0)).off is None
    assert Compared("x", 4, Range(None, 0.0, None)).off is None


def test_the_table_has_a_line_for_each_figure() -> None:
    first = (
        Compared("all events", 12345, Range(12000.0, 11000.0, 13000.4)),
        Compared("Buy", 0, Range(1.0, 0.0, 2.0)),
    )
    later = (
        Compared("all events", 1000, Range(1234.0, 1100.0, 1300.0)),
        Compared("Buy", 0, Range(3.0, 2.0, 4.0)),
    )
    found = Later("log.csv", 1100, 1200, 1300, first, later)
    assert later_markdown(found).splitlines() == [
        "| log.csv | 1,100 / 1,200 | 1,300 | all events | 12,345 | 12,000 (11,000 to 13,000) "
        "| 1,000 | 1,234 (1,100 to 1,300) | +23 % |",
        "| log.csv | 1,100 / 1,200 | 1,300 | Buy | 0 | 1 (0 to 2) | 0 | 3 (2 to 4) | – |",
    ]
