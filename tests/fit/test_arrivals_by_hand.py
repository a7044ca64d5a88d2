"""How starts become arrivals, each rule on starts that are laid out for it."""

import datetime

import duckdb
import pytest
from scipy.stats import chi2

from sim.fit.arrivals import Arrivals, find_arrivals
from sim.fit.cells.times import DAY
from tests.fit.by_hand import log_of

HOUR = DAY // 24
FIRST = 20_000
"""2024-10-04, a Friday, in days since 1970."""


def arrivals(
    connection: duckdb.DuckDBPyConnection,
    starts: dict[float, int],
    last: float = 0.0,
    step: int = HOUR,
    part: str = "TRUE",
) -> Arrivals:
    """Of so many starts at these hours from the first day on, in a log that ends at the hour `last`, or with them.

    A second event of a case, at another hour, is not one of its starts.
    """
    connection.execute("CREATE OR REPLACE TABLE given (hour DOUBLE, many INTEGER)")
    connection.execute("INSERT INTO given SELECT unnest(?), unnest(?)", [list(starts), list(starts.values())])
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE steps AS
        SELECT {FIRST * DAY} + round(hour * {HOUR})::BIGINT AS happened, 1 AS position, hour < 1000 AS early
        FROM given, range(many)
        UNION ALL SELECT {FIRST * DAY} - {90 * DAY}, 2, TRUE FROM range(500)
        """
    )
    return find_arrivals(
        log_of(["Look"], connection, last=FIRST * DAY + round(max(last, *starts) * HOUR), step=step), part
    )


def test_one_time_for_all_is_a_cohort_of_its_day(connection: duckdb.DuckDBPyConnection) -> None:
    found = arrivals(connection, {9: 7}, last=30 * 24 + 5)
    assert found == Arrivals(
        datetime.date(2024, 10, 4), 31, "cohort", 0.0, None, None, "all cases start at the same time"
    )


def test_even_starts_come_until_the_end_of_the_last_one(connection: duckdb.DuckDBPyConnection) -> None:
    hours = {float(hour): 2 for hour in range(6, 24 * 17 + 6)}
    found = arrivals(connection, hours, last=24 * 40)
    assert (found.start_date, found.horizon) == (datetime.date(2024, 10, 4), 41)
    # From midnight to the end of the hour of the last start, which is 5 o'clock of the eighteenth day.
    assert (found.pattern, found.over) == ("poisson", pytest.approx(17 + 6 / 24))
    assert (found.weekly, found.hourly, found.notes) == (None, None, ())
    assert found.reason == "starts are spread evenly enough"


def test_only_the_starts_of_the_part_count(connection: duckdb.DuckDBPyConnection) -> None:
    hours = {24.0 * day: 5 for day in range(60)}
    found = arrivals(connection, hours, part="early", step=DAY)
    assert (found.over, found.horizon) == (42.0, 60)  # the last day that begins before the thousandth hour is 41


@pytest.mark.parametrize("days", [15, 17, 19])
def test_weekdays_are_compared_by_how_often_there_were_any(days: int, connection: duckdb.DuckDBPyConnection) -> None:
    even = arrivals(connection, {24.0 * day: 400 for day in range(days)}, step=DAY)
    assert (even.pattern, even.weekly, even.over) == ("poisson", None, days)


@pytest.mark.parametrize("days", [23, 28])
def test_weekdays_weigh_as_much_as_starts_come_on_one_of_them(days: int, connection: duckdb.DuckDBPyConnection) -> None:
    # One start on a Monday for every two on a Tuesday, … seven on a Sunday; the first day is a Friday.
    found = arrivals(connection, {24.0 * day: 20 * ((day + 4) % 7 + 1) for day in range(days)}, step=DAY)
    assert (found.pattern, found.over, found.hourly) == ("profile", days, None)
    assert found.weekly == pytest.approx([each / 4 for each in range(1, 8)])
    assert found.reason == "starts differ by weekdays more than chance explains"


def test_hours_weigh_as_much_as_starts_come_in_them(connection: duckdb.DuckDBPyConnection) -> None:
    hours = {24.0 * day + hour: hour + 1 for day in range(28) for hour in range(24)}
    found = arrivals(connection, hours)
    assert (found.pattern, found.weekly) == ("profile", None)
    assert found.hourly == pytest.approx([each / 12.5 for each in range(1, 25)])
    assert found.reason == "starts differ by hours more than chance explains"
    # A log of whole days tells no hours, and one of days and hours tells both.
    assert arrivals(connection, hours, step=DAY).pattern == "poisson"
    both = {hour: many * (1 + (hour // 24) % 7) for hour, many in hours.items()}
    told = arrivals(connection, both)
    assert told.reason == "starts differ by weekdays and hours more than chance explains"
    assert told.hourly == pytest.approx(found.hourly)
    assert told.weekly == pytest.approx([each / 4 for each in (4, 5, 6, 7, 1, 2, 3)])


@pytest.mark.parametrize(("days", "shows"), [(13, False), (14, True)])
def test_a_week_shows_only_in_two_of_them_the_last_day_begun(
    days: int, shows: bool, connection: duckdb.DuckDBPyConnection
) -> None:
    starts = {24.0 * day + 6: 30 + 70 * (day % 7 in (0, 3, 5)) for day in range(days)}
    found = arrivals(connection, starts)
    assert (found.start_date, found.horizon) == (datetime.date(2024, 10, 4), days)
    assert found.over == pytest.approx(days - 17 / 24)
    # A hundred start on each Monday, Wednesday and Friday and thirty on each other day, sixty on average.
    weekly = pytest.approx([100 / 60, 0.5, 100 / 60, 0.5, 100 / 60, 0.5, 0.5])
    assert found.weekly == (weekly if shows else None)


@pytest.mark.parametrize(("cases", "pattern"), [(119, "poisson"), (120, "profile")])
def test_hours_show_only_in_five_starts_for_each(
    cases: int, pattern: str, connection: duckdb.DuckDBPyConnection
) -> None:
    starts = {24.0 * day + 9: 12 for day in range(10)}
    starts[24.0 * 5 + 9] -= 120 - cases
    assert arrivals(connection, starts).pattern == pattern


@pytest.mark.parametrize(("more", "pattern"), [(29, "poisson"), (30, "profile")])
def test_a_rhythm_is_written_where_a_twentieth_of_the_starts_would_have_to_move(
    more: int, pattern: str, connection: duckdb.DuckDBPyConnection
) -> None:
    # 300 in each hour but for so many more in every second, which is no chance: 24 x 29² / 300 is 67.
    starts = {float(hour): 300 + (more if hour % 2 else -more) for hour in range(24)}
    assert chi2.sf(24 * more**2 / 300, 23) < 1e-5
    assert arrivals(connection, starts).pattern == pattern


@pytest.mark.parametrize(("many_off", "pattern"), [(4, "poisson"), (6, "profile")])
def test_a_rhythm_is_believed_where_chance_shows_one_as_clear_once_in_a_thousand_logs(
    many_off: int, pattern: str, connection: duckdb.DuckDBPyConnection
) -> None:
    # Of 20 expected in each hour, 6 more or fewer came in most, 8 in some.
    off = [8 if hour < many_off else 6 for hour in range(24)]
    starts = {float(hour): 20 + (each if hour % 2 else -each) for hour, each in enumerate(off)}
    p = float(chi2.sf(sum(each**2 for each in off) / 20, 23))
    assert 0.001 < p < 0.002 if pattern == "poisson" else 0.0005 < p < 0.001
    assert arrivals(connection, starts).pattern == pattern


def test_starts_that_come_early_are_spread_over_the_days_that_come_closest(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    # Ninety every fourth hour, until the end of day 15; then ten, the first of them ten days later.
    starts = {4.0 * number + 3: 1 for number in range(90)} | {24.0 * (26 + 10 * number) - 1: 1 for number in range(10)}
    found = arrivals(connection, starts, last=24.0 * 200)
    assert (found.pattern, found.over, found.horizon) == ("poisson", 15.0, 201)
    assert found.notes == (
        "starts are not even: half of the cases start in the first 8 of 116 days; "
        "the scenario spreads them evenly over the first 15",
    )


def test_hours_are_counted_among_the_starts_that_the_spread_covers(connection: duckdb.DuckDBPyConnection) -> None:
    # At noon for ten days, and a tenth as many in the evenings of a year.
    early = {24.0 * day + 12: 90 for day in range(10)}
    found = arrivals(connection, early | {24.0 * (9 + 10 * number) + 20: 3 for number in range(1, 33)})
    assert found.over == pytest.approx(9 + 13 / 24)
    assert found.hourly == pytest.approx([0.0] * 12 + [24.0] + [0.0] * 11)


@pytest.mark.parametrize(("at_once", "told"), [(159, False), (160, True)])
def test_starts_are_even_enough_where_no_hundredth_of_them_comes_sooner_by_more_than_three_in_twenty(
    at_once: int, told: bool, connection: duckdb.DuckDBPyConnection
) -> None:
    # A thousand starts, one an hour but for those that come at once: the 15th hundredth among them, or the 16th, too.
    starts = {0.0: at_once} | {float(number): 1 for number in range(at_once, 1000)}
    found = arrivals(connection, starts)
    assert bool(found.notes) == told
    if not told:
        assert found.over == pytest.approx(1000 / 24)


def test_starts_that_come_late_are_spread_over_all_days_and_told(connection: duckdb.DuckDBPyConnection) -> None:
    found = arrivals(connection, {240.0 * number**0.5: 1 for number in range(100)}, step=1_000_000)
    assert found.over == pytest.approx(10 * 99**0.5 + 1e6 / DAY)
    # The fiftieth starts on day 70, ten times the square root of 49.
    assert found.notes == (
        "starts are not even: half of the cases start in the first 70 of 99 days; "
        "the scenario spreads them evenly over all of them",
    )
