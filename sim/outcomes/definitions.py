"""The registry of outcomes: all of them, in the order in which people read them."""

import math
from typing import Final

from sim.outcomes.contact_outcomes import CONTACT
from sim.outcomes.journey_outcomes import JOURNEY
from sim.outcomes.money_outcomes import MONEY
from sim.outcomes.outcome import Outcome
from sim.scenario.remembered import remembered
from sim.scenario.scenario import Scenario

_ALL: Final = (*JOURNEY, *MONEY, *CONTACT)

DEFINITIONS: Final[dict[str, Outcome]] = {outcome.id: outcome for outcome in _ALL}
"""Every outcome by id, in the order in which people read them."""

MAIN: Final = tuple(outcome.id for outcome in _ALL if outcome.main)
"""The outcomes that a summary shows, where the scenario has them, in the same order."""
HEADLINES: Final = tuple(id_ for _, id_ in sorted((one.headline.turn, one.id) for one in _ALL if one.headline))
"""The outcomes that a sentence may be about, in their turn."""
PROFIT: Final = "profit"
PAYS_BACK: Final = "pays_back_rate"
PAYBACK: Final = "payback_days"
COSTS: Final = ("conversion_rate", PROFIT)
"""The outcomes in which it is told what a limit costs, the money last."""
BROUGHT: Final = (PROFIT, "conversion_rate", "retained_per_arrival_90")
"""The outcomes in which it is told what relieving a pain point brings; the first of them that there is ranks."""
OPTIMISED, CONTROL, LITTLE_KNOWN = range(3)
"""Where each stands in what follows."""
LIFTED: Final = {
    "opened": ("open_rate_optimised", "open_rate_control", "open_rate_little_known"),
    "responded": ("response_rate_optimised", "response_rate_control", "response_rate_little_known"),
}
"""The outcomes in which it is told what optimising lifts, by what customers did."""
TOLD_TOGETHER: Final = {outcome.id: outcome.among for outcome in _ALL if outcome.among is not None}
"""Outcomes of some replications alone, and the one that says of how many; both are told in one row, that one's."""


def points_of(curve: str, until: float = math.inf) -> list[str]:
    """The outcomes that are points of a curve, on days up to that one, by day."""
    points = [(outcome.point.day, outcome.id) for outcome in _ALL if outcome.point and outcome.point.curve == curve]
    return [id_ for day, id_ in sorted(points) if day <= until]


@remembered
def possible(scenario: Scenario) -> tuple[Outcome, ...]:
    """The outcomes that a run of the scenario measures in each arm."""
    return tuple(outcome for outcome in _ALL if outcome.in_each_arm and outcome.possible(scenario))
