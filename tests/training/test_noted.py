"""Profiles counted from the events are those that the oracle's brand has at the end."""

from typing import Any

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.scenario.profile import FACTS
from sim.training.noted import profiles_at
from tests.oracle.identities import drawn_profiles, numbered
from tests.oracle.played import SEED, case_of, played
from tests.oracle.scenarios_profiled import forgotten_profiles, little_noted


@pytest.mark.parametrize("name", ["noted on linked channels and not yet forgotten", "the brand notes little"])
def test_profiles_from_events_are_those_of_the_brand(name: str) -> None:
    of, world = case_of(name).scenario, played(name)
    program = compile_program(of, of)
    links = numbered(drawn_profiles(of, SEED), program.channels)
    history = simulate(program, SEED, 0, profiles=links, events=True)
    found = profiles_at(history, of, links, program.end)
    brand = {each.person.number: each.noted for each in world.customers if each.arrived}
    assert len(brand) > 100
    for row, number in enumerate(history.customers.number.tolist()):
        if number in brand:
            expected = [brand[number].answer(fact) for fact in FACTS]
            assert found[row].tolist() == pytest.approx(expected, abs=1e-6), (number, FACTS)
    assert all((found[:, at] > 0).any() for at, kind in enumerate(FACTS.values()) if kind in of.profile.facts)


def test_what_comes_later_is_not_known() -> None:
    of = case_of("noted on linked channels and not yet forgotten").scenario
    program = compile_program(of, of)
    links = numbered(drawn_profiles(of, SEED), program.channels)
    history = simulate(program, SEED, 0, profiles=links, events=True)
    begun = history.customers.arrival < 20
    early: Any = profiles_at(history, of, links, 20.0)
    assert (early[~begun][:, :4] == 0).all()
    assert 0 < early[begun][:, 0].sum() < (history.customers.contacts[begun]).sum()
    assert np.isfinite(early).all()


def test_the_scenarios_forget_and_leave_out() -> None:
    assert forgotten_profiles()["profile"]["keep_days"] < 10
    assert "contacts" not in little_noted()["profile"]["facts"]
