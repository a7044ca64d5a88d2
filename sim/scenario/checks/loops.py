"""Loops in which no time passes: a customer would go round for ever."""

import math
from collections.abc import Iterator

from sim.scenario.channels_and_desks import Desk
from sim.scenario.checks.circles import go_in_circles
from sim.scenario.distributions import Distribution, Empirical, Exponential, Fixed, Normal, Spread, TraitValue, Uniform
from sim.scenario.findings import Fault
from sim.scenario.resolve import enabled_desks, enabled_touchpoints, enabled_transitions, segments
from sim.scenario.scenario import Scenario
from sim.scenario.weekdays import weekdays


def check_loops(scenario: Scenario) -> Iterator[Fault]:
    """Cycles of transitions that all take no time, and touch no desk that takes some."""
    slow = _slow_touchpoints(scenario)
    instant = [
        (transition.source, transition.target)
        for transition in enabled_transitions(scenario)
        if transition.share > 0 and is_zero(transition.delay) and transition.source not in slow
    ]
    if not go_in_circles(instant):
        return
    import networkx  # slow to import, takes 14 MB, and is rarely needed

    graph = networkx.DiGraph(instant)
    for together in networkx.strongly_connected_components(graph):
        inner = graph.subgraph(together)
        if inner.number_of_edges() == 0:
            continue
        cycle = [source for source, _ in networkx.find_cycle(inner)]
        ends = set(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
        first = min(
            n for n, transition in enumerate(scenario.transitions) if (transition.source, transition.target) in ends
        )
        round_trip = " → ".join([*cycle, cycle[0]])
        problem = f"no time passes in the loop {round_trip}: a customer could go round for ever"
        yield Fault(
            ("transitions", first, "delay"), problem, "give one of its transitions a delay, such as delay = 0.01"
        )


def is_zero(distribution: Distribution) -> bool:
    """Whether every draw counts as 0."""
    if isinstance(distribution, Fixed):
        return distribution.value <= 0
    if isinstance(distribution, Exponential):
        return distribution.mean == 0
    if isinstance(distribution, Normal):
        return distribution.sd == 0 and distribution.mean <= 0
    if isinstance(distribution, Uniform):
        return distribution.high <= 0
    return isinstance(distribution, Empirical) and distribution.quantiles[-1] <= 0


def _slow_touchpoints(scenario: Scenario) -> set[str]:
    """Touchpoints with a desk where every customer spends some time."""
    slow = {desk.id for desk in enabled_desks(scenario) if not _lets_through_at_once(desk, scenario)}
    return {touchpoint.id for touchpoint in enabled_touchpoints(scenario) if touchpoint.desk in slow}


def _lets_through_at_once(desk: Desk, scenario: Scenario) -> bool:
    """Whether somebody may leave the desk the moment they came: served, turned away or out of patience."""
    if is_zero(desk.service_minutes):
        return True
    if desk.closed == "turn-away" and not _always_open(desk):
        return True
    if desk.patience_minutes is None:
        return False
    traits = [segment.traits.patience_minutes for segment in segments(scenario)]
    return is_zero(desk.patience_minutes) or any(trait is not None and _no_patience(trait) for trait in traits)


def _no_patience(trait: TraitValue) -> bool:
    return trait.mean <= 0 and trait.sd == 0 if isinstance(trait, Spread) else is_zero(trait)


def _always_open(desk: Desk) -> bool:
    if desk.agents is not None:
        return desk.agents > 0
    spans = []
    for shift in desk.shifts:
        try:
            days = weekdays(shift.days)
        except ValueError:
            return True  # a finding of its own
        length = (shift.end - shift.start) if shift.end > shift.start else 24 + shift.end - shift.start
        if shift.agents > 0:
            spans += [(24 * day + shift.start + week, length) for day in days for week in (-168, 0)]
    covered = 0.0
    for begin, length in sorted(spans):
        if begin > covered:
            return False
        covered = max(covered, begin + length)
    return covered >= 168 or math.isclose(covered, 168)
