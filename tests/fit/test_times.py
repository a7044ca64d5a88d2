"""Times in the shapes that logs have."""

from pathlib import Path

import pytest

from sim.fit import FitError, Fitted, Manner, fit
from tests.fit.logs import NAMES, write_log


def fitted(folder: Path, *times: str, time_format: str | None = None) -> Fitted:
    """Two cases a time, each one day of waiting apart by the log's own times: the first half starts, the others end."""
    half = len(times) // 2
    rows = [(f"c{number}", "Start", each) for number, each in enumerate(times[:half])]
    rows += [(f"c{number}", "End", each) for number, each in enumerate(times[half:])]
    return fit(write_log(folder / "log.csv", rows), **NAMES, manner=Manner(time_format=time_format), scratch=folder)


def delay(fitted: Fitted) -> float:
    """The delay from start to end, days, where it is the same for all."""
    described = fitted.journey.transitions[0].delay
    assert described is not None
    assert described.family == "fixed"
    ((_, value),) = described.parameters
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (("2024-01-01", "2024-01-02"), ("2024-01-03", "2024-01-04")),
        (("2024-01-01T10:00:00.500", "2024-01-02 10:00:00.5"), ("2024-01-03 10:00:00.5Z", "2024-01-04T10:00:00,5Z")),
        (("31.12.2023 14:05", "01.01.2024 14:05"), ("02.01.2024 14:05", "03.01.2024 14:05")),
        (("12/30/2023", "12/31/2023"), ("01/01/2024", "01/02/2024")),
        (("12/30/2023 2:05 PM", "12/31/2023 2:05 PM"), ("01/01/2024 2:05 PM", "01/02/2024 2:05 PM")),
        (("30 Dec 2023", "31 Dec 2023"), ("1 Jan 2024", "2 Jan 2024")),
        (("Dec 30, 2023 09:00", "Dec 31, 2023 09:00"), ("Jan 1, 2024 09:00", "Jan 2, 2024 09:00")),
        (("20231230", "20231231"), ("20240101", "20240102")),
        (("1704067200", "1704153600"), ("1704240000", "1704326400")),
        (("1704067200000", "1704153600000"), ("1704240000000", "1704326400000")),
    ],
)
def test_common_shapes_of_times_are_read(tmp_path: Path, starts: tuple[str, str], ends: tuple[str, str]) -> None:
    found = fitted(tmp_path, *starts, *ends)
    assert delay(found) == pytest.approx(2.0, abs=1e-9)
    assert found.arrivals.start_date.isoformat() in ("2023-12-30", "2023-12-31", "2024-01-01")


def test_a_date_that_could_be_either_is_refused_with_both_patterns(tmp_path: Path) -> None:
    times = ("01/02/2024", "02/02/2024", "03/02/2024", "04/02/2024")
    with pytest.raises(FitError) as caught:
        fitted(tmp_path, *times)
    assert str(caught.value) == (
        'log.csv:2: column time: it is not clear whether dates such as "01/02/2024" have the day or month first; '
        "add --time-format '%d/%m/%Y' or --time-format '%m/%d/%Y'"
    )
    assert delay(fitted(tmp_path, *times, time_format="%d/%m/%Y")) == 2.0


def test_the_order_of_the_file_tells_the_day_from_the_month(tmp_path: Path) -> None:
    found = fitted(tmp_path, *("1/11/26", "1/12/26", "2/1/26", "2/2/26", "2/4/26", "2/5/26", "2/6/26", "2/7/26"))
    assert "times are read month first (12/31/2026)" in found.report
    assert "otherwise the file would not be in order of time" in found.report


def test_mixed_zones_are_converted_to_utc_and_said_so(tmp_path: Path) -> None:
    times = ("2024-01-01T23:00:00-05:00", "2024-01-02T04:00:00Z", "2024-01-02T06:00:00+02:00", "2024-01-02T04:00:00Z")
    found = fitted(tmp_path, *times)
    assert delay(found) == 0.0
    assert found.arrivals.start_date.isoformat() == "2024-01-02"
    assert "times have several zones (Z, +02:00, -05:00); all were converted to UTC" in found.report


def test_one_zone_throughout_keeps_the_local_clock(tmp_path: Path) -> None:
    found = fitted(tmp_path, *(f"2024-01-0{day}T23:00:00-05:00" for day in (1, 2, 3, 4)))
    assert found.arrivals.start_date.isoformat() == "2024-01-01"
    assert "times keep their local clock (-05:00)" in found.report


def test_times_that_cannot_be_read_are_counted_and_the_first_is_shown_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FitError) as caught:
        fitted(tmp_path, "2024-01-01", "2024-01-02", "31/02/2024", "infinity")
    assert str(caught.value) == (
        'log.csv:4: column time: 2 of 4 times cannot be read; the first is "31/02/2024"; '
        "write times like 2026-01-31 14:05:00, say --time-format, or remove these events"
    )


def test_an_empty_time_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FitError, match="1 of 4 times cannot be read; the first is empty"):
        fitted(tmp_path, "2024-01-01", "2024-01-02", "", "2024-01-04")


def test_a_given_pattern_reads_times_of_an_unusual_shape(tmp_path: Path) -> None:
    found = fitted(tmp_path, "24~01~01", "24~01~02", "24~01~03", "24~01~04", time_format="%y~%m~%d")
    assert delay(found) == 2.0


def test_times_before_1970_count_like_others(tmp_path: Path) -> None:
    found = fitted(tmp_path, "1960-01-01 06:00", "1960-01-02 06:00", "1960-01-03 06:00", "1960-01-04 06:00")
    assert delay(found) == 2.0
    assert found.arrivals.start_date.isoformat() == "1960-01-01"
    assert found.arrivals.horizon == 4
