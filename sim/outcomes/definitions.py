"""The registry of outcomes: the single place for their labels, units and definitions."""

from collections.abc import Iterator
from typing import Final

from sim.outcomes.outcome import Outcome
from sim.scenario.scenario import Scenario

RETENTION_DAYS: Final = (7, 30, 90, 180, 365)
PER_ARRIVAL_DAYS: Final = (30, 90, 365)
_NO_RETENTION = "Absent where fewer than 30, or fewer than 5 %, of the customers won are followed that long."


def _retention(day: int) -> Outcome:
    return Outcome(
        f"retention_{day}",
        f"Still there after {day} days",
        "share",
        f"Of the customers won (first conversion), the share that {day} days later has neither left nor lapsed "
        f"(state occupation by the Aalen-Johansen estimator on whole days). {_NO_RETENTION}",
        "higher",
        needs=("conversion",),
    )


def _per_arrival(day: int) -> Outcome:
    return Outcome(
        f"retained_per_arrival_{day}",
        f"Won and still there after {day} days",
        "share",
        f"Of all customers who arrive, the share won and still there {day} days after that: conversion rate times "
        f"retention at {day} days. Fair between arms that win different customers. {_NO_RETENTION}",
        "higher",
        needs=("conversion",),
    )


_ALL: Final = (
    Outcome("arrivals", "Arrivals", "customers", "Customers who arrived before the end of the run.", None, 0),
    Outcome(
        "conversion_rate",
        "Conversion",
        "share",
        "Share of arrivals that reach a first conversion within the run: Aalen-Johansen incidence since arrival, "
        "with leaving and completing as competing ends and the end of the run censoring.",
        "higher",
        2,
        ("conversion",),
    ),
    Outcome(
        "purchase_rate",
        "Purchases per arrival",
        "per customer",
        "Conversion goals with a value that were reached, per arrival; several by one customer all count.",
        "higher",
        3,
        ("purchase",),
    ),
    Outcome(
        "completion_rate",
        "Completion",
        "share",
        "Share of arrivals that reach a first completion goal or an exit of kind completed, by the same estimator"
        " as conversion; leaving by a churn exit competes.",
        "higher",
        2,
        ("completion",),
    ),
    Outcome(
        "repeat_rate",
        "Came back to convert again",
        "share",
        "Of the customers won, the share with two conversions or more by the end of the run.",
        "higher",
        needs=("conversion",),
    ),
    Outcome(
        "order_value",
        "Order value",
        "money",
        "Money of conversion goals with a value, per such goal reached, before refunds.",
        "higher",
        2,
        ("purchase",),
    ),
    *(_retention(day) for day in RETENTION_DAYS),
    *(_per_arrival(day) for day in PER_ARRIVAL_DAYS),
    Outcome(
        "active_30",
        "Active in the last 30 days",
        "share",
        "Of the customers won, the share with an event of their own (an entry, or an end of service) in the last "
        "30 days of the run. Absent where the run is shorter than 30 days.",
        "higher",
        needs=("conversion",),
    ),
    Outcome(
        "churn_rate",
        "Left for good",
        "share",
        "Share of the customers won that reach a churn exit within the run: Aalen-Johansen incidence since the "
        "first conversion, completing competes. Where the scenario has no conversion goal: of all arrivals, since"
        " arrival.",
        "lower",
        needs=("churn",),
    ),
    Outcome(
        "reactivation_rate",
        "Came back after lapsing",
        "share",
        "Of the customers who lapsed at least once, the share that was active again later within the run.",
        "higher",
        needs=("lapsing",),
    ),
    Outcome(
        "time_to_convert_days",
        "Time to convert",
        "days",
        "Median time from arrival to first conversion among those who convert within the run: the first time at "
        "which the incidence reaches half its final value.",
        "lower",
        needs=("conversion",),
    ),
    Outcome(
        "time_to_value_days",
        "Time to value",
        "days",
        "Median time from arrival to the first goal of kind value among those who reach one within the run, as "
        "for time to convert.",
        "lower",
        needs=("value",),
    ),
    Outcome("revenue", "Revenue", "money", "Money of all goals reached, less refunds.", "higher", 0, ("earning",)),
    Outcome(
        "cost",
        "Cost",
        "money",
        "Bought arrivals, contacts on channels, sends, personalization, contacts served and agent hours at desks, "
        "set-up, and the monthly cost for the length of the run. Discounts lower the margin instead. For all "
        "customers together only: "
        "shared costs are not split among segments.",
        "lower",
        0,
        ("money",),
    ),
    Outcome(
        "acquisition_cost", "Acquisition cost", "money", "Money for bought arrivals.", "lower", 0, ("acquisition",)
    ),
    Outcome(
        "profit",
        "Profit",
        "money",
        "Margin of all goals reached, less refunds, minus cost. For all customers together only.",
        "higher",
        0,
        ("money",),
    ),
    Outcome(
        "roi",
        "Return on cost",
        "ratio",
        "Profit divided by cost. Absent where the cost is 0. For all customers together only.",
        "higher",
        2,
        ("money", "cost"),
    ),
    Outcome(
        "roas",
        "Return on ad spend",
        "ratio",
        "Revenue from bought arrivals divided by the money spent on them.",
        "higher",
        2,
        ("acquisition",),
    ),
    Outcome(
        "cost_per_acquisition",
        "Cost per customer won",
        "money",
        "Money spent on bought arrivals per customer won among them.",
        "lower",
        2,
        ("acquisition", "conversion"),
    ),
    Outcome(
        "clv",
        "Customer lifetime value to the end of the run",
        "money",
        "Margin from the first conversion to the end of the run, less refunds, discounted to the day of that "
        "conversion; mean over the customers won.",
        "higher",
        2,
        ("conversion", "earning"),
    ),
    Outcome(
        "payback_days",
        "Payback",
        "days",
        "Days until the margin earned so far, less refunds, covers the cost so far and does so to the end of the run. "
        "Set-up counts at the start, monthly cost and agent hours evenly over the run. Absent where that is never, or "
        "where there is no cost.",
        "lower",
        0,
        ("earning", "cost"),
    ),
    Outcome(
        "contacts_per_customer",
        "Contacts per customer",
        "per customer",
        "Visits to touchpoints on a channel, and messages sent, per arrival.",
        None,
        2,
        ("channel",),
    ),
    Outcome(
        "messages_per_customer",
        "Messages per customer",
        "per customer",
        "Messages, offers and calls sent, per arrival; what is shown on site does not count.",
        None,
        2,
        ("messages",),
    ),
    Outcome(
        "delivery_rate", "Delivered", "share", "Share of messages sent that arrive.", "higher", needs=("messages",)
    ),
    Outcome(
        "open_rate", "Opened", "share", "Share of delivered messages that are opened.", "higher", needs=("messages",)
    ),
    Outcome(
        "response_rate",
        "Acted on",
        "share",
        "Share of opened messages that are acted on.",
        "higher",
        needs=("messages",),
    ),
    Outcome(
        "opt_out_rate",
        "Opted out",
        "share",
        "Share of delivered messages after which the customer opts out.",
        "lower",
        2,
        ("messages",),
    ),
    Outcome(
        "handoffs_per_customer",
        "Changes of channel per customer",
        "per customer",
        "Contacts on another channel than the customer's last one, per arrival.",
        None,
        2,
        ("channels",),
    ),
    Outcome(
        "context_kept_rate",
        "Context kept",
        "share",
        "Share of changes of channel at which what the customer said and did before is still known.",
        "higher",
        needs=("channels",),
    ),
    Outcome(
        "conflicts_per_customer",
        "Conflicting messages per customer",
        "per customer",
        "Messages that fell due within the conflict gap after another to the same customer, per arrival.",
        "lower",
        2,
        ("messages",),
    ),
    Outcome(
        "duplicates_per_customer",
        "Duplicate messages per customer",
        "per customer",
        "Conflicts in which both messages are the same action, per arrival.",
        "lower",
        2,
        ("messages",),
    ),
    Outcome(
        "desk_wait_minutes",
        "Wait at desks",
        "minutes",
        "Mean wait of those who were served or gave up waiting; a call-back counts as no wait.",
        "lower",
        needs=("desk",),
    ),
    Outcome(
        "desk_abandon_rate",
        "Gave up waiting",
        "share",
        "Of those who asked at a desk and were not turned away, the share that gave up waiting.",
        "lower",
        needs=("desk",),
    ),
    Outcome(
        "desk_turned_away_rate",
        "Turned away",
        "share",
        "Share of those who asked at a desk that were turned away because it was closed or closing.",
        "lower",
        needs=("desk",),
    ),
    Outcome(
        "bot_containment_rate",
        "Settled by the bot",
        "share",
        "Share of contacts that the bot in front of a desk settles by itself.",
        "higher",
        needs=("bot",),
    ),
    Outcome(
        "nps",
        "Net promoter score",
        "score",
        "Share of answers of 9 or 10 minus share of answers of 6 or less, times 100, among those who answered.",
        "higher",
        needs=("nps survey",),
    ),
    Outcome(
        "csat",
        "Satisfaction",
        "score",
        "Mean answer from 1 to 5 among those who answered.",
        "higher",
        2,
        ("csat survey",),
    ),
    Outcome(
        "ces",
        "Customer effort score",
        "score",
        "Mean answer from 1 to 7 among those who answered.",
        "lower",
        2,
        ("ces survey",),
    ),
    Outcome(
        "nps_true",
        "Net promoter score of all",
        "score",
        "The net promoter score if everybody asked had answered.",
        "higher",
        needs=("nps survey",),
    ),
    Outcome(
        "csat_true",
        "Satisfaction of all",
        "score",
        "Mean if everybody asked had answered.",
        "higher",
        2,
        ("csat survey",),
    ),
    Outcome(
        "ces_true", "Effort score of all", "score", "Mean if everybody asked had answered.", "lower", 2, ("ces survey",)
    ),
    Outcome(
        "sentiment",
        "Sentiment",
        "score",
        "Mean sentiment of arrivals at the end of the run, from -1 to 1.",
        "higher",
        2,
    ),
    Outcome("effort", "Effort", "score", "Mean effort of an experience, from 1 (none) to 7.", "lower", 2),
    Outcome(
        "budget_overshoot",
        "Over budget",
        "share",
        "Money spent on sends beyond the budget, as a share of it; with a budget for each day, what each day took "
        "beyond its own.",
        "lower",
        1,
        ("budget",),
    ),
    Outcome(
        "incremental_roi",
        "Return on added cost",
        "ratio",
        "Difference in profit divided by difference in cost, between two arms. Absent where the costs cannot be "
        "told apart.",
        "higher",
        2,
        ("money",),
        paired=True,
    ),
    Outcome(
        "retention_90_both",
        "Still there after 90 days, same customers",
        "share",
        "Difference in the share still there after 90 days among the customers won and followed that long in both"
        " arms. " + _NO_RETENTION,
        "higher",
        needs=("conversion",),
        paired=True,
    ),
)

DEFINITIONS: Final[dict[str, Outcome]] = {outcome.id: outcome for outcome in _ALL}
"""Every outcome by id, in the order in which people read them."""


def possible(scenario: Scenario) -> Iterator[Outcome]:
    """The outcomes that a run of the scenario measures in each arm."""
    return (outcome for outcome in _ALL if outcome.measured and not outcome.paired and outcome.possible(scenario))
