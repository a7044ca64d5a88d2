"""The journey: stages, touchpoints, transitions, surveys."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.distributions import Distribution, FixedOrNumber
from sim.scenario.key import Currency, Dated, Days, Key, Plain, Shown, Times, Weight
from sim.scenario.legible import Line, Lines
from sim.scenario.model import (
    ChannelId,
    DeskId,
    Feeling,
    Finite,
    Id,
    Many,
    NonNegative,
    Part,
    Positive,
    Probability,
    StageId,
    TouchpointId,
)

End = Annotated[TouchpointId, Key(must="exist")]
"""A transition is left out where one of its ends is disabled."""
Covariate = Annotated[str, Key(refers_to="covariates")]
FeelingChange = Annotated[Finite, Key(unit="from -1 to 1")]

ROLES = ("progress", "neutral", "exit")
DEFAULT_STAGES = ("awareness", "consideration", "purchase", "onboarding", "retention", "advocacy")


class Stage(Part):
    """A stretch of the journey, shown as a lane."""

    id: Id
    """short name, used by touchpoints"""
    name: Line | None = None
    """shown name; the ID when left out"""
    customer_goal: Shown[Lines] = ""
    """what the customer wants here"""
    brand_goal: Shown[Lines] = ""
    """what the brand wants here"""
    customer_actions: Annotated[Shown[Lines], Key(label="What customers do")] = ""
    """what customers do here, in the words of the journey map"""
    pain_points: Shown[Many[Line]] = ()
    """what makes it hard for customers here, one sentence each"""
    opportunities: Shown[Many[Line]] = ()
    """what the brand could do better here, one sentence each"""


class Emotion(Part):
    """How a touchpoint feels, from -1 to 1."""

    mean: Feeling = 0.0
    """average feeling"""
    sd: Annotated[Plain[NonNegative], Key(label="Standard deviation")] = 0.0
    """how much it differs from visit to visit"""


class Goal(Part):
    """Something that the brand wants to be reached."""

    kind: Literal["conversion", "value", "completion"]
    """conversion: the first one acquires the customer; value: the product proves itself; completion: a task is done"""
    value: Currency[Distribution] | None = None
    """money each time, in the scenario's currency; none when left out"""
    margin: Plain[Annotated[Finite, Field(le=1)]] = 1.0
    """share of the value that is left after the cost of the goods"""
    repeats: Annotated[bool, Key(label="Counts every time")] = True
    """whether it counts each time or only the first"""


class Touchpoint(Part):
    """A point of the journey at which customer and brand meet, or at which a customer rests or ends."""

    later = {"importance": "the importance of a touchpoint"}

    id: Id
    """short name, used by transitions and elsewhere"""
    name: Line | None = None
    """shown name; the ID when left out"""
    stage: StageId | None = None
    """its stage; the first one when left out"""
    enabled: bool = True
    """a disabled touchpoint is treated as absent"""
    channels: dict[ChannelId, Weight[NonNegative]] | Many[ChannelId] | None = None
    """channels on which it can happen, with weights; all when left out (none for exits and lapsed touchpoints)"""
    emotion: Dated[Emotion] = Emotion()
    """how it feels"""
    effort: Dated[Annotated[float, Field(ge=1, le=7), Key(unit="of 7")]] = 1.0
    """effort it takes, 1 (none) to 7"""
    profile_gain: Dated[Probability] = 0.0
    """share of what is still unknown that the brand learns here"""
    start: bool | Plain[NonNegative] = False
    """whether customers arrive here, or with what weight among the starts"""
    goal: Literal[False] | Goal = False
    """the goal reached here, if any"""
    exit: Literal[False, "churn", "completed"] = False
    """whether the journey ends here, and how"""
    lapsed: bool = False
    """customers here are dormant: they do not count as retained, but may come back"""
    desk: DeskId | None = None
    """the desk that serves customers here"""
    moment_of_truth: Shown[Line] = ""
    """why what happens here makes or breaks the relationship; empty where it does not"""


class Transition(Part):
    """From one touchpoint to another."""

    id: Id | None = None
    """short name; needed where two transitions join the same touchpoints, else `from/to`"""
    source: End = Field(alias="from")
    """touchpoint it leaves"""
    target: End = Field(alias="to")
    """touchpoint it leads to"""
    enabled: Dated[bool] = True
    """a disabled transition is treated as absent"""
    share: Dated[Weight[NonNegative]]
    """weight among the transitions that leave the touchpoint, before anything else counts; shown in percent"""
    delay: Dated[Days[Distribution]] = FixedOrNumber(value=0.0)
    """time until the target is entered, in days"""
    role: Literal["progress", "neutral", "exit"] | None = None
    """what it means to the customer: progress, neutral or exit; as its target says when left out"""
    effects: Dated[dict[Covariate, Plain[Finite]]] = {}
    """coefficients that replace the defaults on this transition"""

    @property
    def key(self) -> str:
        """The id it is addressed by: its own, or `from/to`."""
        return self.id or f"{self.source}/{self.target}"


class Survey(Part):
    """A question put to customers at some touchpoints."""

    id: Id
    """short name"""
    kind: Literal["nps", "csat", "ces"]
    """recommendation 0 to 10, satisfaction 1 to 5, effort 1 to 7"""
    at: Annotated[Many[TouchpointId], Key(label="Asked at")]
    """touchpoints where it is asked"""
    rate: Annotated[Probability, Key(label="Answer rate")] = 0.2
    """share of those asked who answer, at neutral sentiment"""
    enabled: bool = True
    """a disabled survey is treated as absent"""


class Coefficients(Part):
    """Effect of each covariate on the appeal of transitions of one role; replaces single defaults."""

    propensity: Plain[Finite] | None = None
    """how strongly the customer leans towards progress"""
    affinity: Plain[Finite] | None = None
    """how well the channel at hand suits the customer (log scale)"""
    personalization: Plain[Finite] | None = None
    """how relevant the contact is"""
    sentiment: Plain[Finite] | None = None
    """how the customer feels about the brand"""
    fatigue: Plain[Finite] | None = None
    """messages received recently"""
    lost_context: Plain[Finite] | None = None
    """1 if the context was lost at this visit"""
    bad_experience: Plain[Finite] | None = None
    """1 if this visit was bad"""
    wait: Plain[Finite] | None = None
    """tens of minutes waited at this visit, at most three"""
    effort: Plain[Finite] | None = None
    """effort here above the touchpoint's own, divided by 4"""
    incentive: Plain[Finite] | None = None
    """discount on offer"""
    price: Plain[Finite] | None = None
    """logarithm of the price level times the price sensitivity"""
    nudge: Plain[Finite] | None = None
    """push from a message that was acted on"""


class CoefficientsByRole(Part):
    """Coefficients of the choice by the transition's role."""

    progress: Dated[Coefficients] = Coefficients()
    """transitions that lead forward"""
    neutral: Dated[Coefficients] = Coefficients()
    """transitions that lead neither forward nor out"""
    exit: Dated[Coefficients] = Coefficients()
    """transitions that lead out"""


COVARIATES = tuple(Coefficients.model_fields)
"""The covariates of the choice, in the order of the model."""

_ASSUMED: dict[str, dict[str, float]] = {
    "propensity": {"progress": 0.5, "exit": -0.3},
    "affinity": {"progress": 0.3, "neutral": 0.3},
    "personalization": {"progress": 1.0},
    "sentiment": {"progress": 0.4, "exit": -0.8},
    "fatigue": {"progress": -0.03, "exit": 0.06},
    "lost_context": {"progress": -0.3, "exit": 0.4},
    "bad_experience": {"progress": -0.3, "exit": 0.85},
    "wait": {"progress": -0.2, "exit": 0.3},
    "effort": {"progress": -0.2, "exit": 0.2},
    "incentive": {"progress": 2.0, "exit": -0.5},
    "price": {"progress": -2.0, "exit": 0.5},
    "nudge": {"progress": 0.7, "exit": -0.3},
}
"""Default coefficients by covariate and role, 0 where there is none (assumptions, model section 2.4)."""
DEFAULT_COEFFICIENTS: dict[str, dict[str, float]] = {
    role: {covariate: _ASSUMED[covariate].get(role, 0.0) for covariate in COVARIATES} for role in ROLES
}
"""The same by role and covariate."""


class Behaviour(Part):
    """Constants of one step."""

    stickiness: Annotated[Dated[Weight[NonNegative]], Key(label="Channel stickiness")] = 2.0
    """extra weight of the channel that the customer is already on"""
    sentiment_rate: Annotated[Dated[Probability], Key(label="Effect of one experience on sentiment")] = 0.25
    """how far one experience moves sentiment"""
    bad_below: Annotated[Dated[Feeling], Key(label="Bad experience below")] = -0.5
    """an experience below this is bad"""
    lost_context_emotion: Annotated[Dated[FeelingChange], Key(label="Effect of lost context on emotion")] = -0.3
    """how much an experience changes when the context was lost"""
    wait_emotion: Annotated[Dated[FeelingChange], Key(label="Effect of waiting on emotion")] = -0.15
    """how much an experience changes per ten minutes of waiting, up to thirty minutes"""
    known: Annotated[Probability, Key(label="Known on arrival")] = 0.2
    """what the brand knows of a customer on arrival"""
    price_index: Annotated[Dated[Times[Positive]], Key(label="Price level")] = 1.0
    """multiplies the value of every goal; 1 leaves it as it is"""


class Activity(Part):
    """When people are active: delays pass faster in busy hours."""

    weights: Annotated[Many[Plain[NonNegative]], Field(min_length=168, max_length=168)]
    """168 hourly weights of the week from Monday 0:00; scaled to mean 1"""
