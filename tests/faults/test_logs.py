"""Event logs that are odd as a whole, through the command: told in a line or noted in the report."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Journey
from tests.faults.conftest import files_in, told
from tests.fit.logs import orders, write_log
from tests.peak import where_found

COLUMNS = ("--case", "case", "--activity", "activity", "--time", "time")


def fit(journey: Journey, *options: object) -> Ended:
    return journey("fit", "log.csv", *COLUMNS, "-o", "fitted.toml", *options)


def test_a_log_of_one_case_is_refused(journey: Journey) -> None:
    write_log(Path("log.csv"), [("c1", activity, time) for _, activity, time in orders()])
    told(fit(journey), 2, "log.csv: column case: the log has only one case", "name the column that says which customer")
    assert files_in(Path.cwd()) == {"log.csv"}


def test_a_log_whose_every_row_is_a_case_is_fitted_with_a_warning(journey: Journey) -> None:
    write_log(Path("log.csv"), [(f"c{n}", activity, time) for n, (_, activity, time) in enumerate(orders())])
    ended = fit(journey)
    assert ended.code == 0
    assert 'is "case" the column that says whose event it is?' in ended.out


def test_rows_that_stand_there_twice_count_once_and_are_told(journey: Journey) -> None:
    write_log(Path("log.csv"), orders())
    assert fit(journey).code == 0
    once = Path("fitted.toml").read_text().splitlines()
    write_log(Path("log.csv"), [row for row in orders() for _ in range(2)])
    ended = fit(journey, "--force")
    assert ended.code == 0
    assert "400 rows left out: the same as an earlier row in every column" in ended.out
    twice = Path("fitted.toml").read_text().splitlines()
    assert [line for line in twice if "rows left out" not in line] == once


def test_times_of_several_zones_are_brought_to_one_and_that_is_told(journey: Journey) -> None:
    rows = [
        (case, activity, time.replace("09:00:00", f"{clock}:00:00{zone}"))
        for (case, activity, time), (clock, zone) in zip(
            orders(), [("09", "+00:00"), ("14", "+05:00"), ("01", "-08:00"), ("09", "Z")] * 100, strict=True
        )
    ]
    write_log(Path("log.csv"), rows)
    ended = fit(journey)
    assert ended.code == 0
    assert "times have several zones (" in ended.out
    assert "all were converted to UTC" in ended.out
    mixed = transitions(Path("fitted.toml"))
    write_log(Path("log.csv"), orders())
    assert fit(journey, "--force").code == 0
    assert transitions(Path("fitted.toml")) == mixed


def transitions(path: Path) -> str:
    return path.read_text().partition("[[transitions]]")[2]


@pytest.mark.parametrize("time", ["9999-12-31 23:59:59", "0001-01-01 00:00:00", "1970-01-01", "1900-01-01"])
def test_a_time_that_stands_for_none_is_not_taken_for_one(journey: Journey, time: str) -> None:
    write_log(Path("log.csv"), orders())
    assert fit(journey).code == 0
    without = transitions(Path("fitted.toml"))
    write_log(Path("log.csv"), [*orders(), ("c1", "Look", time)])
    ended = fit(journey, "--force")
    told_so = f"1 event left out: the time ({time[:10]}) lies decades apart from the rest (2024-01-01 to 2024-05-31)"
    assert told_so in ended.out
    assert transitions(Path("fitted.toml")) == without


def test_a_pattern_of_times_that_is_none_is_told(journey: Journey) -> None:
    write_log(Path("log.csv"), orders())
    told(fit(journey, "--time-format", "%Q"), 2, 'time format: "%Q" is not a time format; write one such as')


def test_more_activities_than_a_journey_has_touchpoints_are_told(journey: Journey) -> None:
    rows = [(f"c{n % 50}", f"Activity {n % 3000}", "2026-01-01") for n in range(6000)]
    write_log(Path("log.csv"), [*rows, *((f"c{n}", "Look", "2026-01-02") for n in range(50))])
    says = "column activity: 3,001 different values reach the floor, and a journey has at most 2,000 touchpoints"
    told(fit(journey), 2, says, "leave out rare ones with a floor of 0.04 or more")
    ended = fit(journey, "--floor", 0.04)
    assert ended.code == 0
    assert "3,000 events of 3,000 rare activities left out" in ended.out


def test_more_steps_than_a_journey_has_transitions_are_told(journey: Journey) -> None:
    order = [n * n % 1009 for n in range(1, 505)]
    rows = [
        (f"c{case}", f"Activity {number * (case + 1) % 1009}", f"2026-01-{1 + n // 24:02d} {n % 24:02d}:00:00")
        for case in range(60)
        for n, number in enumerate(order)
    ]
    write_log(Path("log.csv"), rows)
    ended = fit(journey)
    told(ended, 2, "different steps from one activity to the next, and a journey has at most 20,000")


MEASURED = """
import sys
from app.cli.main import main
from tests.peak import peak
try:
    main(sys.argv[1:])
finally:
    print(peak())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as Unix counts it")
@pytest.mark.parametrize("common", [False, True], ids=["all-different", "a-few-common"])
@pytest.mark.parametrize("floor", [None, "0"])
def test_a_million_activities_are_told_or_left_out_within_two_gigabytes(
    tmp_path: Path, common: bool, floor: str | None
) -> None:
    with Path("log.csv").open("w") as file:
        file.write("case,activity,time\n")
        file.writelines(f"c{n % 100_000},activity {n},2026-01-{1 + n % 28:02d}\n" for n in range(1_000_000))
        if common:
            file.writelines(
                f"c{n},{what},2026-02-{1 + n % 28:02d}\n" for n in range(100_000) for what in ("look", "buy")
            )
    options = [] if floor is None else ["--floor", floor]
    command = ["fit", "log.csv", *COLUMNS, "-o", "fitted.toml", *options]
    ran = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, env=where_found())
    *out, most = ran.stdout.splitlines()
    assert int(most) < 2_000_000_000
    if floor is None and common:
        assert ran.returncode == 0, ran.stderr
        assert out[0].startswith(
            "1,000,000 events of 1,000,000 rare activities left out (in fewer than 0.5 % of cases)"
        )
        return
    says = (
        "none of its 1,000,000 values occurs in 0.5 % of the cases"
        if floor is None
        else f"{1_000_000 + 2 * common:,} different values reach the floor"
    )
    told(Ended(ran.returncode, "", ran.stderr), 2, f"log.csv: column activity: {says}")
    assert files_in(Path.cwd()) == {"log.csv"}
