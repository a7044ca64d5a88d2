"""The lines of a profit and loss, and what they come to by period (model 38)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """A line of a profit and loss: the single place for its label and definition."""

    id: str
    label: str
    definition: str
    adds: tuple[str, ...] = ()
    """the lines that it is the sum of; none of a line that is an amount of its own"""
    runs_on: bool = False
    """whether a period has what all days up to its last have together"""


_REVENUE: Final = ("sales", "discounts", "refunds")
_GOODS: Final = ("goods", "goods_lost")
COSTS: Final = (
    "acquisition", "contacts", "messages", "personalization", "service", "agents", "setup", "running",
)  # fmt: skip
"""The lines below the margin: together the outcome `cost`, below 0."""
OWN: Final = (*_REVENUE, *_GOODS, *COSTS)
"""The lines that are amounts of their own: each cent is in one of them. The axis of a ledger."""
REVENUE, MARGIN, PROFIT, CUMULATED = "net_revenue", "margin", "profit", "cumulated"

LINES: Final = {
    line.id: line
    for line in (
        Line(
            "sales",
            "Sales at full price",
            "What the orders would have brought without the discounts that they were bought with.",
        ),
        Line("discounts", "Discounts", "What offers took off the price when they were used."),
        Line("refunds", "Refunds", "What is paid back, on the day of the order."),
        Line(REVENUE, "Net revenue", "Sales after discounts and refunds: the outcome Revenue.", _REVENUE),
        Line("goods", "Cost of goods", "What the goods cost that were sold and kept."),
        Line("goods_lost", "Refunded goods lost", "What refunded goods cost that do not come back to be sold again."),
        Line(MARGIN, "Margin", "Net revenue after the cost of goods, before all other cost.", (*_REVENUE, *_GOODS)),
        Line("acquisition", "Acquisition", "Money for bought arrivals, on the days on which they are expected."),
        Line("contacts", "Contacts", "What visits with a channel cost."),
        Line("messages", "Messages", "What sends cost: action and channel."),
        Line("personalization", "Personalization", "What personalized visits and sends cost."),
        Line("service", "Service", "What each contact at a desk costs, on the day on which it begins to be served."),
        Line("agents", "Agents", "What hours on shift cost, evenly over the run."),
        Line("setup", "Set-up", "What is paid once, on the first day."),
        Line("running", "Running cost", "What is paid every month, evenly over the run."),
        Line(PROFIT, "Profit", "Margin less all cost.", OWN),
        Line(CUMULATED, "Cumulated profit", "Profit from the first day on.", OWN, runs_on=True),
    )
}
"""All lines, in the order in which they are read."""


def line_of(ledgers: Floats, line: str) -> Floats:
    """One line of ledgers of the shape (…, OWN, days); the cumulated profit as the profit of each day."""
    of = LINES[line].adds or (line,)
    total: Floats = ledgers[..., [OWN.index(each) for each in of], :].sum(axis=-2)
    return total


def by_period(ledgers: Floats, line: str, first: NDArray[np.int64]) -> Floats:
    """One line by period, shape (…, periods); `first` are the first days of the periods."""
    periods: Floats = np.add.reduceat(line_of(ledgers, line), first, axis=-1)
    return np.cumsum(periods, axis=-1) if LINES[line].runs_on else periods
