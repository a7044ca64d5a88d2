"""Whatever a scenario says, the engine is given the same types: others would have all of it compiled once more."""

from collections.abc import Callable

import pytest
from hypothesis.strategies import SearchStrategy
from numba import typeof

from sim.engine import compile_program
from sim.engine.memory.lane import new_lane
from sim.population import draw_population
from tests.drawing import check_drawn
from tests.engine.laid_out import scenario
from tests.oracle.identities import drawn_profiles, numbered, some_with_identities
from tests.strategies import Drawn, drawn_scenarios
from tests.strategies_sharing import sharing_scenarios


@pytest.mark.parametrize("drawing", [drawn_scenarios, sharing_scenarios], ids=["alone", "sharing"])
def test_tables_and_lane_have_the_same_types_for_every_scenario(drawing: Callable[[], SearchStrategy[Drawn]]) -> None:
    seen: set[tuple[str, str]] = set()

    def look(drawn: Drawn) -> None:
        program = compile_program(drawn.scenario, drawn.reference)
        population = draw_population(program.population, drawn.seed, 0)
        profiles = numbered(drawn_profiles(drawn.scenario, drawn.seed), program.channels)
        lane = new_lane(program, population, recording=drawn.seed % 2 == 0, profiles=profiles)
        seen.add((typeof(program.tables).name, typeof(lane.lane).name))

    check_drawn(some_with_identities(drawing()), look, 8)
    assert len(seen) == 1


def test_a_sum_of_nothing_is_a_number_like_any_other() -> None:
    nothing = scenario(personalization={"level": "segment", "over": []})
    every = scenario(personalization={"level": "segment", "over": ["content"]})
    one, other = (typeof(compile_program(each, each).tables) for each in (nothing, every))
    assert one == other
