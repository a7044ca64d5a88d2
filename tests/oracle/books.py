"""What is counted and booked beside the events: whom it concerns, how often, how much money."""

from collections import defaultdict

from .brand import REASONS
from .eligibility import FURTHEST_LAST
from .world import World

Key = tuple[str | int, ...]
Books = dict[Key, float]
"""A figure by its name and what it is of; those that are not there are 0."""

BY_PAIR = ("sent", "delivered", "opened", "responded", "opted_out", "cost")
"""What is counted by segment, action and channel."""


def books_of(world: World) -> Books:
    """What the oracle kept, and what its events tell."""
    books: Books = defaultdict(float, world.log.books)
    segments = {customer.person.number: customer.person.segment for customer in world.customers}
    for event in world.log.events:
        where = segments[event.customer], event.action or "", event.channel or ""
        if event.event in BY_PAIR:
            books[event.event, *where] += 1
        if event.event == "sent":
            books["cost", *where] += event.value or 0
        if event.event == "ruled_out":
            books["ruled_out", REASONS[int(event.value or 0)], *where[:2]] += 1
        if event.event in ("conversion", "value", "completion"):
            books["goals", where[0], event.touchpoint] += 1
            books["value", where[0], event.touchpoint] += event.value or 0
    entered = {(event.customer, event.touchpoint) for event in world.log.events if event.event == "enter"}
    for customer, stage in {(customer, stage) for customer, at in entered if (stage := world.journey.reached_at(at))}:
        books["reached", segments[customer], stage] += 1
    for customer in world.customers:
        for action, step in customer.brand.eligibility.step.items():
            books["step", customer.person.number, action] = FURTHEST_LAST.index(step)
    for conflict in world.log.conflicts:
        books["conflicts", segments[conflict.customer]] += 1
        books["duplicates", segments[conflict.customer]] += conflict.duplicate
    return books
