"""What a send must pass (model 10.5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.scenario.orchestration import Cap

from .conditions import any_holds, hour
from .moments import Conflict

if TYPE_CHECKING:
    from .brand import Brand, Sent, Sequence

ROUNDING = 1e-9
"""e of model 10.5"""


def passes_on_site(brand: Brand, sequence: Sequence) -> bool:
    """Whether an on-site action is shown now."""
    play, visit = sequence.play, brand.customer.visit
    if any_holds(brand.customer, play.stop):
        reason = "stopped"
    elif visit.channel is None or (play.action.channels and visit.channel not in play.channels):
        brand.rule_out("not-there", play, None)
        return False
    elif cools_down(brand, sequence):
        reason = "cooldown"
    else:
        return True
    brand.rule_out(reason, play, visit.channel)
    return False


def channel_to_send_on(brand: Brand, sequence: Sequence) -> str | None:
    """The channel on which a message is sent now; None where it is ruled out, or put off (then it is due again)."""
    play = sequence.play
    if any_holds(brand.customer, play.stop):
        brand.rule_out("stopped", play, play.channels[sequence.step] if play.channels else None)
        return None
    channel = reachable_channel(brand, sequence)
    if channel is None:
        return None
    until = None
    if cools_down(brand, sequence):
        reason = "cooldown"
    elif conflicts(brand, sequence):
        reason = "conflict"
    elif (room := room_under_caps(brand, channel)) > brand.customer.now:
        reason = "capped"
        until = None if brand.playbook.capped == "drop" else room
    elif (end := end_of_quiet_hours(brand, channel)) is not None:
        reason, until = "quiet", end
    else:
        return channel
    brand.rule_out(reason, play, channel)
    if until is not None:
        brand.put_off(sequence, until)
    return None


def reachable_channel(brand: Brand, sequence: Sequence) -> str | None:
    """The first channel from the present one on that is opted in and linked; None where there is none."""
    play = sequence.play
    while sequence.step < len(play.channels):
        channel = play.channels[sequence.step]
        if not brand.accepts[channel]:
            brand.rule_out("opted-out", play, channel)
        elif not is_linked(brand, sequence, channel):
            brand.rule_out("not-linked", play, channel)
        else:
            return channel
        sequence.step += 1
    return None


def is_linked(brand: Brand, sequence: Sequence, channel: str) -> bool:
    if brand.playbook.mode == "omni":
        return True
    if brand.playbook.mode == "single" and channel != brand.customer.first_channel:
        return False
    return sequence.seen_on is None or sequence.seen_on == channel


def cools_down(brand: Brand, sequence: Sequence) -> bool:
    last = brand.last_begun.get(sequence.play.place)
    return not sequence.begun and last is not None and brand.customer.now < last + sequence.play.cooldown - ROUNDING


def conflicts(brand: Brand, sequence: Sequence) -> bool:
    """Whether a conflict rules the message out; it is counted whether or not it does."""
    if not brand.sent:
        return False
    now, play, last = brand.customer.now, sequence.play, brand.sent[-1]
    if last.sequence is sequence or now >= last.time + brand.playbook.gap - ROUNDING:
        return False
    duplicate = last.sequence.play.action is play.action
    brand.customer.world.log.conflicts.append(
        Conflict(brand.customer.person.number, now, play.id, last.sequence.play.id, duplicate)
    )
    return brand.playbook.mode == "omni" and play.priority <= last.sequence.play.priority


def room_under_caps(brand: Brand, channel: str) -> float:
    """The first time from now on at which every cap that is full now has room."""
    now, room = brand.customer.now, brand.customer.now
    for which, cap in brand.playbook.caps.items():
        if which not in ("total", channel):
            continue
        all_channels = which == "total" and brand.playbook.mode == "omni"
        counted = [sent for sent in brand.sent if all_channels or sent.channel == channel]
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


def end_of_quiet_hours(brand: Brand, channel: str) -> float | None:
    """None where it is not quiet now."""
    quiet = brand.customer.world.journey.channels[channel].quiet_hours
    if quiet is None or quiet[0] == quiet[1]:
        return None
    now = brand.customer.now
    begin, end = quiet
    begun, not_over = hour(now) >= begin - ROUNDING, hour(now) < end - ROUNDING
    if not (begun and not_over if begin < end else begun or not_over):
        return None
    today = math.floor(now) + end / 24
    return today if today > now else math.floor(now) + 1 + end / 24
