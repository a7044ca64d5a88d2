"""Synthetic customers: traits, affinities, arrivals (model section 1)."""

from sim.population.customers import Population, draw_population
from sim.population.plan import TRAITS, PopulationPlan, plan_population

__all__ = ["TRAITS", "Population", "PopulationPlan", "draw_population", "plan_population"]
