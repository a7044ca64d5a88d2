"""Each shipped scenario has things to try that can be tried, and that make a difference."""

import pytest

from app.first_steps.things_to_try import Thing, things_to_try
from sim.experiment import run
from sim.scenario import Arm, ScenarioFile, get, open_scenario, variants
from sim.shipped import shipped_scenarios

CASES = [
    pytest.param(id_, thing, id=f"{id_}: {thing.title}") for id_, listed in things_to_try().items() for thing in listed
]


def arms_of(file: ScenarioFile, thing: Thing) -> list[Arm]:
    """The arm that it starts from, and itself."""
    given = {arm.id: arm.set for arm in file.scenario.experiment.arms}
    assert thing.like is None or thing.like in given
    before = dict(given[thing.like]) if thing.like is not None else {}
    return [Arm(id="before", set=before), Arm(id="tried", set=thing.overrides(given))]


def test_each_shipped_scenario_has_three_or_four_things_to_try_and_nothing_else_has() -> None:
    assert sorted(things_to_try()) == sorted(shipped_scenarios())
    assert all(len(listed) in (3, 4) for listed in things_to_try().values())


@pytest.mark.parametrize("id_", sorted(things_to_try()))
def test_what_the_description_of_a_scenario_suggests_can_be_tried(id_: str) -> None:
    about = open_scenario(shipped_scenarios()[id_]).scenario.about
    suggested = {word for word in about.split("**Try**")[1].split("`")[1::2] if "." in word}
    offered = {address for thing in things_to_try()[id_] for address in thing.do}
    # A part of a value, such as the daily amount of a budget, may be offered as the whole value.
    missing = {word for word in suggested if word not in offered and word.rpartition(".")[0] not in offered}
    assert not missing


@pytest.mark.parametrize(("id_", "thing"), CASES)
def test_a_thing_to_try_can_be_tried(id_: str, thing: Thing) -> None:
    file = open_scenario(shipped_scenarios()[id_])
    before, tried = variants(file, arms_of(file, thing))
    assert all(get(tried.scenario, address) is not None for address in thing.do)
    assert before.scenario != tried.scenario


@pytest.mark.slow
@pytest.mark.parametrize(("id_", "thing"), CASES)
def test_trying_it_makes_a_difference(id_: str, thing: Thing) -> None:
    file = open_scenario(shipped_scenarios()[id_])
    results = run(file, arms=arms_of(file, thing), customers=1500, replications=1, workers=1)
    before, tried = results.replications[0].arms
    assert before.outcomes["all"] != tried.outcomes["all"]
