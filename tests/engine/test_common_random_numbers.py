"""Two arms share their luck: what they do not change stays as it was, so that differences are seen clearly."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.engine import compile_program, simulate
from sim.engine.program.program import Program
from sim.scenario import load
from sim.scenario.resolve import enabled_transitions
from sim.scenario.scenario import Scenario
from tests.builders import scenario as small_scenario
from tests.engine.worlds import shop, with_desk
from tests.oracle.comparing import engine_events
from tests.strategies import Drawn, Tables, drawn_scenarios

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"
QUICK = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
Happening = tuple[float, str, str, str | None, float | None]


def tables_of(scenario: Scenario) -> Tables:
    return scenario.model_dump(by_alias=True, exclude_unset=True)


def with_share(scenario: Scenario, key: str, factor: float) -> Scenario:
    """The scenario with one transition's share multiplied."""
    transitions = [
        transition.model_dump(by_alias=True, exclude_unset=True)
        | {"share": transition.share * (factor if transition.key == key else 1)}
        for transition in scenario.transitions
    ]
    return Scenario.model_validate(tables_of(scenario) | {"transitions": transitions})


def journeys(scenario: Scenario, base: Scenario, seed: int) -> list[list[Happening]]:
    """Each customer's events, by name: time, event, touchpoint, channel, value."""
    found: list[list[Happening]] = [[] for _ in range(scenario.population.size)]
    for event in engine_events(simulate(compile_program(scenario, base), seed, 0, events=True)):
        found[event.customer].append(event[1:])
    return found


@pytest.mark.parametrize("examples", [8, pytest.param(400, marks=pytest.mark.slow)])
def test_at_each_customers_first_differing_choice_the_winner_is_the_raised_transition(examples: int) -> None:
    moved = []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(drawn_scenarios(desks=False), st.data(), st.sampled_from([1.05, 1.5, 4.0]))
    def only_towards_it(drawn: Drawn, choice: st.DataObject, factor: float) -> None:
        plain, base = drawn.scenario, drawn.reference
        transitions = [transition for transition in enabled_transitions(plain) if transition.share > 0]
        raised = choice.draw(st.sampled_from(transitions))
        after = journeys(with_share(plain, raised.key, factor), base, drawn.seed)
        for old, new in zip(journeys(plain, base, drawn.seed), after, strict=True):
            if old == new:
                continue
            moved.append(1)
            shared = next(
                (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
            )
            assert old[shared - 1][2] == raised.source, "the first difference is not a choice where a share was raised"
            if shared < len(new):
                _, event, touchpoint, *_ = new[shared]
                assert (event, touchpoint) == ("enter", raised.target)
            if shared < len(old):
                assert old[shared][1] == "enter"

    only_towards_it()
    assert len(moved) > examples / 4


@pytest.mark.parametrize("examples", [6, pytest.param(300, marks=pytest.mark.slow)])
def test_a_touchpoint_that_nobody_reaches_changes_nobody_wherever_it_stands(examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(drawn_scenarios(), st.data())
    def changes_nothing(drawn: Drawn, choice: st.DataObject) -> None:
        tables = tables_of(drawn.scenario)
        touchpoints, transitions = list(tables["touchpoints"]), list(tables["transitions"])
        open_touchpoints = [
            touchpoint["id"]
            for touchpoint in touchpoints
            if not touchpoint.get("exit") and touchpoint.get("enabled", True)
        ]
        nowhere: dict[str, Any] = {
            "id": "nowhere",
            "effort": 7,
            "emotion": {"mean": -1},
            "goal": {"kind": "conversion"},
        }
        if choice.draw(st.booleans()) and tables["desks"]:
            nowhere["desk"] = tables["desks"][0]["id"]
        if choice.draw(st.booleans()):
            nowhere["start"] = 0
        touchpoints.insert(choice.draw(st.integers(0, len(touchpoints))), nowhere)
        source, target = (choice.draw(st.sampled_from(open_touchpoints)) for _ in range(2))
        for transition in (
            {"from": source, "to": "nowhere", "share": 0},
            {"from": "nowhere", "to": target, "share": 1},
        ):
            transitions.insert(choice.draw(st.integers(0, len(transitions))), transition)
        surveys = [{"id": "unasked", "kind": "nps", "at": ["nowhere"], "rate": 1}, *tables["surveys"]]
        edited = Scenario.model_validate(
            tables | {"touchpoints": touchpoints, "transitions": transitions, "surveys": surveys}
        )
        before = journeys(drawn.scenario, drawn.reference, drawn.seed)
        assert journeys(edited, drawn.reference, drawn.seed) == before

    changes_nothing()


def conversions(program: Program, seed: int, replications: int) -> np.ndarray:
    """Share of customers who convert, by replication."""
    return np.array(
        [np.isfinite(simulate(program, seed, number).customers.acquired).mean() for number in range(replications)]
    )


def times_smaller(plain: Scenario, key: str, replications: int) -> tuple[float, float]:
    """How many times smaller the variance of a difference in conversion is than with seeds of their own.

    The difference is that of raising one transition's share by 5 %. Given with the lower end of its 95 % interval: the
    ratio of the variances of independent normal samples, divided by their true ratio, has an F distribution.
    """
    before, after = compile_program(plain, plain), compile_program(with_share(plain, key, 1.05), plain)
    ours, theirs = conversions(before, 1, replications), conversions(after, 1, replications)
    alone = conversions(after, 2, replications)
    ratio = float(np.var(alone - ours, ddof=1) / np.var(theirs - ours, ddof=1))
    return ratio, ratio / float(stats.f.ppf(0.975, replications - 1, replications - 1))


def shipped(name: str, customers: int) -> Scenario:
    full = load(SHIPPED / f"{name}.toml")
    return full.model_copy(update={"population": full.population.model_copy(update={"size": customers})})


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("of", "key"),
    [
        (shop(), "cart/buy"),
        pytest.param(shop(), "look/cart", marks=SLOW),
        pytest.param(shop(), "cart/look", marks=SLOW),
        pytest.param(shop(), "look/gone", marks=SLOW),
        pytest.param(small_scenario(), "middle/done", marks=SLOW),
    ],
)
def test_without_desks_differences_vary_twenty_times_less_than_with_seeds_of_their_own(of: Scenario, key: str) -> None:
    ratio, at_least = times_smaller(of, key, 200)
    assert at_least > 20, f"{key}: {ratio:.1f} times, {at_least:.1f} at least"


@pytest.mark.parametrize(
    ("of", "key"),
    [
        (with_desk(), "look/cart"),
        pytest.param(with_desk(), "cart/buy", marks=SLOW),
        pytest.param(with_desk(), "cart/look", marks=SLOW),
        pytest.param(with_desk(patience_minutes={"family": "exponential", "mean": 30}), "cart/buy", marks=SLOW),
        pytest.param(with_desk(priority="churn-risk"), "look/cart", marks=SLOW),
        pytest.param(shipped("online-shop", 1000), "product/cart", marks=SLOW),
        pytest.param(shipped("online-shop", 1000), "cart/checkout", marks=SLOW),
    ],
)
def test_with_desks_differences_vary_five_times_less_than_with_seeds_of_their_own(of: Scenario, key: str) -> None:
    ratio, at_least = times_smaller(of, key, 200)
    assert at_least > 5, f"{key}: {ratio:.1f} times, {at_least:.1f} at least"
