"""The engine and the oracle write down the same events, scenario by scenario."""

import math
from collections import Counter, defaultdict

import pytest

from sim.engine import compile_program, simulate
from sim.engine.history import EVENTS, History

from .scenarios import CASES, Case
from .simulate import Event, oracle

SEED = 2026
CONTEXT = 5

BY_NAME = pytest.mark.parametrize("case", CASES, ids=[case.name.replace(" ", "-") for case in CASES])


@pytest.mark.parametrize("replication", [0, 1])
@BY_NAME
def test_engine_and_oracle_agree_on_every_event(case: Case, replication: int) -> None:
    expected = oracle(case.scenario, case.base, SEED, replication)
    program = compile_program(case.scenario, case.base)
    found = engine_events(simulate(program, SEED, replication, events=True))
    difference = first_difference(expected, found)
    assert difference is None, f"{case.name}, replication {replication}\n{difference}"
    assert found == sorted(found, key=lambda event: (event.time, event.customer)), "not in order of time and customer"


def engine_events(history: History) -> list[Event]:
    """The engine's record in the oracle's words."""
    recorded = history.events
    assert recorded is not None
    columns = (
        recorded.customer,
        recorded.time,
        recorded.event,
        recorded.touchpoint,
        recorded.channel,
        recorded.value,
    )
    return [
        Event(
            customer,
            time,
            EVENTS[event],
            history.touchpoints[touchpoint],
            None if channel < 0 else history.channels[channel],
            None if math.isnan(value) else value,
        )
        for customer, time, event, touchpoint, channel, value in zip(*(c.tolist() for c in columns), strict=True)
    ]


def first_difference(expected: list[Event], found: list[Event]) -> str | None:
    """The earliest place where a customer's two records part, with what surrounds it; None where none do.

    Customer by customer, so that times which differ in their last bit alone do not change the order compared.
    """
    ours, theirs = by_customer(expected), by_customer(found)
    partings = []
    for customer in ours.keys() | theirs.keys():
        left, right = ours[customer], theirs[customer]
        shared = min(len(left), len(right))
        place = next((i for i in range(shared) if not same(left[i], right[i])), shared)
        if place < max(len(left), len(right)):
            time = min(events[place].time for events in (left, right) if place < len(events))
            partings.append((time, customer, place))
    if not partings:
        return None
    _, customer, place = min(partings)
    return (
        f"{len(partings)} of {len(ours)} customers differ; first customer {customer} at event {place}\n"
        f"oracle:\n{surroundings(ours[customer], place)}\nengine:\n{surroundings(theirs[customer], place)}"
    )


def by_customer(events: list[Event]) -> dict[int, list[Event]]:
    grouped: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        grouped[event.customer].append(event)
    return grouped


def same(left: Event, right: Event) -> bool:
    if (left.event, left.touchpoint, left.channel) != (right.event, right.touchpoint, right.channel):
        return False
    if abs(left.time - right.time) > 1e-9 or (left.value is None) != (right.value is None):
        return False
    return left.value is None or right.value is None or abs(left.value - right.value) <= 1e-9


def surroundings(events: list[Event], place: int) -> str:
    lines = [
        f"{'>' if i == place else ' '} {i:4d}  {event.time!r:22}  {event.event:12} {event.touchpoint:14}"
        f" {event.channel or '-':8} {event.value}"
        for i, event in enumerate(events)
        if abs(i - place) <= CONTEXT
    ]
    return "\n".join(lines if place < len(events) else [*lines, f"> {place:4d}  nothing more"])


@pytest.mark.parametrize("replication", [0, 1])
@BY_NAME
def test_a_scenario_produces_what_it_is_meant_to_exercise(case: Case, replication: int) -> None:
    kinds = Counter(event.event for event in oracle(case.scenario, case.base, SEED, replication))
    assert {kind for kind in case.shows if kinds[kind] < 4} == set()


def test_the_scenarios_together_produce_every_kind_of_event() -> None:
    assert frozenset().union(*(case.shows for case in CASES)) == set(EVENTS)


def test_a_difference_is_shown_with_the_customer_and_both_sides() -> None:
    expected = [Event(3, float(day), "enter", "shop", "web", None) for day in range(9)]
    found = [*expected[:7], expected[7]._replace(time=7 + 2e-9), expected[8]]
    shown = first_difference(expected, found)
    assert shown is not None
    assert "1 of 1 customers differ; first customer 3 at event 7" in shown
    assert shown.count(">    7") == 2
    assert first_difference(expected, expected) is None
    assert first_difference(expected, expected[:-1]) is not None
