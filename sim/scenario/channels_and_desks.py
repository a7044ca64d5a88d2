"""Where customers and brand meet: channels and desks."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from sim.scenario.distributions import Distribution
from sim.scenario.identity import ChannelKind, Identifiers
from sim.scenario.key import Currency, Dated, Hours, Key, Minutes, Once, Plain, Scaled, Weight
from sim.scenario.legible import Line
from sim.scenario.model import Finite, Hour, Id, Many, NonNegative, Part, Positive, Probability, Whole
from sim.scenario.of_the_year import Monthly, SpecialDays

Agents = Once[Annotated[Whole, Field(ge=0), Key(unit="agents")]]


class Acquisition(Part):
    """Arrivals bought on a channel, with diminishing returns."""

    spend: Scaled[Currency[NonNegative]]
    """money spent over the run"""
    cost_per_arrival: Currency[Positive]
    """cost of each of the first arrivals; later ones cost more, up to saturation"""
    saturation: Scaled[Annotated[Positive, Key(unit="arrivals")]]
    """most arrivals that any spend can buy"""
    monthly: Monthly | None = None
    """how the money is spread over the year: a weight of each month from January; as all arrivals when left out"""
    dates: Annotated[Many[SpecialDays], Key(label="Special days")] = ()
    """days on which more or less is spent"""

    @property
    def has_seasons(self) -> bool:
        """Whether its money is spent at times of its own."""
        return self.monthly is not None or bool(self.dates)


class Channel(Part):
    """A way to meet: web, app, e-mail, store, phone …"""

    id: Id
    """short name, used by touchpoints and segments"""
    name: Line | None = None
    """shown name; the ID when left out"""
    kind: ChannelKind = "digital"
    """what sort of channel it is; says what customers leave there where `identifiers` does not"""
    enabled: Dated[bool] = True
    """a disabled channel cannot be used"""
    mix: Annotated[Dated[Weight[NonNegative]], Key(label="Weight in the mix")] = 1.0
    """how widely the channel is used: multiplies its weight at every touchpoint"""
    cost: Dated[Currency[NonNegative]] = 0.0
    """cost of each contact"""
    delivery_rate: Dated[Probability] = 1.0
    """share of messages that are delivered"""
    open_rate: Dated[Probability] = 0.2
    """share of delivered messages that are opened"""
    response_rate: Dated[Probability] = 0.05
    """share of opened messages that are acted on"""
    opt_out_rate: Annotated[Dated[Probability], Key(label="Opt-out rate")] = 0.0
    """share of delivered messages after which the customer opts out"""
    time_to_act_hours: Annotated[Dated[Hours[Distribution]] | None, Key(label="Time to act")] = None
    """hours from delivery to response"""
    hour_effect: Annotated[Dated[Plain[Finite]] | None, Key(label="Effect of the preferred hour")] = None
    """how much likelier messages within two hours of the customer's preferred hour are opened (log odds); when left
    out, the hour matters only where timing is personalized"""
    quiet_hours: Dated[Annotated[tuple[Hour, Hour], Strict(False)]] | None = None
    """no messages from the first hour to the second"""
    acquisition: Annotated[Acquisition | None, Key(label="Paid acquisition")] = None
    """arrivals bought on this channel"""
    identifiers: Annotated[Identifiers, Key(label="Identifiers left")] = Identifiers()
    """share of customers who leave each identifier here"""


class Shift(Part):
    """Agents who work on some days from one hour to another."""

    days: Annotated[str, Key(text="free")] = "mon-sun"
    """a weekday (`sat`), a range (`mon-fri`) or a list (`mon,wed-fri`)"""
    start: Hour = Field(alias="from")
    """hour at which it begins"""
    end: Hour = Field(alias="to")
    """hour at which it ends; not after `from` means on the next day"""
    agents: Agents
    """how many agents work then"""


class Desk(Part):
    """People who serve customers one at a time: a contact centre, a store, an onboarding team."""

    later = {"bot": "bots at a desk"}

    id: Id
    """short name, used by touchpoints"""
    name: Line | None = None
    """shown name; the ID when left out"""
    enabled: bool = True
    """when disabled, nobody waits at its touchpoints"""
    agents: Agents | None = None
    """how many agents work around the clock"""
    shifts: Many[Shift] = ()
    """who works when; instead of `agents`"""
    service_minutes: Annotated[Dated[Minutes[Distribution]], Key(label="Service time", first=5)]
    """how long a contact takes"""
    patience_minutes: Annotated[Dated[Minutes[Distribution]] | None, Key(label="Patience")] = None
    """time after which a waiting customer gives up; never when left out"""
    priority: Dated[Literal["first-come", "value", "churn-risk"]] = "first-come"
    """who is served first"""
    closed: Annotated[Literal["turn-away", "wait", "call-back"], Key(label="When closed")] = "turn-away"
    """what happens outside shifts"""
    call_back_above: Annotated[Whole, Field(ge=0), Key(label="Offer call-backs above", unit="waiting")] | None = None
    """offer a call-back when this many are waiting"""
    cost_per_contact: Currency[NonNegative] = 0.0
    """cost of each contact served"""
    cost_per_hour: Currency[NonNegative] = 0.0
    """cost of each agent per hour on shift"""
