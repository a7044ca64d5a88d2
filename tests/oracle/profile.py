"""What the brand has noted of a customer (model 27): every fact in a list, and looked through anew each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .customer import Customer


@dataclass(frozen=True)
class Fact:
    time: float
    kind: str
    money: float
    channel: str
    opened: bool
    """of a message"""
    action: str | None
    """of a message, or of the message that was responded to"""


class Noted:
    """The facts of one customer."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.facts: list[Fact] = []
        self.left: dict[int | None, list[Fact]] = defaultdict(list)
        """of the customer too, linked or not, by the profile in which the record is on which it was seen"""

    def note(
        self, kind: str, channel: str | None, money: float = 0.0, opened: bool = False, action: str | None = None
    ) -> None:
        customer = self.customer
        may = customer.person.consent and kind in customer.world.scenario.profile.facts
        if not may or channel is None or not customer.left_something_on(channel):
            return
        fact = Fact(customer.now, kind, money, channel, opened, action)
        if customer.is_linked(channel):
            self.facts.append(fact)
        if customer.profiles is not None:
            self.left[customer.profiles[channel]].append(fact)

    def foreign(self) -> Iterator[Fact]:
        """What was noted of others in the same profile before the last tick (model 31)."""
        customer, world = self.customer, self.customer.world
        first = customer.first_channel
        if customer.profiles is None or first is None or not customer.person.consent:
            return
        if not customer.is_organic or (profile := customer.profiles[first]) is None:
            return
        for other in world.customers[: world.scenario.population.size]:
            if other is not customer:
                yield from (fact for fact in other.noted.left.get(profile, ()) if fact.time < world.told_until)

    def there(self) -> list[Fact]:
        """The facts in the profile, own and foreign."""
        now, keep_days = self.customer.now, self.customer.world.scenario.profile.keep_days
        known = [*self.facts, *self.foreign()]
        return [fact for fact in known if keep_days is None or now < fact.time + keep_days - 1e-9]

    def answer(self, name: str) -> float:
        now, keep_days = self.customer.now, self.customer.world.scenario.profile.keep_days
        there = self.there()
        if name == "revenue":
            return sum((fact.money for fact in there if fact.kind == "purchases"), 0.0)
        if name == "idle_days":
            longest = 365.0 if keep_days is None else min(365.0, keep_days)
            return min([longest, *(now - fact.time for fact in there if fact.kind == "contacts")])
        return float(sum(fact.kind == name for fact in there))
