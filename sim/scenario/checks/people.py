"""Customers who cannot be drawn."""

import datetime
import math
from collections.abc import Iterator, Sequence

from sim.scenario.distributions import Distribution, Spread
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.of_the_year import MOST_DAYS, SpecialDays, day_weights
from sim.scenario.people import Segment
from sim.scenario.scenario import Scenario

_GAMMA = ("price_sensitivity", "patience_minutes", "pace", "attrition")
"""Traits that are drawn from a gamma distribution when given by mean and sd (model section 1)."""

_DEFAULT_PATIENCE = 5.0

_ONE_OF = {
    "weekly": "weekday and one hour",
    "hourly": "hour",
    "monthly": "month",
    "week_of_year": "week",
    "dates": "day",
}
"""What one weight of each key is for."""

TAKEN = {
    "all": "all segments together",
    "treated": "those who are sent something",
    "holdout": "those to whom nothing is sent",
}
"""Segment ids that mean something else in the results; all but the first only where some customers are held out."""


def check_people(scenario: Scenario) -> Iterator[Fault]:
    """Segments, traits, attributes and arrivals that leave nothing to draw from."""
    groups = scenario.segments
    taken = TAKEN if _held_out(scenario) else {"all": TAKEN["all"]}
    if groups and all(segment.share == 0 for segment in groups):
        yield Fault(
            ("segments", 0, "share"), "the weights of all segments are 0", "give at least one a weight (share) above 0"
        )
    for number, segment in enumerate(groups):
        if segment.id in taken:
            remedy = 'give it another ID, such as "everyone"'
            problem = f'in the results "{segment.id}" stands for {taken[segment.id]}'
            yield Fault(("segments", number, "id"), problem, remedy)
        yield from _traits(("segments", number, "traits"), segment)
        for name, values in segment.attributes.items():
            if not any(values.values()):
                problem = "no value has a weight above 0"
                remedy = "write weights, such as { north = 0.5, south = 0.5 }"
                yield Fault(("segments", number, "attributes", name), problem, remedy)
    yield from _patience(groups)
    if scenario.activity is not None and not any(scenario.activity.weights):
        yield Fault(("activity", "weights"), "all weights are 0", "give at least one hour a weight above 0")
    yield from _arrivals(scenario)
    yield from _bought_arrivals(scenario)


def _held_out(scenario: Scenario) -> bool:
    """Whether some customers may be held out, so that the results tell of them and of the treated."""
    return scenario.orchestration.holdout > 0 or "orchestration.holdout" in scenario.uncertainty


def _traits(key_path: KeyPath, segment: Segment) -> Iterator[Fault]:
    for trait in type(segment.traits).model_fields:
        value = getattr(segment.traits, trait)
        if value is None:
            continue
        if trait == "pace" and value.mean_value() <= 0:
            remedy = "give a mean above 0: pace divides every delay, 1 is the reference"
            yield Fault((*key_path, trait), "a pace of 0 or less would make every delay endless", remedy)
        elif isinstance(value, Spread) and value.sd > 0 and trait in _GAMMA:
            yield from _spread(key_path, trait, value)


def _spread(key_path: KeyPath, trait: str, value: Spread) -> Iterator[Fault]:
    ratio = value.mean / value.sd
    if value.mean <= 0:
        problem = f"{trait} is never negative, so it cannot vary around a mean of {value.mean:g}"
        yield Fault((*key_path, trait, "mean"), problem, "give a mean above 0, or remove sd")
    elif not 1e-6 < ratio < 1e6:
        problem = f"an sd of {value.sd:g} cannot go with a mean of {value.mean:g}"
        yield Fault((*key_path, trait, "sd"), problem, "give an sd nearer to the mean, or 0 for no spread")


def _patience(groups: tuple[Segment, ...]) -> Iterator[Fault]:
    total = 0.0
    for number, segment in enumerate(groups):
        value: Spread | Distribution | None = segment.traits.patience_minutes
        mean = _DEFAULT_PATIENCE if value is None else value.mean_value()
        if not math.isfinite(mean):
            key_path = ("segments", number, "traits", "patience_minutes")
            remedy = "give a distribution whose mean is a number: patience counts relative to its mean"
            yield Fault(key_path, "this patience has no finite mean", remedy)
            return
        total += segment.share * mean
    if groups and total <= 0 and any(segment.share > 0 for segment in groups):
        given = [n for n, segment in enumerate(groups) if segment.traits.patience_minutes is not None]
        key_path = ("segments", given[0], "traits", "patience_minutes")
        problem = "the mean patience of all customers is not above 0"
        yield Fault(key_path, problem, "give at least one segment a patience above 0: it counts relative to the mean")


def _arrivals(scenario: Scenario) -> Iterator[Fault]:
    arrivals = scenario.population.arrivals
    key_path = ("population", "arrivals")
    if arrivals.over is not None and arrivals.over > scenario.horizon and arrivals.pattern != "cohort":
        problem = f"arrivals are spread over {arrivals.over:g} days but only {scenario.horizon:g} are simulated"
        remedy = "some customers never appear; if that is not intended, make over at most the horizon"
        yield Fault((*key_path, "over"), problem, remedy, "warning")
    if arrivals.pattern == "cohort" and arrivals.over is not None:
        problem = "this has no effect: a cohort arrives on day 0"
        yield Fault((*key_path, "over"), problem, 'remove it, or set pattern = "poisson"', "warning")
    of_profile = {
        "weekly": arrivals.weekly,
        "hourly": arrivals.hourly,
        "monthly": arrivals.monthly,
        "week_of_year": arrivals.week_of_year,
        "dates": arrivals.dates or None,
    }
    given = [key for key, weights in of_profile.items() if weights is not None]
    if arrivals.pattern != "profile":
        for key in given:
            problem = f'{key} has no effect with pattern "{arrivals.pattern}"'
            yield Fault((*key_path, key), problem, 'remove it, or set pattern = "profile"', "warning")
        return
    yield from _special_days(key_path, arrivals.dates, scenario)
    if not _has_weight(scenario, arrivals.monthly, arrivals.week_of_year, arrivals.dates):
        key = given[-1] if given else "weekly"
        problem = "no hour in which customers could arrive has a weight above 0"
        yield Fault((*key_path, key), problem, f"give at least one {_ONE_OF[key]} of the run a weight above 0")


def _bought_arrivals(scenario: Scenario) -> Iterator[Fault]:
    """Money for arrivals that no day of the run could be spent on."""
    for number, channel in enumerate(scenario.channels):
        bought, key_path = channel.acquisition, ("channels", number, "acquisition")
        if bought is None or not bought.has_seasons or not channel.enabled:
            continue
        yield from _special_days(key_path, bought.dates, scenario)
        if not _has_weight(scenario, bought.monthly, None, bought.dates):
            key = "dates" if bought.monthly is None else "monthly"
            problem = "no day of the run on which the money could be spent has a weight above 0"
            yield Fault((*key_path, key), problem, f"give at least one {_ONE_OF[key]} of the run a weight above 0")


def _special_days(key_path: KeyPath, dates: Sequence[SpecialDays], scenario: Scenario) -> Iterator[Fault]:
    for number, special in enumerate(dates):
        first = (special.start - scenario.start_date).days
        if first + special.days <= 0 or first >= scenario.horizon:
            problem = (
                f"{special.start} is not in this run, which is {scenario.horizon:g} days from {scenario.start_date} on"
            )
            remedy = "give a date of the run, or remove it"
            yield Fault((*key_path, "dates", number, "from"), problem, remedy, "warning")


def _has_weight(
    scenario: Scenario,
    monthly: Sequence[float] | None,
    week_of_year: Sequence[float] | None,
    dates: Sequence[SpecialDays],
) -> bool:
    """Whether some hour between day 0 and the last day of arrivals has a weight above 0."""
    arrivals = scenario.population.arrivals
    profile = arrivals.pattern == "profile"
    weekly: Sequence[float] = (1.0,) * 7
    hourly: Sequence[float] = (1.0,) * 24
    left = (datetime.date.max - scenario.start_date).days  # more is a finding of its own
    if profile:
        weekly, hourly = arrivals.weekly or weekly, arrivals.hourly or hourly
    hours = math.ceil(
        min((None if arrivals.pattern == "cohort" else arrivals.over) or scenario.horizon, MOST_DAYS, left) * 24
    )
    days = day_weights(
        scenario.start_date,
        math.ceil(hours / 24),
        weekly=weekly,
        monthly=monthly,
        week_of_year=week_of_year,
        dates=dates,
    )
    last = hourly[: (hours - 1) % 24 + 1]
    return (any(weight > 0 for weight in days[:-1]) and any(hourly)) or (days[-1] > 0 and any(last))
