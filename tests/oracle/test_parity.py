"""The engine and the oracle write down the same events, scenario by scenario."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from sim.engine import compile_program, simulate
from sim.engine.lane import LaneView
from sim.scenario.scenario import Scenario
from tests.strategies import Drawn, drawn_scenarios
from tests.strategies_orchestration import orchestrated_scenarios

from .comparing import engine_events, first_difference
from .scenarios import CASES, Case
from .scenarios_orchestration import CASES as ORCHESTRATED
from .simulate import Event, oracle

SEED = 2026
EVERY = (*CASES, *ORCHESTRATED)


class Looking:
    """A policy that does nothing, so that the engine stops at every tick and goes on."""

    def tick(self, time: float, lane: LaneView) -> None:
        """See the customers as they are."""


def difference(scenario: Scenario, base: Scenario, seed: int, replication: int) -> str | None:
    """Where oracle and engine part, the engine with ticks and without; None where they do not."""
    expected = oracle(scenario, base, seed, replication)
    program = compile_program(scenario, base)
    found = engine_events(simulate(program, seed, replication, events=True))
    assert found == sorted(found, key=lambda event: (event.time, event.customer)), "not in order of time and customer"
    ticking = engine_events(simulate(program, seed, replication, events=True, policy=Looking()))
    assert ticking == found, f"ticks change what happens\n{first_difference(found, ticking)}"
    return first_difference(expected, found)


@pytest.mark.parametrize("replication", [0, 1])
@pytest.mark.parametrize("case", EVERY, ids=[case.name.replace(" ", "-") for case in EVERY])
def test_engine_and_oracle_agree_on_every_event(case: Case, replication: int) -> None:
    parted = difference(case.scenario, case.base, SEED, replication)
    assert parted is None, f"{case.name}, replication {replication}\n{parted}"


@pytest.mark.parametrize("drawing", [drawn_scenarios, orchestrated_scenarios], ids=["alone", "orchestrated"])
@pytest.mark.parametrize("examples", [25, pytest.param(1000, marks=pytest.mark.slow)])
def test_engine_and_oracle_agree_on_scenarios_of_every_kind(
    examples: int, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(drawing())
    def agree(drawn: Drawn) -> None:
        parted = difference(drawn.scenario, drawn.reference, drawn.seed, 0)
        assert parted is None, parted

    agree()


def test_a_difference_is_shown_with_the_customer_and_both_sides() -> None:
    expected = [Event(3, float(day), "enter", "shop", "web", None) for day in range(9)]
    found = [*expected[:7], expected[7]._replace(time=7 + 2e-9), expected[8]]
    shown = first_difference(expected, found)
    assert shown is not None
    assert "1 of 1 customers differ; first customer 3 at event 7" in shown
    assert shown.count(">    7") == 2
    assert first_difference(expected, expected) is None
    assert first_difference(expected, expected[:-1]) is not None
