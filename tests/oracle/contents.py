"""To which content each customer responded (model 33.6): looked through anew each time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from .choosing import unusable
from .draws import POLICY

if TYPE_CHECKING:
    from .brand import Brand, Sequence
    from .customer import Customer
    from .playbook import Play

ROUNDING = 1e-9


def may_go_by_content(brand: Brand, play: Play, first: bool) -> bool:
    """Whether it is a first message that something else may be sent in place of."""
    several = len(play.candidates) > 1 and not play.on_site
    return "content" in brand.playbook.optimise and several and first and not play.transactional


def looks(customer: Customer, action: str | None) -> dict[str, str]:
    """What an action looks like, by trait; nothing where there is none."""
    return {} if action is None else dict(customer.world.actions[action].content)


def noted_looks(customer: Customer, kind: str) -> list[dict[str, str]]:
    """What those messages that have any content looked like, or those that were responded to."""
    found = [looks(customer, fact.action) for fact in customer.noted.there() if fact.kind == kind]
    return [each for each in found if each]


def is_known_by_content(customer: Customer) -> bool:
    return len(noted_looks(customer, "messages")) >= customer.world.scenario.orchestration.optimise_from


def best_content(brand: Brand, sequence: Sequence) -> str:
    """The action taken; the rule's own where none can be sent."""
    play, usable = sequence.play, []
    for action in play.candidates:
        reasons = [(channel, unusable(brand, sequence.seen_on, channel)) for channel in brand.playbook.channels[action]]
        if any(reason is None for _, reason in reasons):
            usable.append(action)
            brand.eligibility.come(action, "other-action")
        elif action != play.action.id:
            rule_out(brand, sequence, action)
    if not usable:
        return play.action.id
    if play.action.id not in usable:
        rule_out(brand, sequence, play.action.id)
    if is_known_by_content(brand.customer):
        leader = usable[0]
        for other in usable[1:]:
            if held_of(brand.customer, other) > held_of(brand.customer, leader) + ROUNDING:
                leader = other
        return leader
    draws, number = brand.customer.world.draws, brand.customer.person.number
    sites = {action: f"rule:{play.id}/action:{action}" for action in usable}
    return max(usable, key=lambda action: draws.uniform(number, POLICY, sites[action], sequence.number))


def rule_out(brand: Brand, sequence: Sequence, action: str) -> None:
    for channel in brand.playbook.channels[action]:
        reason = unusable(brand, sequence.seen_on, channel)
        assert reason is not None
        brand.rule_out(reason, sequence.play, action, channel)


def held_of(customer: Customer, action: str) -> float:
    """The share that is taken to be responded to of messages that look like the action."""
    messages, responses = noted_looks(customer, "messages"), noted_looks(customer, "responses")
    prior = Fraction(customer.world.scenario.orchestration.optimise_prior)
    usual = Fraction(len(responses), len(messages))
    held = usual
    for trait, value in looks(customer, action).items():
        sent = sum(each.get(trait) == value for each in messages)
        responded = sum(each.get(trait) == value for each in responses)
        held += (responded + prior * usual) / (sent + prior) - usual
    return float(held)
