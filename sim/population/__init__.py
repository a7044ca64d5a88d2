"""Synthetic customers: traits, affinities, arrivals (model section 1)."""

from sim.population.customers import Population, draw_customers, draw_population
from sim.population.expected import ExpectedArrivals, expected_arrivals
from sim.population.plan import TRAITS, PopulationPlan, arrival_grid, expected_bought, plan_population

__all__ = [
    "TRAITS",
    "ExpectedArrivals",
    "Population",
    "PopulationPlan",
    "arrival_grid",
    "draw_customers",
    "draw_population",
    "expected_arrivals",
    "expected_bought",
    "plan_population",
]
