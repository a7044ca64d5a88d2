"""Two records of events, compared customer by customer; and two of what is booked beside them."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.engine.memory.history import EVENTS, KNOWN, History

from .books import BY_PAIR, Books
from .brand import REASONS
from .simulate import Event

CONTEXT = 5
CLOSE = 1e-9
"""Times (days) and values that differ by less are equal but for rounding."""
WAITS = ("served", "gave_up")
CLOSE_WAIT = 2 * 24 * 60 * CLOSE
"""Their value is a wait in minutes: the difference of two times, each equal to within CLOSE days."""
CLOSE_SUM = 1e-7
"""Sums that differ by less, measured by the larger one where it is above 1, are equal but for rounding."""
BY_SURVEY = (
    "asked", "answered", "total", "promoters", "detractors", "true_total", "true_promoters", "true_detractors",
)  # fmt: skip
BY_CUSTOMER = (
    "conversions", "purchases", "revenue", "order_revenue", "margin", "discounted_margin", "discounted_revenue", "sent",
    "message_cost", "personal_cost", "discount",
)  # fmt: skip
BY_DAY = ("revenue", "margin", "message_cost", "budget_cost", "personal_cost", "discount")
FIRSTS = ("acquired", "first_value", "first_completion", "first_sent")


def engine_events(history: History) -> list[Event]:
    """The engine's record in the oracle's words: by time and customer number, each customer's own in their order."""
    recorded = history.events
    assert recorded is not None
    columns = (
        history.customers.number[recorded.customer].tolist(),
        recorded.time.tolist(),
        recorded.event.tolist(),
        recorded.touchpoint.tolist(),
        recorded.channel.tolist(),
        recorded.value.tolist(),
        recorded.action.tolist(),
        recorded.rule.tolist(),
    )
    events = [
        Event(
            customer,
            time,
            EVENTS[event],
            history.touchpoints[touchpoint],
            None if channel < 0 else history.channels[channel],
            None if math.isnan(value) else value,
            None if action < 0 else history.actions[action],
            None if rule < 0 else history.rules[rule],
        )
        for customer, time, event, touchpoint, channel, value, action, rule in zip(*columns, strict=True)
    ]
    return sorted(events, key=lambda event: (event.time, event.customer))


def first_difference(expected: list[Event], found: list[Event]) -> str | None:
    """The earliest event at which a customer's two records part, with what surrounds it; None where none do.

    Customer by customer, so that times which differ in their last bit alone do not change the order compared.
    """
    ours, theirs = by_customer(expected), by_customer(found)
    partings = []
    for customer in ours.keys() | theirs.keys():
        left, right = ours[customer], theirs[customer]
        shared = min(len(left), len(right))
        index = next((i for i in range(shared) if not same(left[i], right[i])), shared)
        if index < max(len(left), len(right)):
            time = min(events[index].time for events in (left, right) if index < len(events))
            partings.append((time, customer, index))
    if not partings:
        return None
    _, customer, index = min(partings)
    return (
        f"{len(partings)} of {len(ours)} customers differ; first customer {customer} at event {index}\n"
        f"oracle:\n{surroundings(ours[customer], index)}\nengine:\n{surroundings(theirs[customer], index)}"
    )


def by_customer(events: list[Event]) -> dict[int, list[Event]]:
    grouped: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.customer].append(event)
    return grouped


def same(left: Event, right: Event) -> bool:
    if any(getattr(left, key) != getattr(right, key) for key in ("event", "touchpoint", "channel", "action", "rule")):
        return False
    if abs(left.time - right.time) > CLOSE or (left.value is None) != (right.value is None):
        return False
    close = CLOSE_WAIT if left.event in WAITS else CLOSE
    return left.value is None or right.value is None or abs(left.value - right.value) <= close


def surroundings(events: list[Event], index: int) -> str:
    lines = [
        f"{'>' if i == index else ' '} {i:4d}  {event.time!r:22}  {event.event:12} {event.touchpoint:14}"
        f" {event.channel or '-':8} {event.action or '-':10} {event.rule or '-':10} {event.value}"
        for i, event in enumerate(events)
        if abs(i - index) <= CONTEXT
    ]
    return "\n".join(lines if index < len(events) else [*lines, f"> {index:4d}  nothing more"])


def booked(history: History, stages: list[str]) -> Books:
    """What the engine counts and books, by the oracle's names; `stages`: the ids of all there are, in order."""
    books: Books = {}

    def book(name: str, figures: Any, *of: Iterable[str | int]) -> None:
        names = [list(each) for each in of]
        for at in zip(*np.nonzero(figures), strict=True):
            books[name, *(each[index] for each, index in zip(names, at, strict=True))] = float(figures[at])

    segments, touchpoints = history.segments, history.touchpoints
    number = history.customers.number.tolist()
    for name in BY_PAIR:
        for pair, (action, channel) in enumerate(history.pairs):
            book(name, getattr(history.at_actions, name)[:, [[pair]]], segments, [action], [channel])
    book("ruled_out", history.at_actions.ruled_out, REASONS, segments, history.actions)
    book("conflicts", history.at_actions.conflicts, segments)
    book("duplicates", history.at_actions.duplicates, segments)
    book("step", history.steps, number, history.actions)
    book("known", history.by_known, segments, KNOWN, ["delivered", "opened", "responded"])
    book("brought", history.brought, segments, touchpoints)
    book("reached", history.reached_stages, segments, stages)
    book("goals", history.at_touchpoints.goals, segments, touchpoints)
    book("value", history.at_touchpoints.value, segments, touchpoints)
    for name in BY_SURVEY:
        book(name, getattr(history.at_surveys, name), segments, history.surveys)
    for name in BY_CUSTOMER:
        book(f"own {name}", getattr(history.customers, name), number)
    for name in BY_DAY:
        figures = getattr(history, f"daily_{name}")
        book(f"daily {name}", figures, range(len(figures)))
    for name in FIRSTS:
        book(f"own {name}", np.nan_to_num(getattr(history.customers, name) + 1), number)
    return books


def first_wrong_figure(expected: Books, found: Books) -> str | None:
    """A figure that differs; None where none does."""
    for key in sorted(expected.keys() | found.keys(), key=str):
        ours, theirs = expected.get(key, 0.0), found.get(key, 0.0)
        if not math.isclose(ours, theirs, rel_tol=CLOSE_SUM, abs_tol=CLOSE_SUM):
            return f"{key}: {ours} by the oracle, {theirs} by the engine"
    return None
