"""Every policy that a scenario may name does what is said of it."""

from typing import get_args

import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.scenario.policies import POLICIES, PolicyName
from tests.engine.brands import MAIL, brand


def test_the_names_are_those_of_the_rows() -> None:
    assert get_args(PolicyName) == tuple(POLICIES)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_sends_and_weighs_what_its_row_says(policy: PolicyName) -> None:
    of = brand(
        orchestration={"policy": policy},
        actions=[MAIL, {**MAIL, "id": "other"}],
        gains=[{"id": "mailing", "action": "mail", "gain": 1}],
        rules=[{"id": "welcome", "when": {"entered": "home"}, "do": "mail", "alternatives": ["other"]}],
    )
    history = simulate(compile_program(of, of), 1, 0, watched=0)
    assert history.events is not None
    happened = {EVENTS[code] for code in history.events.event.tolist()}
    said = POLICIES[policy]
    assert ("sent" in happened) == said.acts
    assert ("considered" in happened) == said.chooses == bool(said.holds)
    assert said.acts >= said.chooses >= said.learns
