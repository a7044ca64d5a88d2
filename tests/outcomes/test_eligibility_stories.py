"""Where a customer stands towards an action, against what their story tells: 200 customers, one by one."""

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import STEPS
from sim.experiment.profiles import profiles_of
from sim.experiment.scale import with_customers
from sim.outcomes.eligibility import eligibility_table
from sim.scenario import load, variants
from sim.scenario.resolve import enabled_rules
from sim.scenario.scenario import Scenario
from sim.shipped import shipped_scenarios
from sim.story import Story, story

UNTOLD = ("left", "pending", "not-there", "unavailable")
"""What is still to come is no moment; what cannot be shown or sent at all is noted of a rule's own action alone."""
STORIES = 200


def furthest_told(told: Story, scenario: Scenario, actions: tuple[str, ...]) -> dict[str, str]:
    """By action, the furthest step of which the story tells."""
    does = {rule.id: rule.do for rule in enabled_rules(scenario)}
    furthest = dict.fromkeys(actions, STEPS[0])
    for moment in told.moments:
        action, step = moment.action, None
        if moment.event == "sent":
            step = "sent"
        elif moment.event == "considered":
            step = "other-action"
        elif moment.event == "ruled_out":
            step = moment.reason
        elif moment.event == "passed_over" and moment.reason != "under-way":
            action, step = does[moment.rule or ""], "condition"
        if step in STEPS and action and STEPS.index(step) > STEPS.index(furthest[action]):
            furthest[action] = step
    return furthest


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "arm"),
    [
        ("cart-recovery", "rules"),
        ("bandit-vs-rules", "learning"),
        ("win-back", "offers"),
        ("identity-gap", "as-left"),
        ("next-best-action", "next-best-action"),
    ],
)
def test_the_steps_of_200_customers_are_those_that_their_stories_tell(name: str, arm: str) -> None:
    of = next(each for each in variants(load(shipped_scenarios()[name])) if each.id == arm)
    scenario = with_customers(of.scenario, STORIES)
    program, links = compile_program(scenario, scenario), profiles_of(scenario, 5)
    found = simulate(program, 5, 0, profiles=links)
    arrived = found.customers.arrival <= found.horizon
    assert sum(arrived) > STORIES / 2
    compared: set[str] = set()
    for row, number in enumerate(found.customers.number.tolist()):
        watched = simulate(program, 5, 0, watched=number, profiles=links)
        told = furthest_told(story(watched, scenario, number, links), scenario, found.actions)
        for at, action in enumerate(found.actions):
            stands = STEPS[found.steps[row, at]]
            if stands not in UNTOLD:
                assert told[action] == stands, (number, action)
                compared.add(stands)
    assert {"not-triggered", "sent"} <= compared
    table = eligibility_table(found, arrived)
    for at, action in enumerate(found.actions):
        steps = np.bincount(found.steps[arrived, at], minlength=len(STEPS))
        assert table[action] == {step: count for step, count in zip(STEPS, steps.tolist(), strict=True) if count}
