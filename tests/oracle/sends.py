"""A message sent, an on-site action shown, and what the customer makes of it (model 10.6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.distributions import Lognormal
from sim.scenario.orchestration import Action

from .agenda import RESPONSE, Due
from .checks import cost_of
from .choosing import cell, unusable
from .conditions import hour, logistic
from .distributions import drawn_from_zero
from .draws import MESSAGE, TIME_TO_ACT, uniform32
from .learning import Try
from .preferences import book_how_known

if TYPE_CHECKING:
    from .brand import Brand, Sequence
    from .playbook import Play

# Of a lognormal, mean / median = exp(sigma^2 / 2).
TIME_TO_ACT_HOURS = Lognormal(family="lognormal", median=2.1, sigma=math.sqrt(2 * math.log(23.2 / 2.1)))


@dataclass(frozen=True)
class Luck:
    """What a send brings with it."""

    occurrence: int
    u: list[float]
    attempt: Try | None
    """where something is learned from it"""


def send(brand: Brand, sequence: Sequence, channel: str) -> None:
    """Send a message that has passed."""
    customer, play, action = brand.customer, sequence.play, brand.action(sequence)
    table = customer.world.journey.channels[channel]
    first = not sequence.begun
    luck = begin(brand, sequence, channel)
    customer.world.log.books["own sent", customer.person.number] += 1
    brand.note("sent", play, action.id, channel, cost_of(brand, sequence, channel))
    if not play.transactional:
        brand.remember(sequence, channel)
    if luck.u[0] >= table.delivery_rate:
        return
    fatigue = brand.fatigue.at(customer.now)
    brand.note("delivered", play, action.id, channel)
    known = None
    opened = luck.u[1] < chance_to_be_opened(brand, action, channel, fatigue)
    if not play.transactional:
        brand.messages += 1
        known = book_how_known(brand, sequence, channel, opened, first)
        customer.noted.note("messages", channel, opened=opened, action=action.id)
        brand.offers.stand(action, customer.now)
        brand.fatigue.becomes(fatigue + 1, customer.now)
    if opened:
        brand.note("opened", play, action.id, channel)
        if luck.u[2] < chance_of_response(brand, action, channel):
            distribution = table.time_to_act_hours or TIME_TO_ACT_HOURS
            site = f"action:{action.id}@{channel}"
            words = customer.world.draws.words(customer.person.number, TIME_TO_ACT, site, luck.occurrence)
            acts = customer.now + drawn_from_zero(distribution, words) / 24
            await_response(brand, sequence, channel, acts, luck.attempt, known)
    if play.transactional:
        return
    if luck.u[3] < table.opt_out_rate * math.exp(0.1 * fatigue) * (2 if customer.averse else 1):
        brand.accepts[channel] = False
        brand.note("opted_out", play, action.id, channel)


def show(brand: Brand, sequence: Sequence) -> None:
    """Show an on-site action that has passed; whoever acts on it does so now."""
    acts, attempt = acted_on_site(brand, sequence)
    if acts:
        channel = brand.customer.visit.channel
        assert channel is not None
        await_response(brand, sequence, channel, brand.customer.now, attempt)


def acted_on_site(brand: Brand, sequence: Sequence) -> tuple[bool, Try | None]:
    """Show an on-site action; whether the customer acts on it, and what is learned from."""
    now, play, channel = brand.customer.now, sequence.play, brand.customer.visit.channel
    assert channel is not None
    action = brand.action(sequence)
    luck = begin(brand, sequence, channel)
    brand.note("sent", play, action.id, channel, action.cost)
    brand.note("delivered", play, action.id, channel)
    brand.note("opened", play, action.id, channel)
    brand.offers.stand(action, now)
    if action.kind == "popover":
        brand.fatigue.becomes(brand.fatigue.at(now) + 0.5, now)
    return luck.u[2] < chance_of_response(brand, action, channel), luck.attempt


def begin(brand: Brand, sequence: Sequence, channel: str) -> Luck:
    """Count and pay the send; its occurrence and its uniforms."""
    customer, play = brand.customer, sequence.play
    attempt = None
    if not sequence.begun:
        sequence.begun = True
        brand.last_begun[play.index] = customer.now
        if brand.playbook.chooses and not play.transactional:
            attempt = Try(cell(brand, sequence.action, channel), customer.now)
            customer.world.beliefs.remember(attempt)
    brand.eligibility.come(sequence.action, "sent")
    if not play.transactional:
        customer.world.log.books.setdefault(("own first_sent", customer.person.number), 1 + customer.now)
    cost = cost_of(brand, sequence, channel)
    customer.book("message_cost", cost)
    customer.pay_for_personalization(channel)
    if not play.transactional:
        customer.world.purse.spend(cost)
        customer.world.log.books["daily budget_cost", customer.world.log.day] += cost
    occurrence = brand.sends[sequence.action, channel]
    brand.sends[sequence.action, channel] += 1
    site = f"action:{sequence.action}@{channel}"
    words = customer.world.draws.words(customer.person.number, MESSAGE, site, occurrence)
    return Luck(occurrence, [uniform32(word) for word in words], attempt)


def chance_to_be_opened(brand: Brand, action: Action, channel: str, fatigue: float) -> float:
    customer = brand.customer
    rate = customer.world.journey.channels[channel].open_rate if action.open_rate is None else action.open_rate
    if rate in (0, 1):
        return rate
    affinity = min(math.exp(3), max(math.exp(-3), customer.person.affinity[channel]))
    effect = customer.world.journey.channels[channel].hour_effect
    if effect is None:
        timed = 0.3 if is_timed(brand, channel) else 0.0
    else:
        timed = effect if hours_from_preferred(brand) <= 2 + 1e-9 else 0.0
    subject = customer.person.likings.get(("subject", action.content.get("subject", "")), 0.0)
    return logistic(math.log(rate / (1 - rate)) + 0.3 * math.log(affinity) + timed + subject - 0.1 * fatigue)


def is_timed(brand: Brand, channel: str) -> bool:
    """Whether a message comes within two hours of the preferred hour, by personalization."""
    customer = brand.customer
    if not (customer.is_personalized(channel) and customer.world.personalization.timing):
        return False
    return hours_from_preferred(brand) <= 2


def hours_from_preferred(brand: Brand) -> float:
    """How far the present hour is from the one that the customer prefers, around the clock."""
    apart = abs(hour(brand.customer.now) - brand.customer.person.traits["preferred_hour"])
    return min(apart, 24 - apart)


def chance_of_response(brand: Brand, action: Action, channel: str) -> float:
    customer = brand.customer
    rate = customer.world.journey.channels[channel].response_rate
    if action.response_rate is not None:
        rate = action.response_rate
    seen = [(trait, value) for trait, value in action.content.items() if trait != "subject"]
    liked = [customer.person.likings.get(each, 0.0) for each in seen]
    if liked and 0 < rate < 1:
        rate = logistic(math.log(rate / (1 - rate)) + sum(liked))
    if not customer.is_personalized(channel):
        return rate
    personalization = customer.world.personalization
    return min(1.0, rate * (1 + personalization.engagement_lift * personalization.relevance(customer.known)))


def await_response(
    brand: Brand, sequence: Sequence, channel: str, time: float, attempt: Try | None, known: str | None = None
) -> None:
    channels = brand.channels(sequence)
    order = (brand.customer.now, sequence.play.index, channels.index(channel) if channels else 0)
    brand.customer.agenda.add(Due(time, RESPONSE, order, lambda: brand.respond(sequence, channel, attempt, known)))


def expected_response(brand: Brand, play: Play) -> float:
    """How likely a planned send of the rule's own action is to be acted on now (model 17)."""
    customer, action = brand.customer, brand.customer.world.actions[play.action.id]
    channels = brand.playbook.channels[action.id]
    if play.on_site:
        here = customer.visit.channel
        there = here is not None and (not action.channels or here in channels)
        return chance_of_response(brand, action, here) if there and here is not None else 0.0
    channel = next((channel for channel in channels if unusable(brand, None, channel) is None), None)
    if channel is None:
        return 0.0
    delivered = customer.world.journey.channels[channel].delivery_rate
    opened = chance_to_be_opened(brand, action, channel, brand.fatigue.at(customer.now))
    return delivered * opened * chance_of_response(brand, action, channel)
