"""What is compared for speed does the same work."""

import math
import random

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.population import draw_population
from tests.bench import dense
from tests.bench.floor import floor, sites_of
from tests.bench.journey import journey
from tests.bench.luck import KeyedLuck, StreamedLuck
from tests.bench.others import programs
from tests.bench.page import table
from tests.bench.path import path
from tests.bench.row import Row, at_least, at_most
from tests.bench.simpy_program import Shop
from tests.bench.simpy_touchpoints import touchpoints_of
from tests.bench.toy import CHANCES

SCENARIO = journey(300)
PROGRAM = compile_program(SCENARIO, SCENARIO)
SEED = 5


class CountedLuck(KeyedLuck):
    """Remembers which blocks were drawn from."""

    def __init__(self) -> None:
        super().__init__(SEED, 0)
        self.blocks: set[tuple[int, int, int, int]] = set()

    def racing(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        self.blocks.add((customer, site, purpose, occurrence))
        return super().racing(customer, site, purpose, occurrence)

    def uniform(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        self.blocks.add((customer, site, purpose, occurrence))
        return super().uniform(customer, site, purpose, occurrence)

    def exponential(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        self.blocks.add((customer, site, purpose, occurrence))
        return super().exponential(customer, site, purpose, occurrence)

    def normal(self, customer: int, site: int, purpose: int, occurrence: int) -> float:
        self.blocks.add((customer, site, purpose, occurrence))
        return super().normal(customer, site, purpose, occurrence)


def test_the_simpy_program_goes_through_the_same_events_as_the_engine() -> None:
    shop = Shop(SCENARIO, KeyedLuck(SEED, 0), log=True)
    entries = shop.run(draw_population(PROGRAM.population, SEED, 0))
    history = simulate(PROGRAM, SEED, 0, events=True)
    events, log = history.events, sorted(shop.log or [])
    assert events is not None
    assert entries == history.event_count == len(log) > 2000
    enters = events.event == EVENTS.index("enter")
    time, customer, touchpoint, channel = map(np.array, zip(*log, strict=True))
    assert np.allclose(time, events.time[enters], rtol=0, atol=1e-9)
    assert (customer == events.customer[enters]).all()
    assert (touchpoint == events.touchpoint[enters]).all()
    assert (channel == events.channel[enters]).all()
    assert shop.revenue == pytest.approx(history.customers.revenue.sum())
    assert shop.margin == pytest.approx(history.customers.margin.sum())


def test_one_stream_of_random_numbers_gives_a_journey_of_the_same_kind() -> None:
    population = draw_population(PROGRAM.population, SEED, 0)
    entries = [Shop(SCENARIO, StreamedLuck(random.Random(seed))).run(population) for seed in range(4)]
    assert np.mean(entries) == pytest.approx(simulate(PROGRAM, SEED, 0).event_count, rel=0.15)


def test_the_floor_computes_the_blocks_that_the_journey_needs_and_no_others() -> None:
    population = draw_population(PROGRAM.population, SEED, 0)
    luck = CountedLuck()
    Shop(SCENARIO, luck).run(population)
    touchpoints = touchpoints_of(SCENARIO)
    done = floor(path(PROGRAM, touchpoints, population), sites_of(touchpoints), SEED, 0)
    assert done.blocks == len(luck.blocks)


def test_the_floor_computes_as_many_logarithms_and_exponentials_as_the_history_says() -> None:
    touchpoints = touchpoints_of(SCENARIO)
    population = draw_population(PROGRAM.population, SEED, 0)
    done = floor(path(PROGRAM, touchpoints, population), sites_of(touchpoints), SEED, 0)
    history = simulate(PROGRAM, SEED, 0)
    logarithms = exponentials = cosines = 0
    for touchpoint, visits in zip(touchpoints, history.at_touchpoints.visits.sum(axis=0).tolist(), strict=True):
        lives = not touchpoint.leaves
        cosines += visits * (lives + (touchpoint.worth is not None))
        exponentials += visits * (len(touchpoint.transitions) + 2 * (touchpoint.worth is not None))
        logarithms += visits * (len(touchpoint.channels) + bool(touchpoint.channels) + len(touchpoint.transitions))
    transitions = [transition for touchpoint in touchpoints for transition in touchpoint.transitions]
    for transition, chosen in zip(transitions, history.at_transitions.chosen.sum(axis=0).tolist(), strict=True):
        if transition.delay.sigma is None:
            logarithms += chosen
        else:
            cosines += chosen
            exponentials += chosen
    assert done.cosines == cosines
    assert done.exponentials == exponentials
    assert done.logarithms == logarithms + cosines
    assert math.isfinite(done.total)


@pytest.mark.parametrize("name", ["Journey Sandbox", "SimPy", "Ciw", "Mesa", "salabim"])
def test_every_simulator_walks_the_toy_journey_as_long_as_theory_says(name: str) -> None:
    program = programs().get(name)
    if program is None:
        pytest.skip(f"{name} is not installed; it comes with the extra [bench]")
    customers = 500
    fundamental = np.linalg.inv(np.eye(len(CHANCES)) - np.array(CHANCES))
    mean = fundamental[0].sum()
    variance = (2 * fundamental @ fundamental - fundamental)[0].sum() - mean**2
    assert abs(program(customers, SEED) / customers - mean) < 3.3 * math.sqrt(variance / customers)


def test_the_dense_chain_is_as_long_in_simpy_as_in_the_engine_and_in_theory() -> None:
    customers = 400
    mean, sd = dense.MEAN_VISITS, math.sqrt(dense.MEAN_VISITS * (dense.MEAN_VISITS - 1))
    for program in (dense.in_engine, dense.in_simpy):
        assert abs(program(customers, SEED) / customers - mean) < 3.3 * sd / math.sqrt(customers)


def test_a_row_says_whether_its_target_holds() -> None:
    rows = [at_least("speed", 19.96, 20, "{:.1f} times"), at_most("memory", 1.0, 1.2, "{:.1f} kB"), Row("size", "3")]
    assert table(rows).splitlines()[2:] == [
        "| speed | 20.0 times | at least 20.0 times | **no** |",
        "| memory | 1.0 kB | at most 1.2 kB | yes |",
        "| size | 3 | – |  |",
    ]
