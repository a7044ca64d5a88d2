"""The engine and the oracle write down the same events, scenario by scenario."""

import pytest

from sim.engine import compile_program, simulate

from .comparing import engine_events, first_difference
from .random_scenarios import random_arm_and_base
from .scenarios import CASES, Case
from .simulate import Event, oracle

SEED = 2026


@pytest.mark.parametrize("replication", [0, 1])
@pytest.mark.parametrize("case", CASES, ids=[case.name.replace(" ", "-") for case in CASES])
def test_engine_and_oracle_agree_on_every_event(case: Case, replication: int) -> None:
    expected = oracle(case.scenario, case.base, SEED, replication)
    program = compile_program(case.scenario, case.base)
    found = engine_events(simulate(program, SEED, replication, events=True))
    difference = first_difference(expected, found)
    assert difference is None, f"{case.name}, replication {replication}\n{difference}"
    assert found == sorted(found, key=lambda event: (event.time, event.customer)), "not in order of time and customer"


@pytest.mark.parametrize("seed", [*range(50), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(50, 300))])
def test_engine_and_oracle_agree_on_scenarios_put_together_at_random(seed: int) -> None:
    arm, base = random_arm_and_base(seed)
    found = engine_events(simulate(compile_program(arm, base), seed, 0, events=True))
    difference = first_difference(oracle(arm, base, seed, 0), found)
    assert difference is None, f"random_arm_and_base({seed})\n{difference}"


def test_a_difference_is_shown_with_the_customer_and_both_sides() -> None:
    expected = [Event(3, float(day), "enter", "shop", "web", None) for day in range(9)]
    found = [*expected[:7], expected[7]._replace(time=7 + 2e-9), expected[8]]
    shown = first_difference(expected, found)
    assert shown is not None
    assert "1 of 1 customers differ; first customer 3 at event 7" in shown
    assert shown.count(">    7") == 2
    assert first_difference(expected, expected) is None
    assert first_difference(expected, expected[:-1]) is not None
