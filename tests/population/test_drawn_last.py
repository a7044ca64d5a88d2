"""Arms that have the same customers share them, and no others do."""

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.population import Population, draw_population, plan_population, population_of
from sim.population.drawn_last import _FEW
from sim.scenario import Scenario, open_scenario, override
from sim.shipped import find_scenario

DRAWN = [field.name for field in fields(Population) if field.name not in ("plan", "seed", "replication")]


def shipped(name: str, **settings: Any) -> Scenario:
    return override(open_scenario(find_scenario(name)).scenario, {"population.size": 300, **settings})


def same(one: Population, other: Population) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in DRAWN)


def test_an_arm_with_other_prices_shares_its_customers_and_keeps_its_own_plan() -> None:
    plans = [plan_population(shipped("online-shop", **{"behaviour.price_index": price})) for price in (1.0, 1.1)]
    first, other = (population_of(plan, 7, 3) for plan in plans)
    assert all(getattr(first, name) is getattr(other, name) for name in DRAWN)
    assert (first.plan, other.plan) == (plans[0], plans[1])


@pytest.mark.parametrize(
    "settings",
    [
        {"population.size": 301},
        {"population.arrivals.over": 90},
        {"segments.busy.share": 0.4},
        {"segments.busy.consent": 0.5},
        {"segments.busy.concentration": 5},
        {"segments.busy.affinity.web": 0.8},
        {"segments.busy.traits.pace": 1.5},
        {"touchpoints.search.start": 0.1},
        {"channels.web.acquisition": {"spend": 100, "cost_per_arrival": 1, "saturation": 500}},
        {"channels.phone.enabled": False},
    ],
)
def test_whatever_customers_are_drawn_from_draws_others(settings: dict[str, Any]) -> None:
    plan = plan_population(shipped("online-shop"))
    other = plan_population(shipped("online-shop", **settings))
    assert plan.digest != other.digest
    assert same(population_of(plan, 7, 3), draw_population(plan, 7, 3))
    assert same(population_of(other, 7, 3), draw_population(other, 7, 3))


def test_another_seed_or_replication_draws_others() -> None:
    plan = plan_population(shipped("online-shop"))
    for key in ((7, 3), (7, 4), (8, 3)):
        assert same(population_of(plan, *key), draw_population(plan, *key))


def test_large_populations_are_not_kept() -> None:
    plan = plan_population(shipped("online-shop", **{"population.size": _FEW + 1}))
    assert population_of(plan, 7, 3).arrival is not population_of(plan, 7, 3).arrival


@pytest.mark.parametrize("name", ["paid-growth", "always-on-travel"])
def test_simulating_changes_nothing_of_what_is_shared(name: str) -> None:
    scenario = shipped(name)
    program = compile_program(scenario, scenario)
    simulate(program, 7, 3)
    assert same(population_of(program.population, 7, 3), draw_population(program.population, 7, 3))
