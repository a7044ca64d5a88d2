"""Simulating a stored replication again, for whoever needs its events, and proving that it is the same."""

from typing import TYPE_CHECKING

from sim.experiment.memory_needed import check_fits
from sim.experiment.planning import check_possible
from sim.experiment.profiles import profiles_of
from sim.outcomes import ALL, DEFINITIONS, Measured, measure
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from sim.engine.memory.history import History


class EngineDiffersError(Exception):
    """Simulated again, a replication has other figures than those stored."""


def resimulate(
    scenario: Scenario,
    base: Scenario,
    seed: int,
    stored: Measured,
    *,
    events: bool = True,
    watched: int | None = None,
) -> "History":
    """The history, with all its events or those of one customer who is `watched`, that `stored` was measured from.

    `scenario` is the arm's own, `base` the one that effort and channel weights are measured against. Raises
    ScenarioError where a run of it would not be begun on this machine, and EngineDiffersError where the figures are
    not those stored, as they may be with another version of the engine.
    """
    from sim.engine import compile_program, simulate

    check_possible([scenario])
    check_fits([scenario])
    program = compile_program(scenario, base)
    history = simulate(
        program,
        seed,
        stored.replication,
        profiles=profiles_of(scenario, seed),
        events=events and watched is None,
        watched=watched,
    )
    check_same(measure(history, scenario, stored.arm, 0.0), stored)
    return history


def check_same(again: Measured, stored: Measured) -> None:
    """Raise EngineDiffersError unless both have the same outcomes, to the last digit, from as many events.

    Who stands on which step towards an action is compared too, where it was stored.
    """
    steps = not stored.eligibility or again.eligibility == stored.eligibility
    if again.outcomes == stored.outcomes and again.events == stored.events and steps:
        return
    where = f"arm {stored.arm}, replication {stored.replication}"
    raise EngineDiffersError(
        f"{where}: simulated again, {_difference(again, stored)}. The run was stored by another version of the engine; "
        "run its scenario anew to go on with this version"
    )


def _difference(again: Measured, stored: Measured) -> str:
    """The first outcome that differs, in words."""
    before, now = stored.outcomes.get(ALL, {}), again.outcomes.get(ALL, {})
    for outcome in (*before, *(id_ for id_ in now if id_ not in before)):
        if before.get(outcome) != now.get(outcome):
            label = DEFINITIONS[outcome].label if outcome in DEFINITIONS else outcome
            return f'"{label}" is {_shown(now.get(outcome))} instead of {_shown(before.get(outcome))}'
    if again.events != stored.events:
        return f"there are {again.events:,} events instead of {stored.events:,}"
    if again.outcomes == stored.outcomes:
        return "customers stand on other steps towards an action"
    return "the outcomes of a segment are others"


def _shown(value: float | None) -> str:
    return "absent" if value is None else repr(value)
