"""The engine and the oracle write down the same events and book the same sums, scenario by scenario."""

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis.strategies import SearchStrategy

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario
from tests.drawing import check_drawn
from tests.slices import in_slices
from tests.strategies import Drawn, drawn_scenarios
from tests.strategies_optimising import some_that_optimise
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

from .books import books_of
from .brand import REASONS
from .comparing import booked, engine_events, first_difference, first_wrong_figure
from .identities import all_with_identities, drawn_profiles, numbered, some_with_identities
from .noting import some_that_note
from .played import EVERY, SEED, played
from .scenarios import Case
from .simulate import Event, replicated
from .world import World

# `make parity` asks for 1,000 of each kind; the slow tests for as many as fit into the time, but no fewer than 100.
MANY = int(os.environ.get("PARITY_EXAMPLES", "100"))
SECONDS = 0 if "PARITY_EXAMPLES" in os.environ else 90


def choosing_scenarios() -> SearchStrategy[Drawn]:
    """Those whose policy may choose nothing."""
    return sharing_scenarios(policies=["next_best_action", "random"])


def difference(world: World, scenario: Scenario, base: Scenario, seed: int, replication: int) -> str | None:
    """Where oracle and engine part, the engine with stops at midnight and without; None where they do not.

    In the events first, then in what is counted and booked beside them.
    """
    expected = world.log.sorted()
    program = compile_program(scenario, base)
    profiles = numbered(world.profiles, program.channels)
    history = simulate(program, seed, replication, profiles=profiles, events=True)
    assert history.events is not None
    assert (history.events.time[1:] >= history.events.time[:-1]).all(), "not in order of time"
    found = engine_events(history)
    stopping = engine_events(simulate(in_slices(program), seed, replication, profiles=profiles, events=True))
    assert stopping == found, f"stops change what happens\n{first_difference(found, stopping)}"
    return first_difference(expected, found) or first_wrong_figure(
        books_of(world), booked(history, world.journey.stages)
    )


@pytest.mark.parametrize("replication", [0, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("case", EVERY, ids=[case.name.replace(" ", "-") for case in EVERY])
def test_a_scenario_shows_what_it_is_for_and_engine_and_oracle_agree_on_it(case: Case, replication: int) -> None:
    world = played(case.name, replication)
    kinds = Counter(event.event for event in world.log.events)
    reasons = Counter(REASONS[int(e.value or 0)] for e in world.log.events if e.event == "ruled_out")
    assert {kind for kind in case.shows if kinds[kind] < 4} == set()
    assert {why for why in case.reasons if reasons[why] < 4} == set()
    parted = difference(world, case.scenario, case.base, SEED, replication)
    assert parted is None, f"{case.name}, replication {replication}\n{parted}"


@pytest.mark.parametrize(
    "drawing",
    [drawn_scenarios, orchestrated_scenarios, sharing_scenarios, choosing_scenarios],
    ids=["alone", "orchestrated", "sharing", "choosing"],
)
@pytest.mark.parametrize(("examples", "seconds"), [(6, 0), pytest.param(MANY, SECONDS, marks=pytest.mark.slow)])
def test_engine_and_oracle_agree_on_scenarios_of_every_kind(
    examples: int, seconds: float, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    drawn = some_that_optimise(some_that_note(some_with_identities(drawing())))
    print(check_drawn(drawn, agree, examples, seconds), "scenarios agree")


@pytest.mark.parametrize("drawing", [orchestrated_scenarios, sharing_scenarios], ids=["orchestrated", "sharing"])
@pytest.mark.parametrize(("examples", "seconds"), [(3, 0), pytest.param(MANY, SECONDS, marks=pytest.mark.slow)])
def test_engine_and_oracle_agree_where_profiles_are_mixed(
    examples: int, seconds: float, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    drawn = some_that_optimise(some_that_note(all_with_identities(drawing()), 100))
    print(check_drawn(drawn, agree, examples, seconds), "agree")


@pytest.mark.parametrize("drawing", [orchestrated_scenarios, sharing_scenarios], ids=["orchestrated", "sharing"])
@pytest.mark.parametrize(("examples", "seconds"), [(6, 0), pytest.param(MANY, SECONDS, marks=pytest.mark.slow)])
def test_engine_and_oracle_agree_where_messages_are_optimised(
    examples: int, seconds: float, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    drawn = some_that_optimise(some_that_note(some_with_identities(drawing())), 100)
    print(check_drawn(drawn, agree, examples, seconds), "agree")


def agree(drawn: Drawn) -> None:
    profiles = drawn_profiles(drawn.scenario, drawn.seed)
    world = replicated(drawn.scenario, drawn.reference, drawn.seed, 0, profiles)
    parted = difference(world, drawn.scenario, drawn.reference, drawn.seed, 0)
    assert parted is None, parted


def test_a_difference_is_shown_with_the_customer_and_both_sides() -> None:
    expected = [Event(3, float(day), "enter", "shop", "web", None) for day in range(9)]
    found = [*expected[:7], expected[7]._replace(time=7 + 2e-9), expected[8]]
    shown = first_difference(expected, found)
    assert shown is not None
    assert "1 of 1 customers differ; first customer 3 at event 7" in shown
    assert shown.count(">    7") == 2
    assert first_difference(expected, expected) is None
    assert first_difference(expected, expected[:-1]) is not None


def test_a_wrong_figure_is_shown_with_what_it_is_of() -> None:
    expected = {("sent", "loyal", "news", "email"): 3.0, ("daily margin", 2): 10.0}
    assert first_wrong_figure(expected, expected | {("daily margin", 2): 10 + 1e-8}) is None
    shown = first_wrong_figure(expected, {("daily margin", 2): 10.0, ("sent", "loyal", "news", "email"): 4.0})
    assert shown == "('sent', 'loyal', 'news', 'email'): 3.0 by the oracle, 4.0 by the engine"
    assert first_wrong_figure(expected, {("daily margin", 2): 10.0}) is not None
    assert first_wrong_figure({}, expected) is not None
