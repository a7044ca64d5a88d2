"""Which action and which channel a send takes (model 10.5, 16, 29)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .draws import POLICY, normal
from .gains import confidence, worth
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


@dataclass(frozen=True)
class Candidate:
    """An action on a channel that may be used."""

    action: str
    channel: str
    position: int
    """of the action among those of the rule"""
    step: int
    """of the channel among those of the action"""
    cell: Cell
    site: str


def choose_message(brand: Brand, sequence: Sequence) -> str | None:
    """Take an action and channel; the channel, None where no candidate is left or nothing is chosen."""
    candidates = []
    for position, action in enumerate(sequence.play.candidates):
        for step, channel in enumerate(brand.playbook.channels[action]):
            why = unusable(brand, sequence.seen_on, channel)
            if why is None:
                candidates.append(candidate(brand, sequence, action, channel, position, step))
                if not brand.playbook.chooses_channels:
                    break
            else:
                brand.rule_out(why, sequence.play, action, channel)
    if not brand.channels(sequence):
        brand.eligibility.come(sequence.action, "unavailable")
    if not candidates:
        return None
    taken = choose(brand, sequence, candidates)
    if taken is None:
        return None
    sequence.action, sequence.step = taken.action, taken.step
    return taken.channel


def choose_on_site(brand: Brand, sequence: Sequence) -> bool:
    """Take an action of those that can be shown here; whether there is one and it is taken."""
    here = brand.customer.visit.channel
    candidates = []
    for position, action in enumerate(sequence.play.candidates):
        channels = brand.playbook.channels[action]
        any_will_do = not brand.playbook.actions[action].channels
        if here is not None and (any_will_do or here in channels):
            candidates.append(candidate(brand, sequence, action, here, position, 0))
        elif any_will_do or channels or action == sequence.play.action.id:
            brand.eligibility.come(action, "not-there")
    if not candidates:
        brand.rule_out("not-there", sequence.play, sequence.play.action.id, None)
        return False
    taken = choose(brand, sequence, candidates)
    if taken is not None:
        sequence.action = taken.action
    return taken is not None


def candidate(brand: Brand, sequence: Sequence, action: str, channel: str, position: int, step: int) -> Candidate:
    site = f"rule:{sequence.play.id}/action:{action}@{channel}"
    return Candidate(action, channel, position, step, cell(brand, action, channel), site)


def choose(brand: Brand, sequence: Sequence, candidates: list[Candidate]) -> Candidate | None:
    """What the policy takes of these; None for nothing (model 16, 29)."""
    if not brand.playbook.chooses:
        return candidates[0]
    for each in candidates:
        brand.eligibility.come(each.action, "other-action")
    taken, among = taken_by[brand.playbook.policy](brand, sequence, candidates), len(candidates)
    if brand.playbook.policy != "bandit":
        among += 1
    if taken is not None:
        brand.note("chosen", sequence.play, taken.action, taken.channel, among)
        return taken
    brand.note("chosen", sequence.play, None, None, among)
    for each in candidates:
        brand.rule_out("nothing-chosen", sequence.play, each.action, each.channel)
    return None


def by_bandit(brand: Brand, sequence: Sequence, candidates: list[Candidate]) -> Candidate:
    """The one that seems to be most promising this time."""
    world, number = brand.customer.world, brand.customer.person.number

    def promise(each: Candidate) -> float:
        m, d = world.beliefs.believed(each.cell)
        return m + d * normal(world.draws.words(number, POLICY, each.site, sequence.number))

    return max(candidates, key=promise)


def by_lot(brand: Brand, sequence: Sequence, candidates: list[Candidate]) -> Candidate | None:
    draws, number = brand.customer.world.draws, brand.customer.person.number
    lots = {each: draws.uniform(number, POLICY, each.site, sequence.number) for each in candidates}
    best = max(candidates, key=lots.__getitem__)
    nothing = draws.uniform(number, POLICY, f"rule:{sequence.play.id}", sequence.number)
    return best if lots[best] > nothing else None


def by_gain(brand: Brand, sequence: Sequence, candidates: list[Candidate]) -> Candidate | None:
    weights = {id_: action.weight for id_, action in brand.playbook.actions.items()}
    known = [each for each in candidates if brand.playbook.gains.of(each.cell) is not None]
    if known:
        expected = {each: weights[each.action] * worth(brand, each) for each in known}
        best = max(known, key=expected.__getitem__)
        if expected[best] <= 1e-9:
            return None
        if confidence(brand, best) >= brand.playbook.minimum_confidence - 1e-9:
            return best
    own = [each for each in candidates if each.position == 0 and weights[each.action] > 0]
    return own[0] if own and brand.playbook.fallback == "rule" else None


taken_by = {"bandit": by_bandit, "random": by_lot, "next_best_action": by_gain}


def cell(brand: Brand, action: str, channel: str) -> Cell:
    customer = brand.customer
    stage = customer.world.journey.stage_id(customer.visit.touchpoint)
    return Cell(customer.person.segment, stage, action, channel)
