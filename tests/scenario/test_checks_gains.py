"""Findings about what actions bring (model 29)."""

from typing import Any

import pytest

from sim.scenario import new_text
from tests.builders import small
from tests.scenario.finding import findings

BRAND: dict[str, Any] = {
    "channels": [{"id": "web"}, {"id": "mail"}],
    "actions": [{"id": "hello", "channels": ["mail"]}],
    "rules": [{"id": "greet", "when": {"entered": "start"}, "do": "hello"}],
}
GAIN = {"id": "of-hello", "action": "hello", "gain": 1}


def found(policy: str = "next_best_action", **more: Any) -> list[tuple[str, str, str]]:
    orchestration = {"policy": policy} | more.pop("orchestration", {})
    text = new_text(small(**BRAND, orchestration=orchestration, **more))
    return [(finding.level, finding.address, finding.problem) for finding in findings(text)]


def test_gains_that_fit_are_fine() -> None:
    assert found(gains=[GAIN]) == []
    assert found("random") == []


@pytest.mark.parametrize(("fallback", "does"), [("nothing", "sends nothing"), ("rule", "does what each rule says")])
def test_next_best_action_without_gains_is_doubtful(fallback: str, does: str) -> None:
    [(level, address, problem)] = found(orchestration={"fallback": fallback})
    assert (level, address) == ("warning", "orchestration.policy")
    assert problem == f"there are no gains to go by, so next best action always {does}"


@pytest.mark.parametrize(
    ("more", "level", "address", "problem"),
    [
        ({"segment": "nobody"}, "error", "gains.more.segment", 'there is no segment "nobody"'),
        ({"stage": "nowhere"}, "error", "gains.more.stage", 'there is no stage "nowhere"'),
        ({"action": "helo"}, "error", "gains.more.action", 'there is no action "helo"'),
        ({"channel": "web"}, "warning", "gains.more.channel", '"hello" does not have the channel "web"'),
        ({}, "warning", "gains.more", '"of-hello" is of the same action, channel, segment and stage'),
    ],
)
def test_gains_that_never_count_are_told(more: dict[str, Any], level: str, address: str, problem: str) -> None:
    [told] = found(gains=[GAIN, {"id": "more", "action": "hello", "gain": 2} | more])
    assert told[:2] == (level, address)
    assert told[2].startswith(problem)


def test_a_policy_that_may_choose_nothing_needs_something_to_choose() -> None:
    receipt = {"id": "hello", "channels": ["mail"], "transactional": True}
    text = new_text(small(**BRAND | {"actions": [receipt]}, orchestration={"policy": "random"}))
    [told] = findings(text)
    assert told.problem.startswith("this policy has nothing to choose")
