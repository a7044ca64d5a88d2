"""The race between the transitions that leave a touchpoint (model 2.4), which can be held again (model 10.6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .distributions import drawn_from_zero
from .draws import TRANSITION, first_in_race
from .journey import Transition

if TYPE_CHECKING:
    from .customer import Customer, Visit


@dataclass(frozen=True)
class Race:
    """The race of one visit, which may be held again: then with the shares and coefficients of that time."""

    customer: Customer
    touchpoint: str
    covariates: list[dict[str, float]]
    """of each transition, without nudge and incentive: settled when the customer first chooses"""
    luck: list[float]

    def winner(self, nudge: float, incentive: float) -> Transition | None:
        """The transition taken; None where none takes part."""
        weights = []
        transitions = self.customer.world.journey.transitions[self.touchpoint]
        attrition = self.customer.person.traits["attrition"]
        for transition, settled in zip(transitions, self.covariates, strict=True):
            covariates = settled | {"nudge": nudge, "incentive": incentive}
            appeal = sum(transition.coefficients[covariate] * x for covariate, x in covariates.items())
            share = transition.table.share * (attrition if transition.role == "exit" else 1.0)
            weights.append(share * math.exp(appeal))
        winner = first_in_race(weights, self.luck)
        return None if winner is None else transitions[winner]


def race_of(customer: Customer, visit: Visit) -> Race:
    """The race of a visit, with the covariates of the present time."""
    journey, traits = customer.world.journey, customer.person.traits
    covariates = {
        "propensity": traits["propensity"],
        "affinity": visit.affinity,
        "personalization": 0.0,
        "sentiment": customer.sentiment,
        "fatigue": customer.brand.fatigue.at(customer.now),
        "lost_context": visit.lost,
        "bad_experience": 1 if visit.bad else 0,
        "wait": visit.wait,
        "effort": (visit.effort - customer.world.reference.effort(visit.touchpoint)) / 4,
        "price": math.log(journey.scenario.behaviour.price_index) * traits["price_sensitivity"],
    }
    to_conversion = covariates | {"personalization": customer.personalization(visit)}
    transitions = journey.transitions[visit.touchpoint]
    draws, number = customer.world.draws, customer.person.number
    return Race(
        customer,
        visit.touchpoint,
        [to_conversion if journey.converts(transition.table.target) else covariates for transition in transitions],
        [draws.uniform(number, TRANSITION, f"transition:{transition.id}", visit.number) for transition in transitions],
    )


def end_of_delay(customer: Customer, visit: Visit, transition: Transition) -> float:
    """When a transition that is taken now ends; by the activity clock where there is one (model 1)."""
    words = customer.world.draws.words(customer.person.number, TRANSITION, f"transition:{transition.id}", visit.number)
    delay = drawn_from_zero(transition.table.delay, words) / customer.person.traits["pace"]
    now, activity = customer.now, customer.world.activity
    if activity is None or delay == 0:
        return now + delay
    amount = activity.integral(Fraction(now)) + Fraction(delay) - Fraction(1, 10**9)
    return max(now, float(activity.reached(amount)))
