"""A scenario fitted to the first part of a log beside what its customers did after it."""

from pathlib import Path

import pytest

from sim.fit import FitError
from sim.fit.cells.times import DAY
from sim.fit.evaluate import evaluate_later, main
from sim.fit.events.eventlog import open_log
from sim.fit.files.log_reading import Columns
from sim.fit.later import Compared, cut_in_time
from sim.fit.workspace import workspace
from tests.fit.logs import CDNOW, NAMES, stamp, write_log
from tests.fit.test_evaluate import first_order, rows_of, simulated

COLUMNS = Columns(**NAMES)

JANUARY = 19_723
"""2024-01-01, in days since 1970."""


def visits(folder: Path) -> Path:
    """A customer a day for twenty days, each of whom visits and buys three days later."""
    rows = [(f"c{day}", step, stamp(day + gap, 12)) for day in range(1, 21) for step, gap in (("Visit", 0), ("Buy", 3))]
    return write_log(folder / "log.csv", rows)


def named(found: tuple[Compared, ...]) -> dict[str, Compared]:
    return {each.what: each for each in found}


def test_what_came_later_is_cut_off_and_leaves_open_what_was_under_way(tmp_path: Path) -> None:
    with workspace(tmp_path) as (connection, folder):
        log = cut_in_time(open_log(connection, folder, visits(tmp_path), COLUMNS), (JANUARY + 10) * DAY)
        followed = connection.execute("SELECT count(target), count(gap), max(happened) FROM steps").fetchone()
    # Ten visits until January 10; those of the first seven days were followed by a purchase by then.
    assert (log.cases, log.events) == (10, 17)
    assert followed == (7, 7, (JANUARY + 9) * DAY + DAY // 2)
    assert log.last == followed[2]


def test_only_those_who_came_before_the_cut_are_counted_after_it(tmp_path: Path) -> None:
    found = evaluate_later(visits(tmp_path), COLUMNS, share=10 / 22, replications=3, scratch=tmp_path)
    assert (found.days, found.later_days, found.customers) == (11, 12, 11)
    first, later = named(found.first), named(found.later)
    assert [first[each].log for each in ("all events", "Visit", "Buy", "customers with any")] == [19, 11, 8, 11]
    assert [later[each].log for each in ("all events", "Visit", "Buy", "customers with any")] == [3, 0, 3, 3]
    assert later["Visit"].off is None
    # Whoever visits buys three days later in the simulation, too: all eleven of them, sooner or later.
    assert first["Buy"].simulated.median is not None
    assert later["Buy"].simulated.median is not None
    assert first["Buy"].simulated.median + later["Buy"].simulated.median == pytest.approx(11, abs=1)


def test_what_a_first_order_journey_does_later_is_told_as_it_comes(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log.csv", rows_of(simulated(first_order(), 4), 300.0, False))
    found = evaluate_later(log, COLUMNS, share=0.9, replications=30, scratch=tmp_path)
    for told in found.later:
        assert told.simulated.low is not None
        assert told.simulated.high is not None
        assert told.simulated.low <= told.log <= told.simulated.high, told.what
    assert found.later[0].log == 235


def test_purchases_beyond_the_log_come_out_short_as_the_warning_says(tmp_path: Path) -> None:
    found = evaluate_later(CDNOW, Columns("customer", "activity", "date"), replications=10, scratch=tmp_path)
    assert (found.days, found.later_days, found.customers) == (136, 137, 2357)
    first, later = found.first[0], found.later[0]
    assert first.off == pytest.approx(0, abs=0.1)
    assert later.log == 1171
    assert later.off == pytest.approx(-0.43, abs=0.06)


def test_the_command_prints_the_parts_in_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--case", "case", "--activity", "activity", "--time", "time", "--replications", "2"]
    assert main([str(visits(tmp_path)), *asked, "--by", "time"]) == 0
    header, _, *rows = capsys.readouterr().out.splitlines()
    assert header.startswith("| log | days: first part / later | customers | what |")
    assert rows[0].startswith("| log.csv | 11 / 12 | 11 | all events | 19 | ")
    assert [row.split(" | ")[3] for row in rows] == ["all events", "Buy", "Visit", "customers with any"]


def test_a_log_of_one_day_cannot_be_cut_in_time(tmp_path: Path) -> None:
    rows = [(f"c{n}", step, stamp(1, n + hour)) for n in range(3) for step, hour in (("A", 0), ("B", 1))]
    with pytest.raises(FitError, match="too short to be cut at a midnight"):
        evaluate_later(write_log(tmp_path / "log.csv", rows), COLUMNS, replications=1, scratch=tmp_path)
    with pytest.raises(ValueError, match="share is 1"):
        evaluate_later(visits(tmp_path), COLUMNS, share=1, scratch=tmp_path)
