"""Who the customers are: population, arrivals, segments and traits."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.content import ContentTrait
from sim.scenario.distributions import TraitValue
from sim.scenario.key import Days, Key, Minutes, Plain, Scaled, Times, Weight
from sim.scenario.legible import Card, Line
from sim.scenario.model import ChannelId, Id, Many, NonNegative, Part, Positive, Probability, Whole
from sim.scenario.of_the_year import ByWeek, Monthly, SpecialDays

AnyChannelId = Annotated[ChannelId, Key(must="exist")]
"""What a customer thinks of a channel counts whether or not it is enabled."""
_ATTRIBUTES = Key(entry="attribute", first={"yes": 0.5, "no": 0.5})
_CONTENT = Key(entry="trait", first={"friendly": 0.5})
_CARD = ("goals", "pain_points", "preferred_channels", "quote", "about")
_PERSONA = Key(entry="line to the card", names=_CARD, only_shown=True)


class Arrivals(Part):
    """When customers arrive."""

    pattern: Literal["cohort", "poisson", "profile"] = "cohort"
    """all at day 0, evenly at random, or by a profile of months, weekdays and hours"""
    over: Annotated[Days[Positive] | None, Key(label="Arrive over")] = None
    """days over which they arrive; the horizon when left out"""
    weekly: Annotated[
        Annotated[Many[Plain[NonNegative]], Field(min_length=7, max_length=7)] | None, Key(label="By weekday")
    ] = None
    """weight of each weekday from Monday; with `pattern` `profile`"""
    hourly: Annotated[
        Annotated[Many[Plain[NonNegative]], Field(min_length=24, max_length=24)] | None, Key(label="By hour")
    ] = None
    """weight of each hour from midnight; with `pattern` `profile`"""
    monthly: Monthly | None = None
    """weight of each month from January: how many arrive in the whole month; with `pattern` `profile`"""
    week_of_year: ByWeek | None = None
    """weight of each week of the year, 52 or 53 of them; with `pattern` `profile`"""
    dates: Annotated[Many[SpecialDays], Key(label="Special days")] = ()
    """days with more or fewer arrivals, such as holidays and sales; with `pattern` `profile`"""


class Population(Part):
    """How many customers a replication has, and when they arrive."""

    size: Annotated[
        Scaled[Annotated[Whole, Field(ge=1, le=100_000_000), Key(unit="customers")]], Key(label="Number of customers")
    ]
    """customers in one replication"""
    arrivals: Arrivals = Arrivals()
    """when they arrive"""


class Traits(Part):
    """What distinguishes one customer from another; whatever is left out is the reference customer's."""

    propensity: Plain[TraitValue] | None = None
    """leaning towards progress; 0 is the reference (unit: log-odds scale)"""
    price_sensitivity: Times[TraitValue] | None = None
    """how strongly price and discounts count; 1 is the reference"""
    patience_minutes: Annotated[Minutes[TraitValue] | None, Key(label="Patience")] = None
    """patience in a queue, relative to the population's mean; 5 is the reference"""
    privacy_concern: Plain[TraitValue] | None = None
    """0 to 1; above 0.7 close personalization is disliked; 0 is the reference"""
    pace: Times[TraitValue] | None = None
    """divides each delay; 1 is the reference"""
    attrition: Times[TraitValue] | None = None
    """multiplies the share of exit transitions; 1 is the reference"""
    preferred_hour: Annotated[TraitValue, Key(unit="o'clock")] | None = None
    """hour of the day at which messages are welcome; 12 is the reference"""


class Segment(Part):
    """A group of customers who are alike."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the ID when left out"""
    share: Weight[NonNegative] = 1.0
    """weight among the segments"""
    affinity: Annotated[dict[AnyChannelId, Plain[NonNegative]], Key(left_out=1)] = {}
    """how much members like each channel, on average; 1 for a channel left out"""
    concentration: Plain[Positive] | None = None
    """how alike members are in their affinities: the higher, the more alike; all the same when left out"""
    opt_in: Annotated[dict[AnyChannelId, Probability], Key(label="Opt-in", left_out=1)] = {}
    """share who accept messages, by channel; 1 for a channel left out"""
    consent: Probability = 1.0
    """share who consent to being profiled"""
    traits: Traits = Traits()
    """how members differ: a figure or a distribution for each trait"""
    attributes: Annotated[dict[Id, dict[Line, Weight[NonNegative]]], _ATTRIBUTES] = {}
    """attributes of your own, such as a region: a weight for each value"""
    content: Annotated[dict[ContentTrait, dict[Line, Plain[TraitValue]]], _CONTENT] = {}
    """how much more members respond to messages that look like that, by trait and value (log odds), and open them for
    their subject line; 0 for what is left out"""
    persona: Annotated[Card, _PERSONA] = {}
    """a card about a typical member: goals, pain points, preferred channels; shown only"""
