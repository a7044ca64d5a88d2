"""What the brand has noted of a customer (model 27): every fact in a list, and looked through anew each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .customer import Customer


@dataclass(frozen=True)
class Fact:
    time: float
    kind: str
    money: float


class Noted:
    """The facts of one customer."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.facts: list[Fact] = []

    def note(self, kind: str, channel: str | None, money: float = 0.0) -> None:
        customer = self.customer
        may = customer.person.consent and kind in customer.world.scenario.profile.facts
        if may and channel is not None and customer.is_linked(channel) and customer.left_something_on(channel):
            self.facts.append(Fact(customer.now, kind, money))

    def answer(self, name: str) -> float:
        now, keep_days = self.customer.now, self.customer.world.scenario.profile.keep_days
        there = [fact for fact in self.facts if keep_days is None or now < fact.time + keep_days - 1e-9]
        if name == "revenue":
            return sum((fact.money for fact in there if fact.kind == "purchases"), 0.0)
        if name == "idle_days":
            longest = 365.0 if keep_days is None else min(365.0, keep_days)
            return min([longest, *(now - fact.time for fact in there if fact.kind == "contacts")])
        return float(sum(fact.kind == name for fact in there))
