"""A message sent, an on-site action shown, and what the customer makes of it (model 10.6)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.scenario.distributions import Lognormal

from .agenda import RESPONSE, Due
from .conditions import hour, logistic
from .distributions import drawn_from_zero
from .draws import MESSAGE, TIME_TO_ACT, uniform32

if TYPE_CHECKING:
    from .brand import Brand, Sequence

# Of a lognormal, mean / median = exp(sigma^2 / 2).
TIME_TO_ACT_HOURS = Lognormal(family="lognormal", median=2.1, sigma=math.sqrt(2 * math.log(23.2 / 2.1)))


def send(brand: Brand, sequence: Sequence, channel: str) -> None:
    """Send a message that has passed."""
    customer, play = brand.customer, sequence.play
    table = customer.world.journey.channels[channel]
    occurrence, luck = begin(brand, sequence, channel)
    brand.note("sent", play, channel, play.action.cost + table.cost)
    brand.remember(sequence, channel)
    if luck[0] >= table.delivery_rate:
        return
    fatigue = brand.fatigue.at(customer.now)
    brand.note("delivered", play, channel)
    brand.messages += 1
    brand.offers.stand(play.action, customer.now)
    brand.fatigue.becomes(fatigue + 1, customer.now)
    if luck[1] < chance_to_be_opened(brand, sequence, channel, fatigue):
        brand.note("opened", play, channel)
        if luck[2] < chance_of_response(brand, sequence, channel):
            distribution = table.time_to_act_hours or TIME_TO_ACT_HOURS
            site = f"action:{play.action.id}@{channel}"
            words = customer.world.draws.words(customer.person.number, TIME_TO_ACT, site, occurrence)
            await_response(brand, sequence, channel, customer.now + drawn_from_zero(distribution, words) / 24)
    if luck[3] < table.opt_out_rate * math.exp(0.1 * fatigue) * (2 if customer.averse else 1):
        brand.accepts[channel] = False
        brand.note("opted_out", play, channel)


def show(brand: Brand, sequence: Sequence) -> None:
    """Show an on-site action that has passed; whoever acts on it does so now."""
    if acted_on_site(brand, sequence):
        channel = brand.customer.visit.channel
        assert channel is not None
        await_response(brand, sequence, channel, brand.customer.now)


def acted_on_site(brand: Brand, sequence: Sequence) -> bool:
    """Show an on-site action; whether the customer acts on it."""
    now, play, channel = brand.customer.now, sequence.play, brand.customer.visit.channel
    assert channel is not None
    _, luck = begin(brand, sequence, channel)
    brand.note("sent", play, channel, play.action.cost)
    brand.note("delivered", play, channel)
    brand.note("opened", play, channel)
    brand.offers.stand(play.action, now)
    if play.action.kind == "popover":
        brand.fatigue.becomes(brand.fatigue.at(now) + 0.5, now)
    return luck[2] < chance_of_response(brand, sequence, channel)


def begin(brand: Brand, sequence: Sequence, channel: str) -> tuple[int, list[float]]:
    """Count the send; its occurrence and its uniforms."""
    customer, play = brand.customer, sequence.play
    if not sequence.begun:
        sequence.begun = True
        brand.last_begun[play.place] = customer.now
    occurrence = brand.sends[play.action.id, channel]
    brand.sends[play.action.id, channel] += 1
    site = f"action:{play.action.id}@{channel}"
    words = customer.world.draws.words(customer.person.number, MESSAGE, site, occurrence)
    return occurrence, [uniform32(word) for word in words]


def chance_to_be_opened(brand: Brand, sequence: Sequence, channel: str, fatigue: float) -> float:
    customer, action = brand.customer, sequence.play.action
    rate = customer.world.journey.channels[channel].open_rate if action.open_rate is None else action.open_rate
    if rate in (0, 1):
        return rate
    affinity = min(math.exp(3), max(math.exp(-3), customer.person.affinity[channel]))
    timed = 0.3 if is_timed(brand, channel) else 0.0
    return logistic(math.log(rate / (1 - rate)) + 0.3 * math.log(affinity) + timed - 0.1 * fatigue)


def is_timed(brand: Brand, channel: str) -> bool:
    """Whether a message comes within two hours of the preferred hour, by personalization."""
    customer = brand.customer
    if not (customer.is_personalized(channel) and customer.world.personalization.timing):
        return False
    apart = abs(hour(customer.now) - customer.person.traits["preferred_hour"])
    return min(apart, 24 - apart) <= 2


def chance_of_response(brand: Brand, sequence: Sequence, channel: str) -> float:
    customer, action = brand.customer, sequence.play.action
    rate = customer.world.journey.channels[channel].response_rate
    if action.response_rate is not None:
        rate = action.response_rate
    if not customer.is_personalized(channel):
        return rate
    personalization = customer.world.personalization
    return min(1.0, rate * (1 + personalization.engagement_lift * personalization.relevance(customer.known)))


def await_response(brand: Brand, sequence: Sequence, channel: str, time: float) -> None:
    play = sequence.play
    among_channels = play.channels.index(channel) if play.channels else 0
    place = (brand.customer.now, play.place, among_channels)
    brand.customer.agenda.add(Due(time, RESPONSE, place, lambda: brand.respond(sequence, channel)))
