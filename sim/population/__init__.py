"""Synthetic customers: traits, affinities, arrivals (model section 1).

What draws them is loaded at first use, with all that compiles: whoever only asks how many will arrive needs none of it.
"""

from typing import TYPE_CHECKING, Any

from sim.population.arrivals import Grid, arrival_grid, bought_grids, expected_bought
from sim.population.expected import ExpectedArrivals, expected_arrivals

if TYPE_CHECKING:
    from sim.population.customers import Population, draw_customers, draw_population
    from sim.population.drawn_last import population_of
    from sim.population.plan import TRAITS, PopulationPlan, plan_population

__all__ = [
    "TRAITS",
    "ExpectedArrivals",
    "Grid",
    "Population",
    "PopulationPlan",
    "arrival_grid",
    "bought_grids",
    "draw_customers",
    "draw_population",
    "expected_arrivals",
    "expected_bought",
    "plan_population",
    "population_of",
]


def __getattr__(name: str) -> Any:
    if name in ("Population", "draw_customers", "draw_population"):
        from sim.population import customers

        return getattr(customers, name)
    if name == "population_of":
        from sim.population.drawn_last import population_of

        return population_of
    if name in ("TRAITS", "PopulationPlan", "plan_population"):
        from sim.population import plan

        return getattr(plan, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
