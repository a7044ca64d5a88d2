"""Nothing is ignored: what nothing simulates yet is refused wherever it stands, and all else is read by something."""

import re
from pathlib import Path

import pytest

from sim.scenario import ScenarioError, new_text, override
from sim.scenario.declared import declared
from sim.scenario.reference import page
from sim.scenario.shape import attribute
from tests.builders import scenario, small
from tests.scenario.finding import findings
from tests.scenario.test_reference import every_field

DESK = {"id": "phone", "agents": 1, "service_minutes": 3}
LATER = {
    "targets": {"targets": {"retention_90": {"value": 0.66}}},
    "desks.phone.bot": {"desks": [{**DESK, "bot": {"containment": 0.3}}]},
    "touchpoints.start.importance": {
        "touchpoints": [{"id": "start", "start": True, "importance": 2}, *small()["touchpoints"][1:]]
    },
}


@pytest.mark.parametrize("address", LATER)
def test_what_is_not_simulated_yet_is_refused_in_a_file_and_wherever_a_value_is_set(address: str) -> None:
    [of_file] = findings(new_text(small(**LATER[address])))
    assert of_file.address == address
    with pytest.raises(ScenarioError) as of_override:
        override(scenario(desks=[DESK]), {address: "something"})
    arm = {"id": "later", "set": {address: "something"}}
    [of_arm] = findings(new_text(small(desks=[DESK], experiment={"arms": [arm]})))
    assert of_arm.address.startswith("experiment.arms.later.set.")
    for finding in (of_file, *of_override.value.findings, of_arm):
        assert finding.level == "error"
        assert "this version does not simulate" in finding.problem
        assert finding.remedy.startswith("remove")


ONLY_SHOWN = {"form", "content", "about", "layout", "annotations", "fitted"}
"""Beside those that say so."""
ELSEWHERE = {"lost_context", "bad_experience", "incentive", "price"}
"""Covariates, which are read by their index in the list of them all."""


def test_every_key_of_a_scenario_is_read_by_the_simulation_or_is_only_shown() -> None:
    root = Path(__file__).parents[2] / "sim"
    apart = {"orchestration.py", "journey.py", "channels_and_desks.py", "people.py", "experiment.py", "scenario.py"}
    apart |= {"later.py", "key.py", "said.py", "declared.py", "walking.py", "model.py", "reference.py"}
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in root.rglob("*.py")
        if not (path.parent.name == "checks" or (path.parent.name == "scenario" and path.name in apart))
    )
    read = set(re.findall(r"\.([a-z_]+)\b", sources)) | set(re.findall(r"[\"']([a-z_]+)[\"']", sources))
    unread = [(model, key) for model, key, _ in every_field() if not {key, attribute(model, key)} & read]
    ignored = {f"{model.__name__}.{key}" for model, key in unread if not declared(model, key).only_shown}
    assert {name.partition(".")[2] for name in ignored} <= ONLY_SHOWN | ELSEWHERE, ignored


def test_nothing_in_the_simulation_reads_what_is_only_shown() -> None:
    shown = {(model.__name__, key) for model, key, _ in every_field() if declared(model, key).only_shown}
    assert ("Touchpoint", "moment_of_truth") in shown
    root = Path(__file__).parents[2] / "sim"
    for folder in ("engine", "population", "outcomes", "experiment"):
        for path in (root / folder).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            assert not [key for _, key in shown if re.search(rf"\.{key}\b", source)], path


def test_each_family_of_distributions_is_documented_as_itself() -> None:
    normal = page().partition('### `family = "normal"`')[2].partition("###")[0]
    assert "Symmetric, with the given mean and standard deviation." in normal
    assert re.findall(r"^\| `(\w+)` \|", normal, re.MULTILINE) == ["mean", "sd"]
    assert len(re.findall(r"^Skewed to the right", page(), re.MULTILINE)) == 1
