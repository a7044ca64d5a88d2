"""What the brand knows, decides and sends."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from sim.scenario.action_kinds import FormName, KindName
from sim.scenario.distributions import Distribution
from sim.scenario.legible import Line
from sim.scenario.model import Finite, Id, Many, NonNegative, Part, Positive, Probability, Whole

Level = Literal["none", "segment", "individual", "realtime"]
Dimension = Literal["content", "timing", "channel", "offer"]
Moment = NonNegative | datetime.date
Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
Condition = Annotated[tuple[str, Operator, Any], Strict(False)]


PATIENCE = 7.0
"""Days for which a policy that learns waits for a response (model 16)."""


class Integration(Part):
    """How well the channels work together."""

    mode: Literal["single", "multi", "omni"] = "omni"
    """one channel a customer, all channels side by side, or all channels sharing what they know"""
    carryover: Probability = 0.9
    """under omni, the share of changes of channel that keep the context"""
    shared_triggers: bool = True
    """under multi, whether what is seen on one channel sets off messages on another; under omni it always does"""


class Personalization(Part):
    """How closely contacts fit the customer."""

    level: Level = "none"
    """none, by segment, by customer, or by the moment"""
    over: Many[Dimension] = ("content", "timing", "channel", "offer")
    """what is fitted"""
    weights: dict[Dimension, NonNegative] = {"content": 0.4, "timing": 0.2, "channel": 0.2, "offer": 0.2}
    """part of relevance that each dimension gives"""
    need: dict[Level, Positive] = {"segment": 0.2, "individual": 0.6, "realtime": 0.8}
    """profile that a level needs to be fully relevant"""
    engagement_lift: dict[Level, NonNegative] = {"segment": 0.15, "individual": 0.3, "realtime": 0.4}
    """relative gain in responses at full relevance"""
    conversion_lift: dict[Level, NonNegative] = {"segment": 0.1, "individual": 0.2, "realtime": 0.25}
    """relative gain in the odds of reaching a conversion goal at full relevance"""
    cost_per_contact: NonNegative = 0.0
    """money for each personalized contact"""


class Cap(Part):
    """At most so many messages in so many days."""

    max: Annotated[Whole, Field(ge=0, le=1000)]
    """messages"""
    days: Positive
    """length of the window"""
    period: Literal["rolling", "calendar"] = "rolling"
    """any window of that length, or calendar days"""


class Budget(Part):
    """Money for sends."""

    per_day: Positive | None = None
    """money a day"""
    total: Positive | None = None
    """money for the run"""


class Orchestration(Part):
    """Who decides what is sent, and within which limits."""

    policy: Literal["none", "rules", "bandit"] = "none"
    """nobody, rules, or learning"""
    learns: Many[Literal["actions", "channels"]] = ("actions", "channels")
    """what a bandit chooses among"""
    tick: Positive = 1.0
    """days between the moments at which the brand learns and plans"""
    holdout: Probability = 0.0
    """share of customers to whom nothing is sent"""
    caps: dict[Id, Cap] = {}
    """limits in total and by channel"""
    capped: Literal["drop", "hold", "defer"] = "drop"
    """what happens to a message over a cap"""
    gap_hours: NonNegative = 4.0
    """messages closer than this conflict"""
    budget: Budget | None = None
    """money for sends"""


class Action(Part):
    """Something that the brand can send, show or offer."""

    id: Id
    """short name, used by rules"""
    name: Line | None = None
    """shown name; the id when left out"""
    enabled: bool = True
    """a disabled action is never taken"""
    kind: KindName = "message"
    """what sort of action it is"""
    form: FormName | None = None
    """which pop-over or recommendation; shown only"""
    channels: Many[Id] = ()
    """primary channel first, then supporting ones"""
    support_after: NonNegative | None = None
    """days without response after which the next channel is tried"""
    leads_to: Id | None = None
    """touchpoint that a response brings the customer to"""
    nudge: Finite | None = None
    """push that a response gives to progress"""
    cost: NonNegative = 0.0
    """money each time, beside the channel's"""
    transactional: bool = False
    """a receipt or the like: goes past the holdout, conflicts, caps, quiet hours and budget, under every policy"""
    discount: Probability = 0.0
    """price reduction offered"""
    valid_days: Positive = 7.0
    """days for which the discount stands"""
    open_rate: Probability | None = None
    """replaces the channel's"""
    response_rate: Probability | None = None
    """replaces the channel's"""
    content: dict[Literal["tone", "format", "style", "call_to_action"], str] = {}
    """what it looks like; shown only"""


class Trigger(Part):
    """What sets a rule off; exactly one of entered, leaving, idle, count, score, at, every, tick."""

    entered: Id | None = None
    """a touchpoint was entered"""
    without: Id | None = None
    """with `entered` and `after`: and this one was not since, asked again whenever a send is due"""
    after: NonNegative | None = None
    """days to wait"""
    leaving: Id | Literal[True] | None = None
    """the customer is about to take an exit transition (from this touchpoint)"""
    idle: Positive | None = None
    """days without an event"""
    count: str | None = None
    """a count, such as `visits.product`, reaches `reaches`"""
    reaches: Annotated[Whole, Field(ge=1)] | None = None
    """with `count`"""
    score: str | None = None
    """a score passes `above` or `below`"""
    above: Finite | None = None
    """with `score`"""
    below: Finite | None = None
    """with `score`"""
    at: Moment | None = None
    """a date, or a day of the run"""
    every: str | None = None
    """a weekly time, such as `mon 09:00`"""
    tick: Literal[True] | None = None
    """each tick"""


class Rule(Part):
    """When something happens, if conditions hold, do an action."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the id when left out"""
    enabled: bool = True
    """a disabled rule does nothing"""
    when: Trigger
    """what sets it off"""
    conditions: Many[Condition] = Field(default=(), alias="if")
    """all must hold: [what, operator, value]"""
    do: Id
    """the action that is taken"""
    alternatives: Many[Id] = ()
    """other actions that a learning policy may take instead"""
    delay: NonNegative = 0.0
    """days from the trigger to the send"""
    cooldown: NonNegative = 0.0
    """days before it can act on the same customer again"""
    priority: Whole = 0
    """higher goes first"""
    stop: Many[Condition] = ()
    """if any holds when a send is due, nothing is sent"""


class Broadcast(Part):
    """An action sent to many at a date."""

    id: Id
    """short name"""
    enabled: bool = True
    """a disabled broadcast is not sent"""
    at: Moment
    """date, or day of the run"""
    do: Id
    """the action that is taken"""
    segments: Many[Id] = ()
    """to whom; everybody when left out"""
    conditions: Many[Condition] = Field(default=(), alias="if")
    """all must hold"""


class Shock(Part):
    """Something from outside that changes values for a while."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the id when left out"""
    enabled: bool = True
    """a disabled shock does not happen"""
    start: Moment = Field(alias="from")
    """date or day at which it begins"""
    end: Moment = Field(alias="to")
    """date or day at which it ends"""
    set: dict[str, Any]
    """values by address while it lasts"""


class Phase(Part):
    """Values that change at a date and stay so until the next phase."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the id when left out"""
    enabled: bool = True
    """a disabled phase does not begin"""
    at: Moment
    """date, or day of the run"""
    set: dict[str, Any]
    """values by address from then on"""


class Referrals(Part):
    """Advocates who bring friends."""

    at: Many[Id]
    """touchpoints at which friends are told"""
    rate: NonNegative
    """friends who arrive for each visit, at neutral sentiment"""
    delay: Distribution | None = None
    """days until the friend arrives"""
    sentiment: Finite = 0.0
    """how strongly the sentiment counts (log scale)"""


class Score(Part):
    """A number between 0 and 1 made from what the brand knows: logit of a weighted sum."""

    intercept: Finite = 0.0
    """the sum without anything known"""
    weights: dict[str, Finite] = {}
    """weight of each thing known"""
