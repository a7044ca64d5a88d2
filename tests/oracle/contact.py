"""On which channel a visit takes place (model 2.1, 18)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .draws import CHANNEL, VISIT, first_in_race

if TYPE_CHECKING:
    from .customer import Customer, Visit


def meet(customer: Customer, visit: Visit) -> None:
    """Begin a visit: its channel, and whether the context is kept."""
    customer.visits[visit.touchpoint] += 1
    shares = customer.world.journey.channel_shares(visit.touchpoint)
    if not shares:
        customer.note(visit, "enter")
        return
    last = customer.channel
    kept = take_channel(customer, visit, shares)
    customer.counts["contacts"] += 1
    customer.note(visit, "enter")
    if last is not None and visit.channel != last:
        customer.counts["handoffs"] += 1
        customer.note(visit, "handoff", 1.0 if kept else 0.0)
    customer.channel = visit.channel
    if customer.first_channel is None:
        customer.first_channel = visit.channel
    customer.noted.note("contacts", visit.channel)
    customer.pay_for_personalization(visit.channel)


def take_channel(customer: Customer, visit: Visit, shares: dict[str, float]) -> bool:
    """Settle channel, lost context and affinity of a contact; whether a handoff would keep the context."""
    journey = customer.world.journey
    integration = journey.scenario.integration
    mix = {channel: journey.channels[channel].mix for channel in shares}
    own = customer.person.affinity
    weights = {c: shares[c] * mix[c] * own[c] for c in shares if shares[c] * mix[c] * own[c] > 0}
    if not weights:
        weights = {c: shares[c] * mix[c] for c in shares}
        if not any(weights.values()):
            weights = dict.fromkeys(shares, 1.0)
    bound_to = customer.first_channel if integration.mode == "single" else None
    fallback = bound_to is not None and bound_to not in weights
    usable = list(weights)
    if customer.channel is None and customer.person.bought_on is not None:
        visit.channel = customer.person.bought_on
    elif bound_to is None or fallback:
        visit.channel = race_of_channels(customer, visit, weights)
    else:
        visit.channel = bound_to
        usable = [bound_to]
    amount = sum(shares[c] * mix[c] * own[c] for c in usable)
    visit.affinity = affinity(customer, visit.touchpoint, 0.0 if fallback else amount)
    if fallback:
        visit.lost = 1
        return False
    if customer.channel is None or visit.channel == customer.channel:
        return True
    linked = 1 if customer.are_linked(visit.channel, customer.channel) else 0
    luck = customer.world.draws.uniform(customer.person.number, VISIT, f"touchpoint:{visit.touchpoint}", visit.number)
    kept = luck < integration.carryover * linked
    visit.lost = 0 if kept else 1
    return kept


def race_of_channels(customer: Customer, visit: Visit, weights: dict[str, float]) -> str:
    stickiness = customer.world.journey.scenario.behaviour.stickiness
    channels = list(weights)
    draws, number, site = customer.world.draws, customer.person.number, f"touchpoint:{visit.touchpoint}"
    winner = first_in_race(
        [weights[c] * (1 + (stickiness if c == customer.channel else 0.0)) for c in channels],
        [draws.uniform(number, CHANNEL, f"{site}@{c}", visit.number) for c in channels],
    )
    assert winner is not None
    return channels[winner]


def affinity(customer: Customer, touchpoint: str, amount: float) -> float:
    """The affinity covariate; an amount of 0 stands for its floor."""
    reference = customer.world.reference.affinity(touchpoint, customer.person.segment)
    if reference is None:
        return 0.0
    if amount == 0:
        return -3.0
    total, expected = reference
    return min(3.0, max(-3.0, math.log(amount / total) - expected))
