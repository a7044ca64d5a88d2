"""What each customer opened, when and on which channel (model 33): looked through anew each time."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from .conditions import hour
from .contents import is_known_by_content, may_go_by_content

if TYPE_CHECKING:
    from .brand import Brand, Sequence
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


def is_known_on_all(customer: Customer, channels: tuple[str, ...]) -> bool:
    """Whether enough is known on these channels together."""
    noted = sum(len(noted_on(customer, channel)) for channel in channels)
    return noted >= customer.world.scenario.orchestration.optimise_from


def rate_on(brand: Brand, action: str, channel: str) -> float:
    """The share that is taken to be opened on a channel (model 33.5)."""
    customer = brand.customer
    table, taken = customer.world.journey.channels[channel], customer.world.actions[action]
    usual = Fraction(table.open_rate if taken.open_rate is None else taken.open_rate)
    noted, prior = noted_on(customer, channel), Fraction(customer.world.scenario.orchestration.optimise_prior)
    return float((sum(fact.opened for fact in noted) + prior * usual) / (len(noted) + prior))


def may_go_by_channel(brand: Brand, sequence: Sequence) -> bool:
    """Whether it is a first message that has several channels."""
    several = len(brand.channels(sequence)) > 1
    return "channel" in brand.playbook.optimise and several and not sequence.begun and not sequence.play.transactional


def book_how_known(brand: Brand, sequence: Sequence, channel: str, opened: bool, first: bool) -> str | None:
    """Count a message that arrives by how much is known of the customer, and say so; `first` in its sequence."""
    customer, optimise = brand.customer, brand.playbook.optimise
    channels = brand.channels(sequence)
    by_channel = "channel" in optimise and first and len(channels) > 1
    by_content = may_go_by_content(brand, sequence.play, first)
    if not by_channel and not by_content and "hour" not in optimise:
        return None
    kind = "little-known"
    known_hours = "hour" in optimise and is_known(customer, channel)
    known_channels = by_channel and is_known_on_all(customer, channels)
    if known_hours or known_channels or (by_content and is_known_by_content(customer)):
        kind = "control" if customer.person.control else "optimised"
    for what in ["delivered", "opened"] if opened else ["delivered"]:
        customer.world.log.books["known", customer.person.segment, kind, what] += 1
    return kind
