"""Of drawn customers the story says how far they came towards each action, as the engine keeps it."""

from collections.abc import Callable, Iterable
from itertools import groupby

import numpy as np
import pytest
from hypothesis.strategies import SearchStrategy

from sim.engine import compile_program, simulate
from sim.engine.memory.history import STEPS
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.resolve import policy_of
from sim.scenario.scenario import Scenario
from sim.story import Moment, story
from tests.drawing import check_drawn
from tests.strategies import Drawn
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

IN_SILENCE = ("left", "pending")
"""A sequence that began and of which nothing was checked leaves no word in a story."""
EACH = 5


def told(moments: Iterable[Moment], of: Scenario) -> dict[str, str]:
    """By action, the furthest step that the story tells."""
    found: dict[str, str] = {}
    rules = {rule.id: rule for rule in of.rules}
    kinds = {action.id: action for action in of.actions if action.enabled}

    def come(action: str | None, step: str) -> None:
        if action is not None:
            found[action] = max(found.get(action, STEPS[0]), step, key=STEPS.index)

    for moment in moments:
        if moment.event == "passed_over" and moment.reason != "under-way":
            come(moment.action, "condition")
        elif moment.event == "ruled_out":
            come(moment.action, moment.reason or "")
        elif moment.event == "considered":
            come(moment.action, "other-action")
        elif moment.event == "sent":
            come(moment.action, "sent")
    if policy_of(of).chooses:
        for (_, rule), chosen in groupby(
            (moment for moment in moments if moment.event == "considered" or moment.reason == "not-there"),
            key=lambda moment: (moment.time, moment.rule),
        ):
            if rule in rules and kinds[rules[rule].do].kind not in MESSAGES:
                others = rules[rule].alternatives if "actions" in of.orchestration.learns else ()
                there = {moment.action for moment in chosen if moment.event == "considered"}
                enabled = {channel.id for channel in of.channels if channel.enabled}
                for action in {rules[rule].do, *others} - there:
                    listed = kinds[action].channels if action in kinds else ()
                    if action == rules[rule].do or (action in kinds and (not listed or enabled & set(listed))):
                        come(action, "not-there")
    return found


@pytest.mark.parametrize("drawing", [orchestrated_scenarios, sharing_scenarios], ids=["alone", "sharing"])
@pytest.mark.parametrize("scenarios", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_the_step_that_a_story_tells_is_the_one_that_the_engine_keeps(
    scenarios: int, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    compared = []

    def agree(drawn: Drawn) -> None:
        of = drawn.scenario
        program = compile_program(of, drawn.reference)
        whole = simulate(program, drawn.seed, 0)
        arrived = np.flatnonzero(whole.customers.arrival <= whole.horizon)
        for row in arrived[:: max(1, len(arrived) // EACH)][:EACH].tolist():
            number = int(whole.customers.number[row])
            watched = simulate(program, drawn.seed, 0, watched=number)
            [again] = np.flatnonzero(watched.customers.number == np.uint64(number))
            assert (watched.steps[again] == whole.steps[row]).all()
            moments = story(watched, of, number).moments
            found = told(moments, of)
            for index, action in enumerate(whole.actions):
                step, says = STEPS[whole.steps[row, index]], found.get(action, STEPS[0])
                if step in IN_SILENCE or (step == "unavailable" and not channels_left(of, action)):
                    assert STEPS.index(says) < STEPS.index("left"), (number, action, step, says)
                else:
                    assert says == step, (number, action, step, says)
                compared.append(step)

    check_drawn(drawing(), agree, scenarios)
    assert len(compared) >= scenarios


def channels_left(of: Scenario, action: str) -> bool:
    """Whether any channel of an action is enabled."""
    enabled = {channel.id for channel in of.channels if channel.enabled}
    return any(set(each.channels) & enabled for each in of.actions if each.id == action)
