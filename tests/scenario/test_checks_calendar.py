"""Months, weeks, special days and seasons that cannot be meant as they are: where, what, what would be right."""

from typing import Any

import pytest

from sim.scenario.arms import check_settings
from sim.scenario.checks import check
from tests.builders import scenario
from tests.scenario.finding import assert_found, changed

OLD = '{ pattern = "poisson", over = 90 }'
APP = 'id = "app"\n'
SEASONS = "[integration]"
TWELVE = ", ".join(["1"] * 12)


def profile(more: str) -> tuple[str, str]:
    return OLD, f'{{ pattern = "profile", {more} }}'


def season(more: str) -> tuple[str, str]:
    return SEASONS, f'[[seasons]]\nid = "winter"\nset = {{ "channels.web.cost" = 1 }}\n{more}\n{SEASONS}'


WRONG = {
    "eleven months": (
        profile("monthly = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"),
        ("monthly", "population.arrivals.monthly", "a list of 12 items, each a number of at least 0", "each month"),
    ),
    "twelve weeks": (
        profile(f"week_of_year = [{TWELVE}]"),
        ("week_of", "population.arrivals.week_of_year", "a list of 52 to 53 items", "each week"),
    ),
    "a year of 54 weeks": (
        profile(f"week_of_year = [{', '.join(['1'] * 54)}]"),
        ("week_of", "population.arrivals.week_of_year", "a list of 52 to 53 items", "each week"),
    ),
    "arrivals in no month": (
        profile(f"monthly = [{', '.join(['0'] * 12)}]"),
        ("monthly", "population.arrivals.monthly", "no hour in which customers could arrive", "at least one month"),
    ),
    "arrivals in a month that the run has not": (
        profile("over = 20, monthly = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"),
        ("monthly", "population.arrivals.monthly", "no hour in which customers could arrive", "at least one month"),
    ),
    "every day a holiday": (
        profile("over = 20, dates = [{ from = 2026-01-01, days = 60, weight = 0 }]"),
        ("dates", "population.arrivals.dates", "no hour in which customers could arrive", "at least one day"),
    ),
    "special days without a date": (
        profile("dates = [{ days = 3, weight = 2 }]"),
        ("dates", "population.arrivals.dates.1.from", "this is missing", "a date such as"),
    ),
    "no days": (
        profile("dates = [{ from = 2026-03-01, days = 0, weight = 2 }]"),
        ("dates", "population.arrivals.dates.1.days", "a whole number from 1 to 366", "a whole number"),
    ),
    "money in months that the run has not": (
        (
            APP,
            f"{APP}acquisition = {{ spend = 5, cost_per_arrival = 1, saturation = 9, "
            "dates = [{ from = 2026-01-01, days = 366, weight = 0 }] }\n",
        ),
        ("dates", "channels.app.acquisition.dates", "no day of the run on which the money", "at least one day"),
    ),
    "a season without months": (
        season("months = []"),
        ("months", "seasons.winter.months", "this season has no months", 'such as ["nov", "dec"]'),
    ),
    "a month that there is not": (
        season('months = ["december"]'),
        ("months", "seasons.winter.months.1", 'expected "jan"', "known values: jan"),
    ),
}

DOUBTFUL = {
    "months that are not used": (
        (OLD, f'{{ pattern = "poisson", monthly = [{TWELVE}] }}'),
        ("monthly", "population.arrivals.monthly", 'no effect with pattern "poisson"', 'set pattern = "profile"'),
    ),
    "a holiday of another year": (
        profile("dates = [{ from = 2027-12-24, days = 3, weight = 0 }]"),
        ("dates", "population.arrivals.dates.1.from", "2027-12-24 is not in this run", "a date of the run"),
    ),
}


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(change: tuple[str, str], told: tuple[str, str, str, str]) -> None:
    assert_found(changed(change), *told)


@pytest.mark.parametrize(("change", "told"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_is_doubtful_is_said(change: tuple[str, str], told: tuple[str, str, str, str]) -> None:
    assert_found(changed(change), *told, level="warning")


def winters(first: list[str], second: list[str], **changes: Any) -> list[tuple[Any, ...]]:
    """What is found where two seasons set the same value."""
    seasons = [
        {"id": "a", "months": first, "set": {"channels.web.cost": 1}},
        {"id": "b", "months": second, "set": {"channels.web.cost": 2}},
    ]
    found = check(scenario(**{"horizon": 365, "channels": [{"id": "web"}], "seasons": seasons, **changes}))
    return [(fault.key_path, fault.level) for fault in found]


def test_two_seasons_that_set_the_same_in_one_month_are_told() -> None:
    assert winters(["nov", "dec"], ["jan", "dec"]) == [(("seasons", 1, "set", "channels.web.cost"), "error")]
    assert winters(["nov", "dec"], ["jan", "feb"]) == []


def test_a_season_that_does_not_come_is_told() -> None:
    """From 5 January 2026 on."""
    assert winters(["dec"], ["feb"], horizon=40) == [(("seasons", 0, "months"), "warning")]
    assert winters(["jan"], ["feb"], horizon=40) == []


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"seasons": [{"id": "a", "months": ["dec"], "set": {"channels.web.cost": 1}}]}, ("horizon",)),
        ({"population": {"size": 9, "arrivals": {"pattern": "profile", "monthly": [1] * 12}}}, ("horizon",)),
        (
            {
                "horizon": 9,
                "population": {"size": 9, "arrivals": {"pattern": "profile", "over": 40_000, "monthly": [1] * 12}},
            },
            ("population", "arrivals", "over"),
        ),
    ],
)  # fmt: skip
def test_the_calendar_is_followed_for_a_hundred_years(changes: dict[str, Any], where: tuple[str, ...]) -> None:
    found = check(scenario(**{"horizon": 40_000, "channels": [{"id": "web"}], **changes}))
    told = [fault.key_path for fault in found if fault.level == "error"]
    assert told == [where]


def test_what_a_season_sets_is_looked_at_as_what_phases_set() -> None:
    wrong = {"id": "a", "months": ["dec"], "set": {"channels.web.cost": -1, "channels.web.kind": "voice"}}
    of = scenario(channels=[{"id": "web"}], seasons=[wrong])
    assert [fault.key_path for fault in check(of) if fault.level == "error"] == [
        ("seasons", 0, "set", "channels.web.kind")
    ]
    assert [fault.key_path[:4] for fault in check_settings(of)] == [("seasons", 0, "set", "channels.web.cost")]
