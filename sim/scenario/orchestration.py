"""What the brand knows, decides and sends."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, Strict

from sim.scenario.action_kinds import FormName, KindName
from sim.scenario.content import ContentTrait
from sim.scenario.distributions import Distribution
from sim.scenario.experiment import SET
from sim.scenario.key import Currency, Dated, Days, Hours, Key, Once, Plain, Times, Weight
from sim.scenario.legible import Line
from sim.scenario.model import (
    ActionId,
    ChannelId,
    DatedAddress,
    Finite,
    Id,
    Many,
    NonNegative,
    Part,
    Positive,
    Probability,
    SegmentId,
    StageId,
    Subject,
    TouchpointId,
    Whole,
)
from sim.scenario.of_the_year import Month
from sim.scenario.policies import PolicyName, in_words

Level = Literal["none", "segment", "individual", "realtime"]
Dimension = Literal["content", "timing", "channel", "offer"]
Optimised = Literal["hour", "channel", "content"]
Moment = NonNegative | datetime.date
Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
Condition = Annotated[tuple[Subject, Operator, Any], Strict(False)]
CappedId = Annotated[ChannelId, Key(besides=("total",))]
Counted = Annotated[Whole, Field(ge=1)]
_OF_SCORE = Key(needs=("score",))
_CAPS = Key(entry="limit", first={"max": 3, "days": 7})
_ALWAYS = Key(nothing="No conditions: it always acts.")
DateOrDay = Annotated[Moment, Key(unit="date or day")]


class Integration(Part):
    """How well the channels work together."""

    mode: Literal["single", "multi", "omni"] = "omni"
    """one channel a customer, all channels side by side, or all channels sharing what they know"""
    carryover: Annotated[Dated[Probability], Key(label="Context carried over")] = 0.9
    """under omni, the share of handoffs between channels that keep the context"""
    shared_triggers: Annotated[bool, Key(label="Triggers shared across channels")] = True
    """under multi, whether what is seen on one channel sets off messages on another; under omni it always does"""


class Personalization(Part):
    """How closely contacts fit the customer."""

    level: Dated[Level] = "none"
    """none, by segment, by customer, or by the moment"""
    over: Annotated[Dated[Many[Dimension]], Key(label="What is personalized")] = (
        "content",
        "timing",
        "channel",
        "offer",
    )
    """what is tailored to the customer"""
    weights: Annotated[Dated[dict[Dimension, Weight[NonNegative]]], Key(label="Weight of each dimension")] = {
        "content": 0.4,
        "timing": 0.2,
        "channel": 0.2,
        "offer": 0.2,
    }
    """how much each dimension contributes to relevance"""
    need: Annotated[Dated[dict[Level, Plain[Positive]]], Key(label="Profile needed")] = {
        "segment": 0.2,
        "individual": 0.6,
        "realtime": 0.8,
    }
    """how much the brand must know of a customer for a level to be fully relevant"""
    engagement_lift: Dated[dict[Level, Plain[NonNegative]]] = {"segment": 0.15, "individual": 0.3, "realtime": 0.4}
    """how many more respond when a contact is fully relevant, as a share"""
    conversion_lift: Dated[dict[Level, Plain[NonNegative]]] = {"segment": 0.1, "individual": 0.2, "realtime": 0.25}
    """how much the odds of reaching a conversion goal rise when a contact is fully relevant, as a share"""
    cost_per_contact: Dated[Currency[NonNegative]] = 0.0
    """cost of each personalized contact"""


class Cap(Part):
    """At most so many messages in so many days."""

    max: Annotated[Whole, Field(ge=0, le=1000), Key(label="Maximum", unit="messages")]
    """most messages in the time window"""
    days: Annotated[Days[Positive], Key(label="Time window")]
    """length of the time window"""
    period: Annotated[Literal["rolling", "calendar"], Key(label="Kind of window")] = "rolling"
    """any time window of that length (rolling), or whole calendar days"""


class Budget(Part):
    """Money for sends."""

    per_day: Once[Currency[Positive]] | None = None
    """most money spent a day"""
    total: Annotated[Once[Currency[Positive]] | None, Key(label="In total")] = None
    """most money spent over the run"""


class Orchestration(Part):
    """Who decides what is sent, and within which limits."""

    policy: Annotated[PolicyName, Field(description=in_words())] = "none"
    learns: Annotated[Many[Literal["actions", "channels"]], Key(label="What the policy chooses among")] = (
        "actions",
        "channels",
    )
    """among what a policy chooses: a rule's alternatives, the channels of an action; has no effect under a policy that
    does not choose"""
    minimum_confidence: Probability = 0.5
    """how confident next best action must be of the best action to take it; below that, the fallback holds"""
    fallback: Literal["nothing", "rule"] = "nothing"
    """what next best action does where it is not confident enough: nothing, or what the rule says"""
    fatigue_cost: Annotated[Currency[NonNegative], Key(label="Cost of fatigue")] = 0.0
    """money that next best action takes off for each unit of fatigue that an action adds; a message adds 1"""
    tick: Annotated[Days[Positive], Key(label="Planning interval")] = 1.0
    """days from one planning to the next: at each, the brand learns and plans ahead"""
    holdout: Probability = 0.0
    """share of customers who are sent nothing, for comparison"""
    caps: Annotated[dict[CappedId, Cap], _CAPS] = {}
    """most messages to one customer in a time window, in total and by channel"""
    capped: Annotated[Literal["drop", "hold", "defer"], Key(label="When a cap is reached")] = "drop"
    """what happens to a message that would exceed a cap"""
    gap_hours: Annotated[Hours[NonNegative], Key(label="Minimum gap between messages")] = 4.0
    """two messages to one customer that are closer together than this are in conflict"""
    budget: Budget | None = None
    """limits on the money spent on sends"""
    optimise: Annotated[Many[Optimised], Key(label="Optimised for each customer", nothing="Nothing is optimised.")] = ()
    """what goes by what each customer opened or responded to so far: when messages are sent, and under rules on which
    channel and which of a rule's alternatives"""
    optimise_from: Annotated[Counted, Key(label="Optimised from", unit="messages")] = 10
    """messages that the brand must have noted of a customer, on the channel or channels in question, or with any
    content, to go by them"""
    optimise_prior: Annotated[Positive, Key(label="Weight of what is usual", unit="messages")] = 4.0
    """how many messages opened, or responded to, as often as is usual count beside those that they got at an hour, on a
    channel or with a content"""
    optimise_share: Annotated[Probability, Key(label="Share optimised for")] = 1.0
    """share of customers for whom it is done; the others are controls, sent to as if nothing were optimised"""


class Action(Part):
    """Something that the brand can send, show or offer."""

    id: Id
    """short name, used by rules"""
    name: Line | None = None
    """shown name; the ID when left out"""
    enabled: bool = True
    """a disabled action is never used"""
    kind: KindName = "message"
    """what sort of action it is"""
    form: FormName | None = None
    """which pop-over or recommendation; for display only"""
    channels: Many[ChannelId] = ()
    """primary channel first, then supporting ones"""
    support_after: Annotated[Dated[Days[NonNegative]] | None, Key(label="Next channel after")] = None
    """days without a response before the next channel is tried"""
    leads_to: TouchpointId | None = None
    """touchpoint to which a response takes the customer"""
    nudge: Dated[Plain[Finite]] | None = None
    """how strongly a response pushes the customer towards progress"""
    cost: Dated[Currency[NonNegative]] = 0.0
    """cost each time, on top of the channel's"""
    transactional: bool = False
    """a receipt or the like: exempt from holdout, conflicts, caps, quiet hours and budget, under every policy"""
    weight: Annotated[Plain[NonNegative], Key(label="Business weight")] = 1.0
    """how many times the expected gain counts when next best action compares; 0 excludes the action"""
    discount: Dated[Probability] = 0.0
    """price reduction offered, as a share of the price"""
    valid_days: Annotated[Dated[Days[Positive]], Key(label="Valid for")] = 7.0
    """days for which the discount is valid"""
    open_rate: Dated[Probability] | None = None
    """used here instead of the channel's"""
    response_rate: Dated[Probability] | None = None
    """used here instead of the channel's"""
    content: dict[ContentTrait, Annotated[Line, Key(text="free")]] = {}
    """what it looks like, which customers may like (`content` of segments): the subject line before it is opened, the
    rest after that"""


class Gain(Part):
    """What an action brings, compared with doing nothing; next best action goes by it."""

    id: Id
    """short name"""
    action: ActionId
    """the action that brings it"""
    channel: ChannelId | None = None
    """only on this channel; on any when left out"""
    segment: SegmentId | None = None
    """only with customers of this segment; with all when left out"""
    stage: StageId | None = None
    """only with customers at this stage; at any when left out"""
    gain: Currency[Finite]
    """margin that choosing the action brings on average, before what it costs to send"""
    error: Annotated[Currency[NonNegative], Key(label="Standard error")] = 0.0
    """standard error of the gain: the larger it is, the less of the gain counts"""
    response_rate: Annotated[Probability | None, Key(label="Expected response rate")] = None
    """share of those who get it that responds within 7 days; how many really do raises or lowers confidence"""


class Trigger(Part):
    """What sets a rule off; exactly one of entered, leaving, idle, count, score, at, every, tick."""

    entered: TouchpointId | None = None
    """somebody enters this touchpoint"""
    without: Annotated[TouchpointId | None, Key(needs=("entered", "after"))] = None
    """with `entered` and `after`: only if they have not entered this one since; checked again when a send is due"""
    after: Annotated[Days[NonNegative] | None, Key(needs=("entered",))] = None
    """days to wait after that"""
    leaving: TouchpointId | Literal[True] | None = None
    """the customer is about to take an exit transition (from this touchpoint)"""
    idle: Days[Positive] | None = None
    """days without any activity from the customer"""
    count: Annotated[str, Key(refers_to="counts")] | None = None
    """what is counted, such as the visits to one touchpoint; `reaches` is the number"""
    reaches: Annotated[Times[Counted] | None, Key(needs=("count",))] = None
    """the number at which the rule is set off; with `count`"""
    score: Annotated[str, Key(refers_to="scores")] | None = None
    """a score that passes a limit; `above` or `below` is the limit"""
    above: Annotated[Plain[Finite] | None, _OF_SCORE] = None
    """the limit that the score rises above; with `score`"""
    below: Annotated[Plain[Finite] | None, _OF_SCORE] = None
    """the limit that the score falls below; with `score`"""
    at: Plain[Moment] | None = None
    """a date, or a day of the run"""
    every: Annotated[str, Key(text="weekly time")] | None = None
    """a weekday and a time, such as `mon 09:00`"""
    tick: Annotated[Literal[True] | None, Key(label="Every planning interval")] = None
    """each time the brand plans"""


class Rule(Part):
    """When something happens, if conditions hold, do an action."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the ID when left out"""
    enabled: Dated[bool] = True
    """a disabled rule does nothing"""
    when: Trigger
    """what sets it off"""
    conditions: Annotated[Many[Condition], _ALWAYS] = Field(default=(), alias="if")
    """what must be true, all of it: [what, operator, value]"""
    do: ActionId
    """the action to take"""
    alternatives: Annotated[Many[ActionId], Key(nothing="No others")] = ()
    """other actions that may be taken instead: by a policy that chooses, or where content is optimised"""
    delay: Days[NonNegative] = 0.0
    """days from the trigger to the send"""
    cooldown: Days[NonNegative] = 0.0
    """days before it may act on the same customer again"""
    priority: Plain[Whole] = 0
    """higher goes first"""
    stop: Annotated[Many[Condition], Key(label="Stop if", nothing="No conditions: nothing stops it.")] = ()
    """if any of these is true when a send is due, nothing is sent"""


class Broadcast(Part):
    """An action sent to many at a date."""

    id: Id
    """short name"""
    enabled: Dated[bool] = True
    """a disabled broadcast is not sent"""
    at: Annotated[DateOrDay, Key(label="Date")]
    """date, or day of the run"""
    do: ActionId
    """the action to take"""
    segments: Annotated[Many[SegmentId], Key(nothing="Everybody")] = ()
    """who receives it; everybody when left out"""
    conditions: Annotated[Many[Condition], _ALWAYS] = Field(default=(), alias="if")
    """what must be true, all of it"""


class Shock(Part):
    """Something from outside that changes values for a while."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the ID when left out"""
    enabled: bool = True
    """a disabled shock does not happen"""
    start: DateOrDay = Field(alias="from")
    """date, or day of the run, on which it begins"""
    end: Annotated[DateOrDay, Key(first=7)] = Field(alias="to")
    """date, or day of the run, on which it ends"""
    set: Annotated[dict[DatedAddress, Any], SET]
    """the values it sets, by address, while it lasts"""


class Phase(Part):
    """Values that change at a date and stay so until the next phase."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the ID when left out"""
    enabled: bool = True
    """a disabled phase does not begin"""
    at: Annotated[DateOrDay, Key(label="Starts on")]
    """date, or day of the run"""
    set: Annotated[dict[DatedAddress, Any], SET]
    """the values it sets, by address, from then on"""


class Season(Part):
    """Values that stand in some months of every year."""

    id: Id
    """short name"""
    name: Line | None = None
    """shown name; the ID when left out"""
    enabled: bool = True
    """a disabled season does not come"""
    months: Annotated[Many[Month], Key(first=["dec"])]
    """the months in which it is"""
    set: Annotated[dict[DatedAddress, Any], SET]
    """the values it sets, by address, in these months"""


class Referrals(Part):
    """Advocates who bring friends."""

    at: Annotated[Many[TouchpointId], Key(label="Friends are told at")]
    """touchpoints at which customers tell their friends"""
    rate: Annotated[NonNegative, Key(label="Friends per visit", unit="friends")]
    """friends who arrive for each visit, at neutral sentiment"""
    delay: Days[Distribution] | None = None
    """days until the friend arrives"""
    sentiment: Annotated[Plain[Finite], Key(label="Effect of sentiment")] = 0.0
    """how strongly happy customers bring more friends, and unhappy ones fewer (log scale)"""


class Score(Part):
    """A number made from what the brand knows: a chance, or an amount such as what a customer is worth."""

    kind: Literal["chance", "amount"] = "chance"
    """`chance`: from 0 to 1, its logit is the weighted sum; `amount`: the weighted sum itself, in money"""
    intercept: Plain[Finite] = 0.0
    """where the score starts, before anything is known"""
    weights: Annotated[dict[Subject, Plain[Finite]], Key(entry="weight")] = {}
    """how strongly each thing that is known counts"""
    foresees: Literal["churn", "purchase", "value"] | None = None
    """what it was trained to foresee, so that a run can tell whether it still does: leaving for good, converting, or \
    the money that a customer brings"""
    within: Days[Positive] | None = None
    """days in which it foresees it; with `foresees`"""
