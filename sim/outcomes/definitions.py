"""The registry of outcomes: all of them, in the order in which people read them."""

from collections.abc import Iterator
from typing import Final

from sim.outcomes.contact_outcomes import CONTACT
from sim.outcomes.journey_outcomes import JOURNEY
from sim.outcomes.money_outcomes import MONEY
from sim.outcomes.outcome import Outcome
from sim.scenario.scenario import Scenario

_ALL: Final = (*JOURNEY, *MONEY, *CONTACT)

DEFINITIONS: Final[dict[str, Outcome]] = {outcome.id: outcome for outcome in _ALL}
"""Every outcome by id, in the order in which people read them."""


def possible(scenario: Scenario) -> Iterator[Outcome]:
    """The outcomes that a run of the scenario measures in each arm."""
    return (outcome for outcome in _ALL if outcome.measured and not outcome.paired and outcome.possible(scenario))
