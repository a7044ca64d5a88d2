"""What a send must pass (model 10.5, 17)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.scenario.orchestration import Cap

from .choosing import choose_message, choose_on_site, next_channel, unusable
from .conditions import any_holds, hour
from .contents import best_content, may_go_by_content
from .draws import THROTTLE
from .moments import Conflict
from .preferences import BANDS, band_of, is_known_on_all, learned_rates, may_go_by_channel, rate_on

if TYPE_CHECKING:
    from .brand import Brand, Sent, Sequence

ROUNDING = 1e-9
"""e of model 10.5"""


def passes_on_site(brand: Brand, sequence: Sequence) -> bool:
    """Whether an on-site action is shown now."""
    play, visit = sequence.play, brand.customer.visit
    if is_without(brand, sequence):
        reason = "without"
    elif any_holds(brand.customer, play.stop):
        reason = "stopped"
    elif not choose_on_site(brand, sequence):
        return False
    elif cools_down(brand, sequence):
        reason = "cooldown"
    elif not affordable(brand, sequence, visit.channel):
        reason = "budget"
    else:
        return True
    brand.rule_out(reason, play, sequence.action, visit.channel)
    return False


def channel_to_send_on(brand: Brand, sequence: Sequence) -> str | None:
    """The channel on which a message is sent now; None where it is ruled out, or put off (then it is due again)."""
    play = sequence.play
    choice = takes_its_choice(brand, sequence)
    if begins_anew(brand, sequence):
        sequence.action, sequence.step = play.action.id, 0
    if is_without(brand, sequence) or any_holds(brand.customer, play.stop):
        reason = "without" if is_without(brand, sequence) else "stopped"
        brand.rule_out(reason, play, sequence.action, channel_next(brand, sequence))
        return None
    if takes_best_content(brand, sequence):
        if not brand.channels(sequence):
            brand.eligibility.come(sequence.action, "unavailable")
        sequence.action = best_content(brand, sequence)
    if choice:
        channel = choose_message(brand, sequence)
    elif takes_best_channel(brand, sequence) and is_known_on_all(brand.customer, brand.channels(sequence)):
        channel = best_channel(brand, sequence)
    else:
        channel = next_channel(brand, sequence)
    if channel is None:
        return None
    until = None
    if cools_down(brand, sequence):
        reason = "cooldown"
    elif play.transactional:
        return channel
    elif conflicts(brand, sequence, channel):
        reason = "conflict"
    elif (room := room_under_caps(brand, channel)) > brand.customer.now:
        reason = "capped"
        until = None if brand.playbook.capped == "drop" else room
    elif (end := end_of_quiet_hours(brand, channel)) is not None:
        reason, until = "quiet", end
    elif (best := best_hour(brand, sequence, channel)) is not None:
        reason, until = "other-hour", best
        sequence.had_its_hour = True
    elif not affordable(brand, sequence, channel):
        reason = "budget"
    else:
        return channel
    brand.rule_out(reason, play, sequence.action, channel)
    if until is not None:
        brand.put_off(sequence, until)
    return None


def takes_its_choice(brand: Brand, sequence: Sequence) -> bool:
    """Whether what is sent is still to be chosen (model 16)."""
    return brand.playbook.chooses and not sequence.begun and not sequence.play.transactional


def begins_anew(brand: Brand, sequence: Sequence) -> bool:
    """Whether the outstanding send begins with its rule's action and the first of its channels at each check."""
    if takes_its_choice(brand, sequence) or takes_best_content(brand, sequence):
        return True
    return takes_best_channel(brand, sequence)


def takes_best_content(brand: Brand, sequence: Sequence) -> bool:
    """Whether the action may go by what the customer responded to (model 33.6)."""
    return may_go_by_content(brand, sequence.play, not sequence.begun) and not brand.customer.person.control


def takes_best_channel(brand: Brand, sequence: Sequence) -> bool:
    """Whether the channel may go by what the customer opened (model 33.5)."""
    return may_go_by_channel(brand, sequence) and not brand.customer.person.control


def best_channel(brand: Brand, sequence: Sequence) -> str | None:
    """The channel on which most is opened, of those that may be used."""
    usable = []
    for step, channel in enumerate(brand.channels(sequence)):
        why = unusable(brand, sequence.seen_on, channel)
        if why is None:
            usable.append((step, channel))
        else:
            brand.rule_out(why, sequence.play, sequence.action, channel)
    if not usable:
        return None
    leader = usable[0]
    for other in usable[1:]:
        if rate_on(brand, sequence.action, other[1]) > rate_on(brand, sequence.action, leader[1]) + ROUNDING:
            leader = other
    sequence.step = leader[0]
    return leader[1]


def is_without(brand: Brand, sequence: Sequence) -> bool:
    """Whether what the rule is `without` was entered since the firing."""
    without = sequence.play.when.without
    return without is not None and brand.customer.visits[without] > sequence.entered_without


def channel_next(brand: Brand, sequence: Sequence) -> str | None:
    """The channel of the send that is outstanding, before it is checked."""
    channels = brand.channels(sequence)
    return channels[sequence.step] if channels else None


def affordable(brand: Brand, sequence: Sequence, channel: str | None) -> bool:
    """Whether the budget lets the send through (model 17)."""
    assert channel is not None
    customer, play = brand.customer, sequence.play
    cost = cost_of(brand, sequence, channel)
    if cost == 0:
        return True
    occurrence = brand.budget_checks[play.index]
    brand.budget_checks[play.index] += 1
    if sequence.planned:
        return customer.world.purse.lets_planned_through(cost)
    u = customer.world.draws.uniform(customer.person.number, THROTTLE, f"rule:{play.id}", occurrence)
    return customer.world.purse.lets_triggered_through(cost, u)


def cost_of(brand: Brand, sequence: Sequence, channel: str) -> float:
    """Of one send, without personalization."""
    cost = brand.action(sequence).cost
    return cost if sequence.play.on_site else cost + brand.customer.world.journey.channels[channel].cost


def cools_down(brand: Brand, sequence: Sequence) -> bool:
    last = brand.last_begun.get(sequence.play.index)
    return not sequence.begun and last is not None and brand.customer.now < last + sequence.play.cooldown - ROUNDING


def conflicts(brand: Brand, sequence: Sequence, channel: str) -> bool:
    """Whether a conflict rules the message out; it is counted whether or not it does."""
    if not brand.sent:
        return False
    now, play, last = brand.customer.now, sequence.play, brand.sent[-1]
    if last.sequence is sequence or now >= last.time + brand.playbook.gap - ROUNDING:
        return False
    duplicate = last.sequence.action == sequence.action
    brand.customer.world.log.conflicts.append(
        Conflict(brand.customer.person.number, now, play.id, last.sequence.play.id, duplicate)
    )
    if brand.playbook.mode != "omni" or not brand.customer.are_linked(last.channel, channel):
        return False
    return play.priority <= last.sequence.play.priority


def room_under_caps(brand: Brand, channel: str) -> float:
    """The first time from now on at which every cap that is full now has room."""
    now, room = brand.customer.now, brand.customer.now
    for which, cap in brand.playbook.caps.items():
        if which not in ("total", channel):
            continue
        counted = [
            sent
            for sent in brand.sent
            if sent.channel == channel or (which == "total" and brand.customer.are_linked(sent.channel, channel))
        ]
        counted = [sent for sent in counted if counts(cap, sent, now)]
        if len(counted) >= cap.max:
            room = max(room, math.inf if cap.max == 0 else end_of_counting(cap, counted[-cap.max]))
    return room


def counts(cap: Cap, sent: Sent, now: float) -> bool:
    if cap.period == "calendar":
        return math.floor(now) < math.floor(sent.time) + cap.days
    return now < sent.time + cap.days - ROUNDING


def end_of_counting(cap: Cap, sent: Sent) -> float:
    """The first time at which the message no longer counts; a calendar day begins at midnight."""
    if cap.period == "calendar":
        return float(math.ceil(math.floor(sent.time) + cap.days))
    return sent.time + cap.days


def end_of_quiet_hours(brand: Brand, channel: str, at: float | None = None) -> float | None:
    """None where it is not quiet now, or at another time."""
    quiet = brand.customer.world.journey.channels[channel].quiet_hours
    if quiet is None or quiet[0] == quiet[1]:
        return None
    now = brand.customer.now if at is None else at
    begin, end = quiet
    begun, not_over = hour(now) >= begin - ROUNDING, hour(now) < end - ROUNDING
    if not (begun and not_over if begin < end else begun or not_over):
        return None
    today = math.floor(now) + end / 24
    return today if today > now else math.floor(now) + 1 + end / 24


def best_hour(brand: Brand, sequence: Sequence, channel: str) -> float | None:
    """The time to which the message is put off, for the customer opens more then; None where it is not (model 33.3)."""
    customer = brand.customer
    if "hour" not in brand.playbook.optimise or sequence.had_its_hour or customer.person.control:
        return None
    rates = learned_rates(customer, channel)
    if rates is None:
        return None
    now = band_of(customer.now)
    leader, until = now, None
    for band in [*range(now + 1, BANDS), *range(now)]:
        day = math.floor(customer.now)
        middle = day + (4 * band + 2) / 24
        if middle <= customer.now:
            middle = day + 1 + (4 * band + 2) / 24
        if rates[band] > rates[leader] + ROUNDING and end_of_quiet_hours(brand, channel, middle) is None:
            leader, until = band, middle
    return until
