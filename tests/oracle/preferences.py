"""What each customer opened, in what part of the day (model 33): looked through anew each time."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from .conditions import hour

if TYPE_CHECKING:
    from .customer import Customer
    from .profile import Fact

BANDS = 6


def band_of(time: float) -> int:
    return math.floor((hour(time) + 1e-9) / 4) % BANDS


def noted_on(customer: Customer, channel: str) -> list[Fact]:
    """The messages on the channel that the profile holds."""
    return [fact for fact in customer.noted.there() if fact.kind == "messages" and fact.channel == channel]


def is_known(customer: Customer, channel: str) -> bool:
    return len(noted_on(customer, channel)) >= customer.world.scenario.orchestration.optimise_from


def learned_rates(customer: Customer, channel: str) -> list[float] | None:
    """Of each band; None where too little is known."""
    if not is_known(customer, channel):
        return None
    noted, prior = noted_on(customer, channel), Fraction(customer.world.scenario.orchestration.optimise_prior)
    usual = Fraction(sum(fact.opened for fact in noted), len(noted))
    rates = []
    for band in range(BANDS):
        there = [fact.opened for fact in noted if band_of(fact.time) == band]
        rates.append(float((sum(there) + prior * usual) / (len(there) + prior)))
    return rates


def book_how_known(customer: Customer, channel: str, opened: bool) -> None:
    """Count a message that arrives by how much is known of the customer's hours."""
    kind = "little-known"
    if is_known(customer, channel):
        kind = "control" if customer.person.control else "optimised"
    for what in ["delivered", "opened"] if opened else ["delivered"]:
        customer.world.log.books["known", customer.person.segment, kind, what] += 1
