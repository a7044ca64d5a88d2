"""Customers who cannot be drawn."""

import math
from collections.abc import Iterator

from sim.scenario.distributions import Distribution, Spread
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.people import Segment
from sim.scenario.scenario import Scenario

_GAMMA = ("price_sensitivity", "patience_minutes", "pace", "attrition")
"""Traits that are drawn from a gamma distribution when given by mean and sd (model section 1)."""

_DEFAULT_PATIENCE = 5.0

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
    for key, weights in (("weekly", arrivals.weekly), ("hourly", arrivals.hourly)):
        if weights is not None and arrivals.pattern != "profile":
            problem = f'{key} has no effect with pattern "{arrivals.pattern}"'
            yield Fault((*key_path, key), problem, 'remove it, or set pattern = "profile"', "warning")
    if arrivals.pattern == "profile" and not _has_weight(scenario):
        key = "hourly" if arrivals.hourly is not None and arrivals.weekly is None else "weekly"
        problem = "no hour in which customers could arrive has a weight above 0"
        yield Fault((*key_path, key), problem, "give at least one weekday and one hour a weight above 0")


def _has_weight(scenario: Scenario) -> bool:
    """Whether some hour between day 0 and the last day of arrivals has a weight above 0."""
    arrivals = scenario.population.arrivals
    weekly, hourly = arrivals.weekly or (1.0,) * 7, arrivals.hourly or (1.0,) * 24
    over = arrivals.over or scenario.horizon
    first_weekday = scenario.start_date.weekday()
    hours = range(min(math.ceil(over * 24), 168))
    return any(weekly[(first_weekday + hour // 24) % 7] * hourly[hour % 24] > 0 for hour in hours)
