"""The race between the ways that leave a touchpoint (model 2.4), which can be held again (model 10.6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .distributions import drawn_from_zero
from .draws import TRANSITION, first_in_race
from .journey import Way

if TYPE_CHECKING:
    from .customer import Customer, Visit


@dataclass(frozen=True)
class Race:
    """The race of one visit, which may be held again: then with the shares and coefficients of that time."""

    customer: Customer
    touchpoint: str
    covariates: list[dict[str, float]]
    """of each way, without nudge and incentive: settled when the customer first chooses"""
    luck: list[float]

    def winner(self, nudge: float, incentive: float) -> Way | None:
        """The way taken; None where none takes part."""
        weights = []
        ways = self.customer.world.journey.ways[self.touchpoint]
        attrition = self.customer.person.traits["attrition"]
        for way, settled in zip(ways, self.covariates, strict=True):
            covariates = settled | {"nudge": nudge, "incentive": incentive}
            appeal = sum(way.coefficients[covariate] * x for covariate, x in covariates.items())
            share = way.transition.share * (attrition if way.role == "exit" else 1.0)
            weights.append(share * math.exp(appeal))
        winner = first_in_race(weights, self.luck)
        return None if winner is None else ways[winner]


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
    ways = journey.ways[visit.touchpoint]
    draws, number = customer.world.draws, customer.person.number
    return Race(
        customer,
        visit.touchpoint,
        [to_conversion if journey.converts(way.transition.target) else covariates for way in ways],
        [draws.uniform(number, TRANSITION, f"transition:{way.id}", visit.number) for way in ways],
    )


def end_of_delay(customer: Customer, visit: Visit, way: Way) -> float:
    """When a way that is taken now ends; by the activity clock where there is one (model 1)."""
    words = customer.world.draws.words(customer.person.number, TRANSITION, f"transition:{way.id}", visit.number)
    delay = drawn_from_zero(way.transition.delay, words) / customer.person.traits["pace"]
    now, activity = customer.now, customer.world.activity
    if activity is None or delay == 0:
        return now + delay
    amount = activity.integral(Fraction(now)) + Fraction(delay) - Fraction(1, 10**9)
    return max(now, float(activity.reached(amount)))
