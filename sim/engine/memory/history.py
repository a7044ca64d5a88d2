"""What one replication of one arm leaves behind: the engine's only output."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

ACTIVE, LAPSED, CHURNED, COMPLETED = 0, 1, 2, 3
"""A customer's status: on the way, in a lapsed touchpoint, left by a churn exit, left by a completed exit."""

EVENTS = (
    "enter",
    "handoff",
    "asked",
    "called_back",
    "served",
    "gave_up",
    "turned_away",
    "experience",
    "conversion",
    "value",
    "completion",
    "nps",
    "csat",
    "ces",
    "churn",
    "completed",
    "sent",
    "delivered",
    "opened",
    "opted_out",
    "responded",
    "ruled_out",
    "chosen",
    "passed_over",
    "considered",
    "completeness",
    "model",
    "alignment",
    "performance",
    "confidence",
    "put_off",
)
"""Kinds of recorded event; their code is their index here (model sections 8, 12 and 29).

Those from `passed_over` on are kept of a customer who is watched alone."""

REASONS = (
    "holdout",
    "stopped",
    "not-there",
    "opted-out",
    "not-linked",
    "cooldown",
    "conflict",
    "capped",
    "quiet",
    "budget",
    "unavailable",
    "without",
    "nothing-chosen",
    "other-hour",
)
"""What rules a send out; the value of `ruled_out` is their index here (model 10.5)."""

KNOWN = ("optimised", "control", "little-known")
"""Whether a message went by what its customer opened or responded to so far, might have, or too little was known (model
33)."""

STEPS = (
    "not-triggered",
    "condition",
    "holdout",
    "left",
    "pending",
    "without",
    "stopped",
    "not-there",
    "unavailable",
    "opted-out",
    "not-linked",
    "other-action",
    "nothing-chosen",
    "cooldown",
    "conflict",
    "capped",
    "quiet",
    "other-hour",
    "budget",
    "sent",
)
"""How far a customer came towards an action, the furthest last (model 26)."""


@dataclass(frozen=True)
class Customers:
    """What is kept of each customer; every array has shape (customers,)."""

    number: NDArray[np.uint64]
    """the customer's own, the same under every arm (model 14); those who come by themselves stand first, in order"""
    bought: NDArray[np.int16]
    """channel on which they were bought, by index; -1 for the others"""
    segment: NDArray[np.int16]
    arrival: Floats
    """days; after the horizon for those who never appear"""
    touchpoint: NDArray[np.int32]
    """touchpoint at the end, by index; -1 for those who never appear"""
    queued: NDArray[np.bool_]
    """whether the end found them waiting at a desk or being served there"""
    exit: Floats
    """days; NaN for those who did not exit"""
    status: NDArray[np.int8]
    """at the end: ACTIVE, LAPSED, CHURNED or COMPLETED"""
    acquired: Floats
    """time of the first conversion, days; NaN without one"""
    first_value: Floats
    """time of the first goal of kind value, days; NaN without one"""
    first_completion: Floats
    """time of the first goal of kind completion, days; NaN without one"""
    conversions: NDArray[np.int32]
    """conversion goals reached"""
    purchases: NDArray[np.int32]
    """conversion goals reached that have a value"""
    revenue: Floats
    """money of all goals"""
    order_revenue: Floats
    """money of conversion goals that have a value"""
    margin: Floats
    """revenue less the cost of the goods"""
    discounted_margin: Floats
    """margin from the first conversion on, discounted to its time"""
    discounted_revenue: Floats
    """revenue, likewise"""
    contacts: NDArray[np.int32]
    """visits with a channel"""
    contact_cost: Floats
    """money"""
    handoffs: NDArray[np.int32]
    kept: NDArray[np.int32]
    """handoffs that kept the context"""
    last_active: Floats
    """time of the last entry or end of service at a touchpoint that is neither exit nor lapsed, days; NaN without"""
    sentiment: Floats
    """at the end"""
    profile: Floats
    """what the brand has learned of them, 0 to 1, at the end"""
    consent: NDArray[np.bool_]
    """to being profiled"""
    holdout: NDArray[np.bool_]
    """to whom nothing is sent"""
    sent: NDArray[np.int32]
    """messages sent; not what was shown on site"""
    message_cost: Floats
    """money for all sends, without personalization"""
    personal_cost: Floats
    """money for personalized visits and sends"""
    discount: Floats
    """money that discounts took off prices"""
    first_sent: Floats
    """when something was sent or shown first that is not transactional, days; NaN if nothing was"""
    noted: NDArray[np.int32]
    """contacts that the brand noted in their profiles (model 27); 0 where nothing looks at profiles"""


@dataclass(frozen=True)
class StatusLog:
    """Changes of status, in each customer's order of time; everybody starts ACTIVE at arrival. Shape (changes,)."""

    customer: NDArray[np.int32]
    time: Floats
    status: NDArray[np.int8]

    @cached_property
    def by_customer(self) -> Counts:
        """Its rows with each customer's together, in the order of time; shape (changes,)."""
        if (self.customer[1:] >= self.customer[:-1]).all():
            return np.arange(self.customer.size)
        # Each customer's own order of time is the log's order, so a stable sort keeps it.
        return np.argsort(self.customer, kind="stable")


@dataclass(frozen=True)
class TouchpointTotals:
    """Totals by segment and touchpoint, shape (segments, touchpoints)."""

    visits: Counts
    present: Counts
    """customers there at the end (exits: who ended there)"""
    days: Floats
    """time spent there, up to the horizon; 0 for exits"""
    experiences: Counts
    emotion: Floats
    """sum of experiences"""
    effort: Floats
    """sum of effort over experiences"""
    bad: Counts
    """bad experiences"""
    bad_dropped: Counts
    """bad experiences after which a transition with the role exit was chosen"""
    lost: Counts
    """visits that lost their context"""
    goals: Counts
    """times the touchpoint's goal was reached"""
    value: Floats
    """money of these goals"""
    wait: Floats
    """minutes waited at its desk, up to each experience"""


@dataclass(frozen=True)
class TransitionTotals:
    """Totals by segment and transition, shape (segments, transitions)."""

    chosen: Counts
    """times it won the race, whether or not its delay ended within the run"""
    delay: Floats
    """sum of the drawn delays of the chosen, days, after pace, before the activity clock"""


@dataclass(frozen=True)
class SurveyTotals:
    """Totals by segment and survey, shape (segments, surveys); `true_` counts everybody asked."""

    asked: Counts
    answered: Counts
    total: Floats
    """sum of the answers given"""
    promoters: Counts
    """answers of 9 or 10 (nps)"""
    detractors: Counts
    """answers of 6 or less (nps)"""
    true_total: Floats
    true_promoters: Counts
    true_detractors: Counts


@dataclass(frozen=True)
class DeskTotals:
    """Totals by segment and desk, shape (segments, desks), and the desks' hours."""

    asked: Counts
    served: Counts
    """whose service started within the run"""
    gave_up: Counts
    turned_away: Counts
    called_back: Counts
    still_waiting: Counts
    """in the queue at the end, without a call-back"""
    agent_hours: Floats
    """shape (desks,): hours on shift within the horizon"""


@dataclass(frozen=True)
class Waits:
    """How long those waited who asked at a desk and were not turned away, by asking; every array has shape (waits,)."""

    customer: NDArray[np.int32]
    """row in `customers`"""
    desk: NDArray[np.int16]
    """by index"""
    minutes: Floats
    """up to the end of the run where it has not ended; 0 with a call-back"""
    ended: NDArray[np.bool_]
    """by service, giving up or a call-back; False for those who are still in the queue"""


@dataclass(frozen=True)
class ActionTotals:
    """Totals by segment and pair of an action and a channel, shape (segments, pairs); and what ruled sends out."""

    sent: Counts
    delivered: Counts
    opened: Counts
    responded: Counts
    opted_out: Counts
    cost: Floats
    """money for the sends, of action and channel, at the time of each; without personalization"""
    ruled_out: Counts
    """shape (reasons, segments, actions), reasons as in REASONS; of the action that was ruled out"""
    conflicts: Counts
    """shape (segments,)"""
    duplicates: Counts
    """shape (segments,): conflicts of an action with itself"""


@dataclass(frozen=True)
class Events:
    """Recorded events in order of (time, customer, order within the step); every array has shape (events,)."""

    customer: NDArray[np.int32]
    time: Floats
    event: NDArray[np.int8]
    """index into EVENTS"""
    touchpoint: NDArray[np.int32]
    channel: NDArray[np.int16]
    """-1 for none"""
    value: Floats
    """NaN where the event has none"""
    rule: NDArray[np.int16]
    """-1 where no rule has to do with it"""
    action: NDArray[np.int16]
    """-1 for none"""


@dataclass(frozen=True, repr=False)
class History:
    """One replication of one arm."""

    replication: int
    horizon: float
    segments: tuple[str, ...]
    """ids, in file order, of what is enabled; the axes of the totals"""
    channels: tuple[str, ...]
    touchpoints: tuple[str, ...]
    transitions: tuple[str, ...]
    desks: tuple[str, ...]
    surveys: tuple[str, ...]
    actions: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    """every action with each of its channels"""
    rules: tuple[str, ...]
    """broadcasts after the rules"""
    customers: Customers
    log: StatusLog
    at_touchpoints: TouchpointTotals
    at_transitions: TransitionTotals
    channel_contacts: Counts
    """shape (segments, channels)"""
    channel_cost: Floats
    """shape (segments, channels): money for the contacts at the time of each"""
    reached_stages: Counts
    """shape (segments, stages): customers who ever reached that stage (model 1), stages in order"""
    at_surveys: SurveyTotals
    at_desks: DeskTotals
    waits: Waits
    at_actions: ActionTotals
    by_known: Counts
    """shape (segments, 3, 3): messages that may be optimised, as in KNOWN; delivered, opened, and responded to"""
    steps: NDArray[np.int8]
    """shape (customers, actions): how far each customer came towards each action, index into STEPS"""
    brought: Counts
    """shape (segments, touchpoints): entries that a response led to"""
    daily_conversions: Counts
    """shape (days,): conversion goals reached on each day of the run, days = ceil(horizon); the last includes the
    horizon"""
    daily_revenue: Floats
    """shape (days,): money of goals"""
    daily_margin: Floats
    """shape (days,): margin earned"""
    daily_contact_cost: Floats
    """shape (days,): cost of contacts on channels"""
    daily_message_cost: Floats
    """shape (days,): cost of sends, without personalization"""
    daily_budget_cost: Floats
    """shape (days,): cost of those sends that a budget counts"""
    daily_discount: Floats
    """shape (days,): money that discounts took off prices"""
    daily_personal_cost: Floats
    """shape (days,): cost of personalized visits and sends"""
    daily_desk_cost: Floats
    """shape (days,): cost per contact of contacts whose service started on the day (agents' hours are apart)"""
    event_count: int
    """customers' own events, for rates: entries, and ends of service or waiting at desks"""
    events: Events | None

    def __repr__(self) -> str:
        """Which one it is, and how large."""
        return (
            f"<History {self.replication}: {self.customers.arrival.size:,} customers, {self.horizon:g} days, "
            f"{self.event_count:,} events>"
        )
