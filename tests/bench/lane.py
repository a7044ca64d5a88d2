"""The private lane against SimPy, and against the least arithmetic that the journey needs."""

import random
from collections.abc import Callable
from functools import partial

import numpy as np

from sim.engine import Program, compile_program, simulate
from sim.engine.entry import advance_all
from sim.engine.memory.lane import new_lane
from sim.population import Population, draw_population
from sim.scenario.scenario import Scenario
from tests.bench.floor import floor, sites_of
from tests.bench.journey import journey
from tests.bench.luck import KeyedLuck, Luck, StreamedLuck
from tests.bench.path import path
from tests.bench.row import Row, at_least, rate
from tests.bench.simpy_program import Shop
from tests.bench.simpy_touchpoints import touchpoints_of
from tests.bench.timing import in_turn, ratio, typical

CUSTOMERS = 10_000
SEED = 2026


def against_simpy(rounds: int, quick: bool) -> list[Row]:
    """A whole replication, against SimPy's clock alone: its customers are drawn beforehand."""
    scenario = journey(CUSTOMERS)
    program = compile_program(scenario, scenario)
    population = draw_population(program.population, SEED, 0)
    events = simulate(program, SEED, 0).event_count
    works: list[Callable[[], object]] = [
        partial(simulate, program, SEED, 0),
        partial(_in_simpy, scenario, population, KeyedLuck(SEED, 0)),
        partial(_in_simpy, scenario, population, StreamedLuck(random.Random(SEED))),
    ]
    works[1]()
    times = in_turn(works, rounds)
    engine, keyed, streamed = (typical(times, work) for work in range(3))
    return [
        Row("SimPy, one process for each customer, same draws: events a second", rate(events, keyed)),
        Row("SimPy with Python's own random numbers: events a second", rate(events, streamed)),
        Row("the engine, whole replication: events a second", rate(events, engine)),
        at_least("the engine against SimPy, same draws", ratio(times, 1, 0), 50, "{:.1f} times"),
        Row("the engine against SimPy with Python's own random numbers", f"{ratio(times, 2, 0):.1f} times"),
    ]


def against_floor(rounds: int, quick: bool) -> list[Row]:
    """The private lane alone, against nothing but its arithmetic."""
    scenario = journey(CUSTOMERS)
    program = compile_program(scenario, scenario)
    touchpoints = touchpoints_of(scenario)
    population = draw_population(program.population, SEED, 0)
    taken = path(program, touchpoints, population)
    at = sites_of(touchpoints)
    done, events = floor(taken, at, SEED, 0), len(taken.customer)
    works: list[Callable[[], object]] = [partial(_lane, program, population), partial(floor, taken, at, SEED, 0)]
    works[0]()
    times = in_turn(works, 10 * rounds)
    an_event = ", ".join(
        f"{count / events:.1f} {name}"
        for name, count in (
            ("blocks", done.blocks),
            ("logarithms", done.logarithms),
            ("exponentials", done.exponentials),
            ("roots and cosines", done.cosines),
        )
    )
    return [
        Row(f"bare arithmetic ({an_event} an event): events a second", rate(events, typical(times, 1))),
        Row("the private lane: events a second", rate(events, typical(times, 0))),
        at_least("the private lane against bare arithmetic", 100 * ratio(times, 1, 0), 90, "{:.0f} %"),
    ]


def _in_simpy(scenario: Scenario, population: Population, luck: Luck) -> None:
    Shop(scenario, luck).run(population)


def _lane(program: Program, population: Population) -> None:
    # The view keeps the arrays alive that compiled code works on.
    view = new_lane(program, population, recording=False)
    end = np.array([program.horizon])
    advance_all(program.tables, view.lane, end, end, np.array([-1]), True)
