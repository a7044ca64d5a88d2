"""Pain points and what relieving them brings, as it is said everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from app.shown.figures import difference
from sim.outcomes.definitions import BROUGHT, DEFINITIONS
from sim.scenario.addresses.address import joined

if TYPE_CHECKING:
    from sim.experiment.pain_points import PainPoint, Relief, Relieved
    from sim.scenario import Scenario

NO_PAIN: Final = "Nobody waits, tries hard, feels bad, repeats themselves or leaves: there is no pain point."


def answer(found: Relieved, scenario: Scenario) -> str:
    """The sentence that answers: which pain point costs most, if any costs what can be told from chance."""
    if not found.reliefs:
        return NO_PAIN
    outcomes = outcomes_of(found)
    if not outcomes:
        return "What they cost is not known: the journey has no goal. The first is the one that most customers met."
    outcome = outcomes[0]
    definition = DEFINITIONS[outcome]
    for relief in found.reliefs:  # the one that costs most first
        told = relief.differences[outcome].interval
        if told.lo is not None and told.hi is not None and told.lo > 0:
            ends = f"[{definition.shown_difference(told.lo)}, {definition.shown_difference(told.hi)}]"
            changes = f"{definition.label.lower()} changes by {definition.shown_difference(told.mean, found.currency)}"
            return f"{label(relief.pain, scenario)} costs most: without it, {changes} {ends}."
    return "None of them costs what can be told from chance."


def label(pain: PainPoint, scenario: Scenario) -> str:
    """What it is, with the name of where it is."""
    if pain.kind == "lost":
        return "Context lost between channels"
    if pain.kind == "wait":
        desk = next(each for each in scenario.desks if each.id == pain.desk)
        return f"Waiting at “{desk.name or desk.id}”"
    touchpoint = next(each for each in scenario.touchpoints if each.id == pain.at[0])
    words = {"effort": "Effort at", "bad": "Bad experiences at", "leaving": "Leaving from"}[pain.kind]
    return f"{words} “{touchpoint.name or touchpoint.id}”"


def address(pain: PainPoint) -> str:
    """The address of where it is."""
    if pain.kind == "lost":
        return "integration.carryover"
    return joined(("desks", pain.desk)) if pain.desk is not None else joined(("touchpoints", pain.at[0]))


def heads(found: Relieved, outcomes: Sequence[str]) -> tuple[str, ...]:
    """Above the columns of `rows`."""
    return "Pain point", "How much", "Per 100 arrivals", *(DEFINITIONS[id_].label for id_ in outcomes)


def rows(found: Relieved, scenario: Scenario, outcomes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A row for each: what relieving it changes, with its interval."""
    for relief in found.reliefs:
        met = 100 * relief.pain.met / found.arrivals if found.arrivals else 0.0
        cells = (_cell(relief, id_, found.currency) for id_ in outcomes)
        yield label(relief.pain, scenario), how_much(relief.pain), f"{met:.1f}", *cells


def how_much(pain: PainPoint) -> str:
    """Its figure, in words."""
    if pain.kind == "wait":
        return f"{pain.figure:.1f} min"
    if pain.kind == "effort":
        return f"{pain.figure:.1f} of 7"
    return f"{100 * pain.figure:.1f} % of visits"


def how_sure(found: Relieved) -> str:
    """How many replications it was, what the brackets hold, and what is left out."""
    times = "1 replication" if found.replications == 1 else f"{found.replications} replications"
    more = f" {found.left_out} that fewer customers met are left out." if found.left_out else ""
    return f"{times}; the brackets hold the simulation error (95 %). What relieving it costs is not counted.{more}"


def outcomes_of(found: Relieved) -> list[str]:
    """In which it can be told what relieving them brings; the first ranks them."""
    return [id_ for id_ in BROUGHT if any(id_ in relief.differences for relief in found.reliefs)]


def _cell(relief: Relief, outcome: str, currency: str) -> str:
    told = relief.differences.get(outcome)
    return difference(outcome, None if told is None else {"difference": asdict(told.interval)}, currency)
