"""Who the customers are: population, arrivals, segments and traits."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.distributions import TraitValue
from sim.scenario.legible import Card, Line
from sim.scenario.model import Id, Many, NonNegative, Part, Positive, Probability, Whole


class Arrivals(Part):
    """When customers arrive."""

    pattern: Literal["cohort", "poisson", "profile"] = "cohort"
    """all at day 0, evenly at random, or by a weekly and hourly profile"""
    over: Positive | None = None
    """days over which they arrive; the horizon when left out"""
    weekly: Annotated[Many[NonNegative], Field(min_length=7, max_length=7)] | None = None
    """weight of each weekday from Monday, for pattern `profile`"""
    hourly: Annotated[Many[NonNegative], Field(min_length=24, max_length=24)] | None = None
    """weight of each hour from midnight, for pattern `profile`"""


class Population(Part):
    """How many customers a replication has, and when they arrive."""

    size: Annotated[Whole, Field(ge=1, le=100_000_000)]
    """customers in one replication"""
    arrivals: Arrivals = Arrivals()
    """when they arrive"""


class Traits(Part):
    """What distinguishes one customer from another; whatever is left out is the reference customer's."""

    propensity: TraitValue | None = None
    """leaning towards progress; 0 is the reference (unit: log-odds scale)"""
    price_sensitivity: TraitValue | None = None
    """how strongly price and discounts count; 1 is the reference"""
    patience_minutes: TraitValue | None = None
    """patience in a queue, relative to the population's mean; 5 is the reference"""
    privacy_concern: TraitValue | None = None
    """0 to 1; above 0.7 close personalization is disliked; 0 is the reference"""
    pace: TraitValue | None = None
    """divides each delay; 1 is the reference"""
    attrition: TraitValue | None = None
    """multiplies the share of exit transitions; 1 is the reference"""
    preferred_hour: TraitValue | None = None
    """hour of the day at which messages are welcome; 12 is the reference"""


class Segment(Part):
    """A group of customers who are alike."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the id when left out"""
    share: NonNegative = 1.0
    """weight among the segments"""
    affinity: dict[Id, NonNegative] = {}
    """mean affinity by channel; 1 for a channel left out"""
    concentration: Positive | None = None
    """shape of the spread of affinities between customers; no spread when left out"""
    opt_in: dict[Id, Probability] = {}
    """share who accept messages, by channel; 1 for a channel left out"""
    consent: Probability = 1.0
    """share who consent to being profiled"""
    traits: Traits = Traits()
    """distributions of the traits"""
    attributes: dict[Id, dict[Line, NonNegative]] = {}
    """free attributes: a weight for each value"""
    persona: Card = {}
    """a card about a typical member: goals, pain points, preferred channels; shown only"""
