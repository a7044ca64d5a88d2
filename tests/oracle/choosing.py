"""Which action and which channel a send takes (model 10.5, 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .draws import POLICY, normal
from .learning import Cell

if TYPE_CHECKING:
    from .brand import Brand, Sequence


def unusable(brand: Brand, seen_on: str | None, channel: str) -> str | None:
    """Why a message seen on one channel may not be sent on another; None where it may."""
    if channel in brand.customer.world.journey.down:
        return "unavailable"
    if not brand.accepts[channel]:
        return "opted-out"
    return None if is_linked(brand, seen_on, channel) else "not-linked"


def is_linked(brand: Brand, seen_on: str | None, channel: str) -> bool:
    if brand.playbook.mode == "omni":
        return seen_on is None or brand.customer.are_linked(seen_on, channel)
    if brand.playbook.mode == "multi" and brand.playbook.shared_triggers:
        return True
    if brand.playbook.mode == "single" and channel != brand.customer.first_channel:
        return False
    return seen_on is None or seen_on == channel


def next_channel(brand: Brand, sequence: Sequence) -> str | None:
    """The first channel from the present one on that may be used; None where there is none."""
    channels = brand.channels(sequence)
    while sequence.step < len(channels):
        channel = channels[sequence.step]
        why = unusable(brand, sequence.seen_on, channel)
        if why is None:
            return channel
        brand.rule_out(why, sequence.play, sequence.action, channel)
        sequence.step += 1
    if not channels:
        brand.eligibility.come(sequence.action, "unavailable")
    return None


def choose_message(brand: Brand, sequence: Sequence) -> str | None:
    """Take the most promising action and channel; the channel, None where no candidate is left."""
    candidates = []
    for action in sequence.play.candidates:
        for step, channel in enumerate(brand.playbook.channels[action]):
            why = unusable(brand, sequence.seen_on, channel)
            if why is None:
                candidates.append((draw(brand, sequence, action, channel), action, step, channel))
                if not brand.playbook.learns_channels:
                    break
            else:
                brand.rule_out(why, sequence.play, action, channel)
    if not brand.channels(sequence):
        brand.eligibility.come(sequence.action, "unavailable")
    if not candidates:
        return None
    for _, action, *_ in candidates:
        brand.eligibility.come(action, "other-action")
    _, sequence.action, sequence.step, channel = max(candidates, key=lambda candidate: candidate[0])
    return channel


def choose_on_site(brand: Brand, sequence: Sequence) -> bool:
    """Take the most promising action of those that can be shown here; whether there is one."""
    here = brand.customer.visit.channel
    candidates = []
    for action in sequence.play.candidates:
        channels = brand.playbook.channels[action]
        any_will_do = not brand.playbook.actions[action].channels
        if here is not None and (any_will_do or here in channels):
            candidates.append(action)
            brand.eligibility.come(action, "other-action")
        elif any_will_do or channels or action == sequence.play.action.id:
            brand.eligibility.come(action, "not-there")
    if not candidates or here is None:
        return False
    sequence.action = max(candidates, key=lambda action: draw(brand, sequence, action, here))
    return True


def draw(brand: Brand, sequence: Sequence, action: str, channel: str) -> float:
    """How promising a candidate seems to be this time."""
    if not brand.playbook.learns:
        return 0.0
    customer = brand.customer
    m, d = customer.world.beliefs.believed(cell(brand, action, channel))
    site = f"rule:{sequence.play.id}/action:{action}@{channel}"
    return m + d * normal(customer.world.draws.words(customer.person.number, POLICY, site, sequence.number))


def cell(brand: Brand, action: str, channel: str) -> Cell:
    customer = brand.customer
    stage = customer.world.journey.stage_id(customer.visit.touchpoint)
    return Cell(customer.person.segment, stage, action, channel)
