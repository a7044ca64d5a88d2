"""The fitted journey: touchpoints, the transitions between them and the exits, before it is written as a scenario."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sim.fit.cells.times import DAY, STEPS
from sim.fit.counting import Counts, Gaps
from sim.fit.events.eventlog import EventLog
from sim.fit.families import Described, describe
from sim.scenario.id_like import id_like

TRANSITION_FLOOR = 0.001
"""A transition taken by less than this share of those who leave its touchpoint is left out."""

ENDED, CHURNED = "ended", "churned"
"""Ids of the exits for cases that ended: as they should, or by leaving."""


@dataclass(frozen=True)
class Touchpoint:
    """An activity as a touchpoint."""

    number: int
    id: str
    name: str
    events: int
    starts: int


@dataclass(frozen=True)
class Transition:
    """A transition from one touchpoint to another, or to an exit."""

    source: str
    target: str
    seen: int
    departures: int
    """of all transitions that leave the touchpoint"""
    delay: Described | None
    """days; none for exits, which follow at once"""


@dataclass(frozen=True)
class Journey:
    """Touchpoints in the order in which journeys meet them, each with its transitions, the most frequent first."""

    touchpoints: tuple[Touchpoint, ...]
    transitions: tuple[Transition, ...]
    exits: tuple[tuple[str, str], ...]
    """id and kind"""
    notes: tuple[str, ...]

    def leaving(self, touchpoint: str) -> tuple[Transition, ...]:
        """The transitions that leave this touchpoint."""
        return tuple(each for each in self.transitions if each.source == touchpoint)


def make_journey(log: EventLog, counts: Counts, gaps: dict[tuple[int, int], Gaps], churn: Collection[int]) -> Journey:
    """The journey that the counts show; ends after an activity in `churn` are churn, all others are completed.

    Left out, and noted: transitions below the floor (unless they are the most frequent one to their target), and
    touchpoints that are then out of reach.
    """
    notes: list[str] = []
    kept = _kept(counts, notes)
    reached = _reached(log, counts, kept, notes)
    numbers = sorted(reached, key=lambda number: (counts.position[number], number))
    names = {each.number: each.name for each in log.activities}
    ids = make_ids([*(names[number] for number in numbers), "", ""])
    ids_by_number = dict(zip(numbers, ids, strict=False))
    ended, churned = _exit_ids(set(ids_by_number.values()))
    transitions: list[Transition] = []
    leaving_from: dict[int, dict[int, int]] = {source: {} for source in numbers}
    for (source, target), seen in kept.items():
        leaving_from[source][target] = seen
    for source in numbers:
        leaving = leaving_from[source]
        ends = counts.ends.get(source, 0)
        departures = sum(leaving.values()) + ends
        end = churned if source in churn else ended
        if departures == 0:
            notes.append(
                f'"{names[source]}" is always too close to the end of the log to tell what follows: taken as an end'
            )
            transitions.append(Transition(ids_by_number[source], end, 1, 1, None))
            continue
        leading = [
            Transition(
                ids_by_number[source], ids_by_number[target], seen, departures, _delay(gaps[source, target], log.step)
            )
            for target, seen in leaving.items()
        ]
        if ends:
            leading.append(Transition(ids_by_number[source], end, ends, departures, None))
        transitions += sorted(leading, key=lambda each: -each.seen)
    used = {each.target for each in transitions}
    return Journey(
        tuple(
            Touchpoint(number, ids_by_number[number], names[number], counts.visits[number], counts.starts[number])
            for number in numbers
        ),
        _without_instant_loops(transitions, log.step, notes),
        tuple((each, kind) for each, kind in ((ended, "completed"), (churned, "churn")) if each in used),
        tuple(notes),
    )


def make_ids(names: Iterable[str]) -> list[str]:
    """A different id for each name, as like it as ids can be: lower-case letters, digits, _ and -."""
    taken: set[str] = set()
    ids = []
    for name in names:
        stem = id_like(name) or "activity"
        id_ = stem
        number = 2
        while id_ in taken:
            id_ = f"{stem}-{number}"
            number += 1
        taken.add(id_)
        ids.append(id_)
    return ids


def _exit_ids(taken: set[str]) -> tuple[str, str]:
    def free(stem: str) -> str:
        return stem if stem not in taken else free(f"{stem}-exit")

    return free(ENDED), free(CHURNED)


def _delay(delays: Gaps, log_step: int) -> Described:
    """The distribution of one transition's delays in days; their own rounding may be coarser than the log's."""
    step = next((each for each in STEPS if each >= log_step and not (delays % each).any()), log_step)
    return describe(delays / DAY, step / DAY, "days")


def transitions_above_floor(counts: Counts) -> dict[tuple[int, int], int]:
    """The steps that become transitions, and how often each was seen."""
    departures = counts.departures()
    most: dict[int, int] = {}
    for (source, target), seen in counts.transitions.items():
        if source != target:
            most[target] = max(seen, most.get(target, seen))
    return {
        (source, target): seen
        for (source, target), seen in counts.transitions.items()
        if seen >= TRANSITION_FLOOR * departures[source] or (source != target and seen == most[target])
    }


def _kept(counts: Counts, notes: list[str]) -> dict[tuple[int, int], int]:
    kept = transitions_above_floor(counts)
    dropped = {transition: seen for transition, seen in counts.transitions.items() if transition not in kept}
    if dropped:
        notes.append(
            f"{len(dropped):,} rare transitions left out, seen {sum(dropped.values()):,} times in all "
            f"(each below {100 * TRANSITION_FLOOR:g} % of what leaves its touchpoint)"
        )
    return kept


def _reached(log: EventLog, counts: Counts, kept: dict[tuple[int, int], int], notes: list[str]) -> set[int]:
    reached = {number for number, seen in counts.starts.items() if seen}
    while more := {target for source, target in kept if source in reached} - reached:
        reached |= more
    lost = [each for each in log.activities if each.number not in reached and counts.visits[each.number]]
    notes += [
        f'"{each.name}" ({counts.visits[each.number]:,} events) left out: '
        "it comes only too close to the end of the log to tell what leads there"
        for each in lost
    ]
    for transition in [transition for transition in kept if transition[0] not in reached]:
        del kept[transition]
    return reached


def _without_instant_loops(transitions: list[Transition], step: int, notes: list[str]) -> tuple[Transition, ...]:
    """The transitions, those that close a loop without delay given half of what times are rounded to."""
    import networkx

    def instant(each: Transition) -> bool:
        return each.delay is not None and each.delay.parameters == (("value", 0.0),)

    graph = networkx.DiGraph([(each.source, each.target) for each in transitions if instant(each)])
    part_of = {
        node: number for number, part in enumerate(networkx.strongly_connected_components(graph)) for node in part
    }
    half = step / 2 / DAY

    def slowed(each: Transition) -> Transition:
        if not instant(each) or part_of[each.source] != part_of[each.target]:
            return each
        assert each.delay is not None
        notes.append(
            f"{each.source}/{each.target} always takes no time and is part of a loop, so it was given {half:.2g} days"
        )
        reason = "always 0, in a loop: half of what times are rounded to"
        return replace(each, delay=replace(each.delay, parameters=(("value", half),), reason=reason))

    return tuple(slowed(each) for each in transitions)
