"""The customers drawn last: the arms of a replication mostly have the same ones, who need not be drawn for each."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from sim.population.customers import Population, draw_population
from sim.population.plan import PopulationPlan

_KEPT: Final = 4
_FEW: Final = 5_000
"""Customers up to whom a population is kept: half a megabyte. Of more, drawing is a small part of what they take."""


def population_of(plan: PopulationPlan, seed: int, replication: int) -> Population:
    """As `draw_population`; what is in it may be shared, and is not to be changed."""
    if plan.size > _FEW:
        return draw_population(plan, seed, replication)
    return replace(_drawn(_Numbers(plan), seed, replication), plan=plan)


class _Numbers:
    """A plan as a key: equal to those that the same customers are drawn from, whatever else segments say."""

    def __init__(self, plan: PopulationPlan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Numbers) and self.plan.digest == other.plan.digest

    def __hash__(self) -> int:
        return hash(self.plan.digest)


@lru_cache(maxsize=_KEPT)
def _drawn(of: _Numbers, seed: int, replication: int) -> Population:
    return draw_population(of.plan, seed, replication)
