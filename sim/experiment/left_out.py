"""Who gets an action in one replication, who does not and why: everybody, by segment and by attribute."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sim.outcomes.eligibility_steps import COULD_HAVE, GOT_IT, Counts
from sim.scenario.subjects import attribute_values

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.engine.memory.history import History
    from sim.scenario.scenario import Scenario

_STANDARD_ERRORS: Final = 3.0
"""A group gets an action less often if it is further below the others; two would be chance in one group of forty."""

_NOT_LOST: Final = (GOT_IT, "without", "pending")
"""Steps beyond the conditions where nobody is lost who still needed it."""


@dataclass(frozen=True)
class LeftOut:
    """Of an action in one replication of one arm: by step, how many customers stand there."""

    action: str
    everybody: Counts
    segments: dict[str, Counts] = field(default_factory=dict)
    attributes: dict[str, dict[str, Counts]] = field(default_factory=dict)
    """by attribute, then value"""


def left_out(history: History, scenario: Scenario, seed: int, action: str) -> LeftOut:
    """Who gets the action in this replication; the scenario is the arm's own.

    Groups to which nobody belongs who arrived are left out.
    """
    from sim.outcomes.eligibility import eligibility_table
    from sim.population.customers import draw_customers
    from sim.population.plan import plan_population

    customers = history.customers
    arrived = customers.arrival <= history.horizon

    def counted(member: NDArray[np.bool_]) -> Counts:
        return eligibility_table(history, arrived & member).get(action, {})

    segments = {id_: counted(customers.segment == index) for index, id_ in enumerate(history.segments)}
    attributes: dict[str, dict[str, Counts]] = {}
    values = attribute_values(scenario)
    if values:
        plan = plan_population(scenario)
        population = draw_customers(
            plan, seed, history.replication, customers.number, customers.bought, customers.arrival
        )
        for name, possible in values.items():
            drawn = population.attribute(name)
            attributes[name] = {value: found for value in possible if (found := counted(drawn == value))}
    return LeftOut(action, counted(arrived), {id_: found for id_, found in segments.items() if found}, attributes)


def arrived(counts: Counts) -> float:
    """How many there are in all."""
    return math.fsum(counts.values())


def could_have_got(counts: Counts) -> float:
    """How many came further than the conditions."""
    return math.fsum(of for step, of in counts.items() if step in COULD_HAVE)


def lost_at(counts: Counts) -> str | None:
    """The step at which most of those are lost who could have got it; None where none of them is.

    Who no longer needed it, and whose send was still to come, are not lost.
    """
    lost = {step: counts[step] for step in COULD_HAVE if step not in _NOT_LOST and step in counts}
    return max(lost, key=lambda step: lost[step]) if lost else None


def gets_it_less(group: Counts, everybody: Counts) -> bool:
    """Whether a group gets the action less often than all others, by more than chance explains."""
    n, others = arrived(group), arrived(everybody) - arrived(group)
    if not n or not others:
        return False
    got, got_others = group.get(GOT_IT, 0.0), everybody.get(GOT_IT, 0.0) - group.get(GOT_IT, 0.0)
    together = (got + got_others) / (n + others)
    error = math.sqrt(together * (1 - together) * (1 / n + 1 / others))
    return got_others / others - got / n > _STANDARD_ERRORS * error
