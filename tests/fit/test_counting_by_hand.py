"""What is counted in a log, step by step, on steps that are laid out for it."""

from collections.abc import Sequence
from dataclasses import replace

import duckdb
import numpy as np
import pytest

from sim.fit import counting
from sim.fit.cells.times import DAY
from sim.fit.counting import Counts, Cutoffs, Cycles, count, cut_offs, cycles, gaps, worths
from sim.fit.events.eventlog import EventLog
from tests.fit.by_hand import log_of

NAMES = ("Look", "Buy", "Call")


def log_with(connection: duckdb.DuckDBPyConnection, journeys: Sequence[Sequence[tuple[int, int]]]) -> EventLog:
    """The log of these journeys of an activity at a day each; the last of them is no `part` of it.

    Every event is worth its row number, but for those of the first journey.
    """
    connection.execute(
        """
        CREATE OR REPLACE TABLE steps (row BIGINT, source INTEGER, target INTEGER, happened BIGINT, gap BIGINT,
        position INTEGER, start BIGINT, start_row BIGINT, worth DOUBLE, asked BOOLEAN)
        """
    )
    row = 0
    for number, journey in enumerate(journeys):
        begun = row
        for position, (activity, day) in enumerate(journey):
            after = journey[position + 1] if position + 1 < len(journey) else None
            gap, worth = (after[1] - day) * DAY if after else None, row if number else None
            line = (row, activity, after and after[0], day * DAY, gap, position + 1, journey[0][1] * DAY, begun, worth)
            connection.execute(
                "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*line, number + 1 < len(journeys)]
            )
            row += 1
    first, last = min(day for each in journeys for _, day in each), max(day for each in journeys for _, day in each)
    return log_of(NAMES, connection, first=first * DAY, last=last * DAY)


JOURNEYS = (
    ((0, 100), (1, 102), (0, 105)),
    ((0, 101), (1, 107)),
    ((0, 103), (0, 104), (1, 108)),
    ((1, 109),),
    ((0, 119), (1, 120)),
    ((2, 100), (0, 120)),
)
"""The last is not counted: it is there to be left out."""
CUT = Cutoffs({0: 5 * DAY, 1: 12 * DAY, 2: 0}, ())
"""Buys are told from day 108 on back, looks from day 115; the log ends on day 120."""


def test_a_case_counts_as_ended_after_the_95th_percentile_of_the_gaps_that_followed(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    log = log_with(connection, JOURNEYS)
    # After looks, 1, 1, 2, 4 and 6 days: 0.95 of the way from the first to the last is 0.8 of that from 4 to 6.
    assert cut_offs(log, "asked") == Cutoffs({0: round(5.6 * DAY), 1: 3 * DAY, 2: 0}, ())
    # With the last journey a gap of 20 days after a call: half of the log's twenty days are the most.
    assert cut_offs(log) == Cutoffs({0: round(5.6 * DAY), 1: 3 * DAY, 2: 10 * DAY}, (2,))


def test_a_gap_as_long_as_half_of_the_log_is_not_too_long_for_it(connection: duckdb.DuckDBPyConnection) -> None:
    assert cut_offs(log_with(connection, (((0, 100), (1, 110)), ((0, 120),)))) == Cutoffs({0: 10 * DAY, 1: 0, 2: 0}, ())


def test_events_are_counted_by_what_followed_where_that_is_known(connection: duckdb.DuckDBPyConnection) -> None:
    found = count(log_with(connection, JOURNEYS), CUT, "asked")
    assert found == Counts(
        cases=5,
        events=11,
        starts={0: 4, 1: 1, 2: 0},
        visits={0: 6, 1: 5, 2: 0},
        transitions={(0, 1): 3, (0, 0): 1, (1, 0): 1},
        ends={0: 1, 1: 2, 2: 0},  # a look on day 105, and buys on days 107 and 108
        recent={0: 1, 1: 2, 2: 0},  # what is followed too late to tell is recent as well
        open=2,
        position={0: (1 + 3 + 1 + 1 + 2 + 1) / 6, 1: (2 + 2 + 3 + 1 + 2) / 5},
    )
    assert found.departures() == {0: 5, 1: 3, 2: 0}
    assert replace(found, ends={0: 1}).departures() == {0: 5, 1: 1}  # where no end of the others is told


def test_delays_are_those_of_the_counted_transitions_in_ascending_order(connection: duckdb.DuckDBPyConnection) -> None:
    log = log_with(connection, JOURNEYS)
    found = gaps(log, CUT, count(log, CUT, "asked"), "asked")
    assert {transition: (each // DAY).tolist() for transition, each in found.items()} == {
        (0, 0): [1],
        (0, 1): [2, 4, 6],
        (1, 0): [3],
    }
    nothing = count(log, CUT, "FALSE")
    assert gaps(log, CUT, nothing, "FALSE") == {}
    assert gaps(log, CUT, count(log, CUT, "asked"), "FALSE") == {}


def test_cycles_last_from_the_first_to_the_last_event_in_the_order_of_the_starts(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    log = log_with(connection, (JOURNEYS[3], ((0, 100),), *JOURNEYS[:3], *JOURNEYS[4:]))
    found = cycles(log, CUT, "asked")
    assert found.days.tolist() == [0, 5, 6, 5, 0, 1]
    assert found.ended.tolist() == [True, True, True, True, False, False]
    assert found.ended.dtype == np.bool_
    seen = found.as_seen()
    assert (seen.days.tolist(), seen.ended.tolist()) == ([0, 5, 6, 5, 0, 1], [True] * 6)
    assert Cycles(found.days, found.ended).as_seen().ended.dtype == np.bool_


def test_worths_are_those_of_the_activity_in_ascending_order(connection: duckdb.DuckDBPyConnection) -> None:
    log = log_with(connection, JOURNEYS)
    assert worths(log, 1, "asked").tolist() == [4, 7, 8, 10]
    assert worths(log, 0).tolist() == [3, 5, 6, 9, 12]
    connection.execute("UPDATE steps SET worth = 'inf' WHERE row = 7")
    connection.execute("UPDATE steps SET worth = 'nan' WHERE row = 8")
    assert worths(log, 1, "asked").tolist() == [4, 10]
    assert worths(log, 2, "asked").tolist() == []


@pytest.fixture
def many(connection: duckdb.DuckDBPyConnection) -> EventLog:
    """A thousand cases that look and buy as many seconds later as their number says, which is also what they pay."""
    connection.execute(
        """
        CREATE TABLE steps AS
        SELECT 2 * number + bought AS row, bought AS source, CASE WHEN bought = 0 THEN 1 END AS target,
               bought * (number + 1) * 1000000 AS happened, CASE WHEN bought = 0 THEN (number + 1) * 1000000 END AS gap,
               bought + 1 AS position, 0 AS start, 2 * number AS start_row, number + 1.0 AS worth
        FROM range(1000) AS numbers(number), range(2) AS steps(bought)
        """
    )
    return log_of(NAMES[:2], connection, first=0, last=10 * DAY)


def test_of_very_many_an_even_sample_is_looked_at(many: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "SAMPLE", 200)
    cut = cut_offs(many)
    assert cut.after[1] == 0
    assert cut.after[0] == pytest.approx(950e6, rel=0.02)
    counted = count(many, cut)
    assert counted.transitions == {(0, 1): 1000}
    sampled = gaps(many, cut, counted)[0, 1] / 1e6
    paid = worths(many, 1)
    for each in (sampled, paid):
        assert len(each) == pytest.approx(200, abs=4)
        assert np.all(np.diff(each) > 0)
        assert np.diff(each).max() < 20  # no stretch is left out
    monkeypatch.setattr(counting, "ALL_SAMPLES", 100)
    assert len(gaps(many, cut, counted)[0, 1]) == pytest.approx(100, abs=4)
    # Where two transitions share what is looked at in all, each has half of it, or all that there is.
    twice = {**vars(counted), "transitions": {(0, 1): 1000, (1, 0): 5}}
    assert len(gaps(many, Cutoffs({0: 0, 1: 0}, ()), Counts(**twice))[0, 1]) == pytest.approx(50, abs=4)


def test_few_are_looked_at_one_and_all(many: EventLog) -> None:
    assert len(worths(many, 1)) == len(gaps(many, cut_offs(many), count(many, cut_offs(many)))[0, 1]) == 1000
