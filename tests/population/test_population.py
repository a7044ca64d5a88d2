import datetime
import math

import numpy as np
import pytest
from scipy import stats

from sim.population import TRAITS, Population, draw_population, plan_population
from tests.builders import scenario

LOGNORMAL = stats.lognorm(math.sqrt(math.log1p(4 / 9)), scale=3 / math.sqrt(1 + 4 / 9))
"""Of mean 3 and standard deviation 2."""


def drawn(size: int = 20_000, seed: int = 3, **changes) -> Population:
    arrivals = changes.pop("arrivals", {"pattern": "cohort"})
    return draw_population(
        plan_population(scenario(population={"size": size, "arrivals": arrivals}, **changes)), seed, 0
    )


def trait(population: Population, name: str) -> np.ndarray:
    return population.traits[:, TRAITS.index(name)]


def test_without_segments_everybody_is_the_reference_customer():
    population = drawn(50)
    assert (population.traits == [0, 1, 5, 0, 1, 1, 12]).all()
    assert (population.affinity == 1).all()
    assert (population.arrival == 0).all()
    assert population.consent.all()


def test_segments_are_drawn_by_their_shares():
    population = drawn(segments=[{"id": "a", "share": 3}, {"id": "b", "share": 1}])
    assert stats.binomtest(int((population.segment == 1).sum()), 20_000, 0.25).pvalue > 0.001


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("propensity", {"mean": -0.2, "sd": 0.8}, stats.norm(-0.2, 0.8)),
        ("pace", {"mean": 2, "sd": 0.5}, stats.gamma(16, scale=1 / 8)),
        ("attrition", {"family": "betaprime", "a": 2, "b": 4}, stats.betaprime(2, 4)),
        ("price_sensitivity", {"family": "weibull", "scale": 2, "shape": 1.5}, stats.weibull_min(1.5, scale=2)),
        ("patience_minutes", {"family": "exponential", "mean": 4}, stats.expon(scale=4)),
        ("pace", {"family": "lognormal", "mean": 3, "sd": 2}, LOGNORMAL),
        ("privacy_concern", {"family": "beta", "a": 2, "b": 5}, stats.beta(2, 5)),
        ("preferred_hour", {"family": "uniform", "low": 2, "high": 20}, stats.uniform(2, 18)),
    ],
)
def test_traits_follow_their_distribution(name, written, expected):
    population = drawn(segments=[{"id": "a", "traits": {name: written}}])
    assert stats.kstest(trait(population, name), expected.cdf).pvalue > 0.001


def test_an_empirical_trait_is_linear_between_its_quantiles():
    quantiles = [1, 2, 6]
    population = drawn(segments=[{"id": "a", "traits": {"pace": {"family": "empirical", "quantiles": quantiles}}}])
    below = stats.binomtest(int((trait(population, "pace") < 4).sum()), 20_000, 0.75)
    assert below.pvalue > 0.001
    assert trait(population, "pace").min() >= 1
    assert trait(population, "pace").max() <= 6


def test_traits_stay_within_their_limits():
    wide = {"family": "normal", "mean": 0, "sd": 5}
    population = drawn(segments=[{"id": "a", "traits": {name: wide for name in TRAITS}}])
    assert trait(population, "price_sensitivity").min() == 0
    assert trait(population, "pace").min() == 1e-9
    assert (trait(population, "privacy_concern").min(), trait(population, "privacy_concern").max()) == (0, 1)
    assert 0 <= trait(population, "preferred_hour").min() < trait(population, "preferred_hour").max() < 24


def test_affinities_have_the_mean_and_spread_that_the_segment_gives():
    segment = {"id": "a", "affinity": {"web": 0.5}, "concentration": 4}
    population = drawn(segments=[segment])
    assert stats.kstest(population.affinity[:, 0], stats.gamma(4, scale=0.5 / 4).cdf).pvalue > 0.001


def test_opt_ins_and_attributes_are_drawn_by_segment():
    segments = [
        {"id": "a", "opt_in": {"web": 0.3}, "attributes": {"region": {"north": 1, "south": 3}}},
        {"id": "b", "consent": 0.0},
    ]
    population = drawn(segments=segments)
    first = population.segment == 0
    opted, region = population.opt_in(), population.attribute("region")
    assert stats.binomtest(int(opted[first, 0].sum()), int(first.sum()), 0.3).pvalue > 0.001
    assert opted[~first].all()
    assert stats.binomtest(int((region[first] == "south").sum()), int(first.sum()), 0.75).pvalue > 0.001
    assert set(region[~first]) == {""}
    assert population.consent[first].all()
    assert not population.consent[~first].any()


def test_poisson_arrivals_are_uniform_over_their_days():
    assert (
        stats.kstest(drawn(arrivals={"pattern": "poisson", "over": 9}).arrival, stats.uniform(0, 9).cdf).pvalue > 0.001
    )


def test_profile_arrivals_follow_weekday_and_hour():
    weekly, hourly = [1, 1, 1, 1, 1, 2, 0], [0.0] * 12 + [1.0] * 11 + [3.0]
    arrivals = {"pattern": "profile", "over": 14, "weekly": weekly, "hourly": hourly}
    times = drawn(arrivals=arrivals, start_date=datetime.date(2026, 1, 7)).arrival  # a Wednesday
    weekday, hour = (times.astype(int) + 2) % 7, (times % 1 * 24).astype(int)
    by_day = np.bincount(weekday, minlength=7)
    assert by_day[6] == 0
    assert stats.chisquare(by_day[:6], np.array([1, 1, 1, 1, 1, 2]) / 7 * len(times)).pvalue > 0.001
    assert hour.min() == 12
    assert stats.binomtest(int((hour == 23).sum()), len(times), 3 / 14).pvalue > 0.001


YEAR = [8, 7, 8, 8, 9, 8, 6, 6, 8, 9, 11, 12]


def by_month(times: np.ndarray, start: datetime.date) -> np.ndarray:
    months = [(start + datetime.timedelta(int(time))).month for time in times]
    return np.bincount(months, minlength=13)[1:]


@pytest.mark.parametrize("weekly", [None, [1, 1, 1, 1, 1, 9, 0]], ids=["every day alike", "mostly on Saturdays"])
def test_a_year_of_monthly_weights_comes_as_it_was_said(weekly: list[float] | None):
    """Whole months: neither the 28 days of February nor five Saturdays in May make a difference."""
    first = datetime.date(2026, 1, 1)
    arrivals = {"pattern": "profile", "monthly": YEAR} | ({"weekly": weekly} if weekly else {})
    counts = by_month(drawn(20_000, horizon=365, start_date=first, arrivals=arrivals).arrival, first)
    assert stats.chisquare(counts, np.array(YEAR) / 100 * 20_000).pvalue > 0.001


def test_a_run_that_begins_within_a_month_has_that_share_of_it():
    """From 21 December (11 of its 31 days, 12 of 100) to the end of January (8 of 100)."""
    first = datetime.date(2026, 12, 21)
    arrivals = {"pattern": "profile", "monthly": YEAR}
    counts = by_month(drawn(20_000, horizon=42, start_date=first, arrivals=arrivals).arrival, first)
    december = 12 * 11 / 31
    assert counts[0] + counts[11] == 20_000
    assert stats.binomtest(int(counts[11]), 20_000, december / (december + 8)).pvalue > 0.001


def test_special_days_come_on_top_of_their_month_and_multiply_where_they_overlap():
    first = datetime.date(2026, 11, 1)
    dates = [
        {"name": "Black Friday", "from": datetime.date(2026, 11, 27), "days": 4, "weight": 3},
        {"from": datetime.date(2026, 11, 30), "weight": 2},
        {"from": datetime.date(2026, 10, 30), "days": 3, "weight": 0},
        {"from": datetime.date(2027, 11, 30), "weight": 9},
    ]
    arrivals = {"pattern": "profile", "monthly": [1] * 12, "dates": dates}
    times = drawn(20_000, horizon=61, start_date=first, arrivals=arrivals).arrival
    weight = np.repeat([1 / 30, 1 / 31], [30, 31])
    weight[26:30] *= 3
    weight[29] *= 2
    weight[0] = 0
    by_day = np.bincount(times.astype(int), minlength=61)
    assert by_day[0] == 0
    assert stats.chisquare(by_day[1:], (weight / weight.sum() * 20_000)[1:]).pvalue > 0.001


@pytest.mark.parametrize("weeks", [52, 53])
def test_weeks_are_those_of_iso_8601(weeks: int):
    """2026 has 53 weeks: from Monday 2026-12-21 these are week 52, 53 and the first of 2027."""
    weights = [5.0, *[1.0] * 50, 2.0, 3.0][:weeks]
    arrivals = {"pattern": "profile", "week_of_year": weights}
    times = drawn(20_000, horizon=21, start_date=datetime.date(2026, 12, 21), arrivals=arrivals).arrival
    expected = np.array([2, 3 if weeks == 53 else 2, 5])
    counts = np.bincount(times.astype(int) // 7)
    assert stats.chisquare(counts, expected / expected.sum() * 20_000).pvalue > 0.001


@pytest.mark.parametrize("pattern", ["cohort", "poisson", "profile"])
def test_what_is_bought_comes_when_its_money_is_spent(pattern: str):
    first = datetime.date(2026, 1, 1)
    bought = {"spend": 2000, "cost_per_arrival": 1, "saturation": 50_000}
    in_winter = bought | {"monthly": [0] * 10 + [1, 3]}
    of = scenario(
        population={"size": 2000, "arrivals": {"pattern": pattern}},
        horizon=365,
        start_date=first,
        channels=[{"id": "web", "acquisition": in_winter}, {"id": "radio", "acquisition": bought}],
    )
    people = draw_population(plan_population(of), 1, 0)
    web = by_month(people.arrival[people.bought == 0], first)
    assert web[:10].sum() == 0
    assert stats.binomtest(int(web[11]), int(web.sum()), 0.75).pvalue > 0.001
    others = people.arrival[people.bought != 0]
    if pattern == "cohort":
        assert (others == 0).all()
    else:
        assert stats.kstest(others, stats.uniform(0, 365).cdf).pvalue > 0.001


def test_a_customer_is_the_same_however_many_there_are_and_whatever_else_is_added():
    few = drawn(100, segments=[{"id": "a", "concentration": 2, "traits": {"pace": {"mean": 1, "sd": 0.4}}}])
    many = drawn(
        300,
        segments=[{"id": "a", "concentration": 2, "traits": {"pace": {"mean": 1, "sd": 0.4}}}],
        channels=[{"id": "shop"}, {"id": "web"}],
    )
    assert np.array_equal(few.traits, many.traits[:100])
    assert np.array_equal(few.affinity[:, 0], many.affinity[:100, 1])


def test_patience_is_relative_to_the_mean_over_the_population():
    segments = [
        {"id": "a", "share": 3, "traits": {"patience_minutes": {"mean": 4}}},
        {"id": "b", "share": 1, "traits": {"patience_minutes": {"mean": 12}}},
    ]
    assert drawn(10, segments=segments).plan.mean_patience == 6
