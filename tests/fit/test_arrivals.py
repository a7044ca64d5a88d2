"""How arrivals are told from starts."""

import datetime
from pathlib import Path

import pytest

from sim.fit import Fitted, fit
from sim.scenario import parse
from tests.fit.logs import NAMES, stamp, write_log


def fitted(folder: Path, starts: list[str]) -> Fitted:
    return fit(
        write_log(folder / "log.csv", [(f"c{number}", "Look", start) for number, start in enumerate(starts)]),
        **NAMES,
        scratch=folder,
    )


def test_cases_that_all_start_at_once_are_a_cohort(tmp_path: Path) -> None:
    rows = [(f"c{n}", activity, stamp(day)) for n in range(30) for activity, day in (("A", 1), ("B", 2 + n))]
    found = fit(write_log(tmp_path / "log.csv", rows), **NAMES, scratch=tmp_path)
    assert found.arrivals.pattern == "cohort"
    assert found.arrivals.horizon == 31


def test_evenly_spread_starts_are_poisson_over_their_span(tmp_path: Path) -> None:
    found = fitted(tmp_path, [stamp(1 + 84 * n / 1000, 0.01 * (n % 7)) for n in range(1000)]).arrivals
    assert found.pattern == "poisson"
    assert found.over == pytest.approx(84, abs=0.2)
    assert found.start_date == datetime.date(2024, 1, 1)


def test_whole_days_last_until_their_end(tmp_path: Path) -> None:
    found = fitted(tmp_path, [stamp(1 + n % 84)[:10] for n in range(840)]).arrivals
    assert (found.pattern, found.over, found.horizon) == ("poisson", 84.0, 84)


def test_starts_on_working_days_by_day_show_as_a_profile(tmp_path: Path) -> None:
    starts = [stamp(day, 9 + (day * 7 + n) % 8) for day in range(1, 99) if day % 7 in (1, 2, 3, 4, 5) for n in range(8)]
    found = fitted(tmp_path, starts)
    assert found.arrivals.pattern == "profile"
    assert found.arrivals.weekly == pytest.approx([1.4] * 5 + [0, 0])
    assert found.arrivals.hourly == pytest.approx([0] * 9 + [3] * 8 + [0] * 7)
    written = parse(found.text).scenario.population.arrivals
    assert written.weekly == pytest.approx(found.arrivals.weekly, abs=0.01)


def test_few_starts_show_no_rhythm(tmp_path: Path) -> None:
    assert fitted(tmp_path, [stamp(day, 9) for day in (1, 2, 3, 8, 9, 15, 16, 22)]).arrivals.pattern == "poisson"


def test_a_log_that_opens_amid_its_customers_lives_has_them_arrive_early_and_says_so(tmp_path: Path) -> None:
    # 900 of 1,000 start evenly in the first ten days, the others in the ninety that follow.
    starts = [stamp(1 + n / 90) for n in range(900)] + [stamp(11 + 0.9 * n) for n in range(100)]
    found = fitted(tmp_path, starts)
    assert found.arrivals.pattern == "poisson"
    # An even spread over L days is at 10 / L after ten days, so least far from 0.9 there and from 1 at L: 10.5 days.
    assert found.arrivals.over == pytest.approx(10.5, abs=0.6)
    assert found.arrivals.horizon == 100
    (told,) = (line for line in found.report if line.startswith("starts are not even"))
    assert told.startswith(
        "starts are not even: half of the cases start in the first 6 of 99 days; the scenario spreads"
    )


def test_starts_that_grow_are_told_and_spread_over_all_days(tmp_path: Path) -> None:
    # The square root of an even spread: three in four start in the second half.
    found = fitted(tmp_path, [stamp(1 + 100 * (n / 1000) ** 0.5) for n in range(1000)])
    assert found.arrivals.over == pytest.approx(100, abs=0.1)
    (told,) = (line for line in found.report if line.startswith("starts are not even"))
    assert told.endswith("the scenario spreads them evenly over all of them")
