"""What the brand can ask about a customer: subjects, conditions and scores (model 10.4)."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .desk import WEEKDAYS
from .playbook import Condition

if TYPE_CHECKING:
    from .customer import Customer

ID_KINDS = ("segment", "touchpoint", "stage", "channel")

COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def all_hold(customer: Customer, conditions: Iterable[Condition]) -> bool:
    return all(holds(customer, condition) for condition in conditions)


def any_holds(customer: Customer, conditions: Iterable[Condition]) -> bool:
    return any(holds(customer, condition) for condition in conditions)


def holds(customer: Customer, condition: Condition) -> bool:
    subject, how, value = condition
    found = answer(customer, subject)
    if how == "in":
        return found in value
    if how == "not in":
        return found not in value
    return bool(COMPARE[how](found, value))


def answer(customer: Customer, subject: str) -> Any:
    """The subject's present value: an id, or a number."""
    kind, _, name = subject.partition(".")
    match kind:
        case "segment":
            return customer.person.segment
        case "touchpoint":
            return customer.visit.touchpoint
        case "stage":
            return customer.world.journey.stage_id(customer.visit.touchpoint)
        case "channel":
            return customer.channel or "none"
        case "attributes":
            return customer.person.attributes.get(name, "")
        case "weekday":
            first = customer.world.playbook.start_date.weekday()
            return WEEKDAYS[(first + math.floor(customer.now)) % 7]
        case "opted_in":
            return float(customer.brand.accepts.get(name, False))
        case "visits" if name:
            return float(customer.visits[name])
        case "profile" if name:
            return customer.noted.answer(name)
        case "scores":
            return score(customer, name)
    return number(customer, kind)


def number(customer: Customer, subject: str) -> float:
    """Subjects that are plain numbers."""
    now, brand = customer.now, customer.brand
    match subject:
        case "visits":
            return float(sum(customer.visits.values()))
        case "contacts" | "handoffs" | "conversions" | "purchases":
            return float(customer.counts[subject])
        case "sentiment":
            return customer.sentiment
        case "profile":
            return customer.known
        case "revenue":
            return customer.money
        case "fatigue":
            return brand.fatigue.at(now)
        case "nudge":
            return brand.nudge.at(now)
        case "discount":
            return brand.offers.discount(now)
        case "messages":
            return float(brand.messages)
        case "responses":
            return float(brand.responses)
        case "days":
            return now - customer.person.arrival
        case "idle_days":
            return now - customer.last_own_event
        case "hour":
            return hour(now)
        case "consent":
            return float(customer.person.consent)
    raise ValueError(f"nothing is known about {subject!r}")


def score(customer: Customer, name: str) -> float:
    table = customer.world.journey.scenario.scores[name]
    total = table.intercept
    for thing, weight in table.weights.items():
        total += weight * thing_known(customer, thing)
    return total if table.kind == "amount" else logistic(total)


def thing_known(customer: Customer, thing: str) -> float:
    """A numeric subject, or 1 where the customer has this id or value."""
    kind, _, rest = thing.partition(".")
    if kind in ID_KINDS:
        return float(answer(customer, kind) == rest)
    if kind == "attributes":
        name, _, value = rest.partition(".")
        return float(answer(customer, f"attributes.{name}") == value)
    return float(answer(customer, thing))


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def hour(time: float) -> float:
    """Hour of the day."""
    return 24 * (time - math.floor(time))
