"""Who the customers are (model 1): segment, arrival, start, traits, affinities, …; the holdout (model 10)."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from sim.scenario.distributions import Fixed, Gamma
from sim.scenario.people import Segment
from sim.scenario.scenario import Scenario

from .distributions import Any_, drawn, mean, of_trait
from .draws import (
    AFFINITY,
    ARRIVAL,
    ATTRIBUTE,
    CONSENT,
    HOLDOUT,
    LIKING,
    OPT_IN,
    SEGMENT,
    START,
    TRAIT,
    Draws,
    first_in_race,
    uniform53,
)
from .hours import HourlyWeights
from .journey import Journey
from .year import arrivals_over_the_year

REFERENCE = {
    "propensity": 0.0,
    "price_sensitivity": 1.0,
    "patience_minutes": 5.0,
    "privacy_concern": 0.0,
    "pace": 1.0,
    "attrition": 1.0,
    "preferred_hour": 12.0,
}


@dataclass(frozen=True)
class Person:
    """What is settled about a customer before the journey begins."""

    number: int
    segment: str
    arrival: float
    start: str
    traits: dict[str, float]
    own_patience: float
    affinity: dict[str, float]
    consent: bool
    opted_in: dict[str, bool]
    """whether messages are accepted, by channel"""
    attributes: dict[str, str]
    holdout: bool
    control: bool
    """whether nothing is optimised for them (model 33.4)"""
    likings: dict[tuple[str, str], float]
    """how much each content is liked, by trait and value, in log odds (model 33.6); without those that are not named"""
    bought_on: str | None = None
    """the channel on which the arrival was bought"""


class People:
    """The population of one replication."""

    def __init__(self, journey: Journey, draws: Draws, holdout: float = 0.0) -> None:
        self.journey = journey
        self.draws = draws
        self.holdout = holdout
        self.optimised = journey.scenario.orchestration.optimise_share
        self.arrives = arrival_rule(journey.scenario)
        self.bought_arrives = {
            channel.id: arrivals_over_the_year(journey.scenario, channel.acquisition)
            for channel in journey.scenario.channels
            if channel.acquisition is not None and (channel.acquisition.monthly or channel.acquisition.dates)
        }
        # In exact fractions: rounding would break ties between the end of patience and other events.
        shares = {segment.id: Fraction(segment.share) for segment in journey.segments.values()}
        patience = sum(
            shares[segment.id] * Fraction(mean(trait_of(segment, "patience_minutes")))
            for segment in journey.segments.values()
        )
        self.mean_patience = float(patience / sum(shares.values()))

    def person(self, number: int, arrival: float | None = None, bought_on: str | None = None) -> Person:
        """Everything about one customer; a friend's arrival is given (model 19)."""
        draws = self.draws
        segments = list(self.journey.segments.values())
        winner = first_in_race(
            [segment.share for segment in segments],
            [draws.uniform(number, SEGMENT, f"segment:{segment.id}") for segment in segments],
        )
        assert winner is not None, "no segment has a share"
        segment = segments[winner]
        touchpoints = list(self.journey.touchpoints.values())
        start = first_in_race(
            [float(touchpoint.start) for touchpoint in touchpoints],
            [draws.uniform(number, START, f"touchpoint:{touchpoint.id}") for touchpoint in touchpoints],
        )
        assert start is not None, "nobody can start anywhere"
        traits = {name: own_trait(draws, number, segment, name) for name in REFERENCE}
        arrives = self.arrives if bought_on is None else self.bought_arrives.get(bought_on, self.arrives)
        return Person(
            number=number,
            segment=segment.id,
            arrival=arrives(uniform53(draws.words(number, ARRIVAL, "arrival"))) if arrival is None else arrival,
            start=touchpoints[start].id,
            traits=traits,
            own_patience=traits["patience_minutes"] / self.mean_patience if self.mean_patience else 0.0,
            affinity={channel: own_affinity(draws, number, segment, channel) for channel in self.journey.channels},
            consent=draws.uniform(number, CONSENT, "consent") < segment.consent,
            opted_in={
                channel: draws.uniform(number, OPT_IN, f"channel:{channel}") < segment.opt_in.get(channel, 1.0)
                for channel in self.journey.channels
            },
            attributes=own_attributes(draws, number, segment),
            holdout=draws.uniform(number, HOLDOUT, "holdout") < self.holdout,
            control=draws.uniform(number, HOLDOUT, "optimise") >= self.optimised,
            likings=own_likings(draws, number, segment),
            bought_on=bought_on,
        )


def arrival_rule(scenario: Scenario) -> Callable[[float], float]:
    """The arrival time that a uniform gives."""
    arrivals = scenario.population.arrivals
    over = scenario.horizon if arrivals.over is None else arrivals.over
    if arrivals.pattern == "cohort":
        return lambda u: 0.0
    if arrivals.pattern == "poisson":
        return lambda u: over * u
    if arrivals.monthly or arrivals.week_of_year or arrivals.dates:
        return arrivals_over_the_year(scenario, arrivals)
    weekly = arrivals.weekly or (1.0,) * 7
    hourly = arrivals.hourly or (1.0,) * 24
    weights = HourlyWeights([Fraction(w) * Fraction(v) for w in weekly for v in hourly], scenario.start_date.weekday())
    whole = weights.integral(Fraction(over))
    return lambda u: float(weights.reached(Fraction(u) * whole))


def trait_of(segment: Segment, name: str) -> Any_:
    given = getattr(segment.traits, name)
    return Fixed(value=REFERENCE[name]) if given is None else of_trait(name, given)


def own_trait(draws: Draws, number: int, segment: Segment, name: str) -> float:
    value = drawn(trait_of(segment, name), draws.words(number, TRAIT, f"trait:{name}"))
    if name in ("price_sensitivity", "patience_minutes", "attrition"):
        return max(0.0, value)
    if name == "privacy_concern":
        return min(1.0, max(0.0, value))
    if name == "pace":
        return max(1e-9, value)
    if name == "preferred_hour":
        return value % 24
    return value


def own_affinity(draws: Draws, number: int, segment: Segment, channel: str) -> float:
    average = segment.affinity.get(channel, 1.0)
    if segment.concentration is None or average == 0:
        return average
    spread = Gamma(family="gamma", mean=average, shape=segment.concentration)
    return drawn(spread, draws.words(number, AFFINITY, f"channel:{channel}"))


def own_likings(draws: Draws, number: int, segment: Segment) -> dict[tuple[str, str], float]:
    return {
        (trait, value): drawn(of_trait("propensity", given), draws.words(number, LIKING, f"content:{trait}={value}"))
        for trait, values in segment.content.items()
        for value, given in values.items()
    }


def own_attributes(draws: Draws, number: int, segment: Segment) -> dict[str, str]:
    attributes = {}
    for name, weights in segment.attributes.items():
        luck = [draws.uniform(number, ATTRIBUTE, f"attribute:{name}={value}") for value in weights]
        winner = first_in_race(list(weights.values()), luck)
        if winner is not None:
            attributes[name] = list(weights)[winner]
    return attributes
