"""What is doubtful about messages that are optimised for each customer is said where it stands (model 33)."""

from typing import Any

import pytest

from sim.scenario import new_text
from tests.builders import small
from tests.scenario.finding import findings

MAIL = {"id": "mail", "channels": ["web"]}
BY_RULES = {"policy": "rules", "optimise": ["hour"]}


def of(orchestration: dict[str, Any], **changes: Any) -> list[tuple[str, str, str]]:
    rule = {"id": "rule", "when": {"tick": True}, "do": "mail"}
    tables = {"orchestration": orchestration, "actions": [MAIL], "rules": [rule], **changes}
    return [(each.level, each.address, each.problem) for each in findings(new_text(small(**tables)))]


@pytest.mark.parametrize("policy", ["rules", "bandit", "random"])
def test_the_hour_is_optimised_under_every_policy_that_acts(policy: str) -> None:
    both = {"channels": [{"id": "web"}, {"id": "app"}], "actions": [{"id": "mail", "channels": ["web", "app"]}]}
    assert of(BY_RULES | {"policy": policy}, **both) == []


@pytest.mark.parametrize("policy", ["bandit", "random", "next_best_action"])
def test_a_channel_is_not_optimised_under_a_policy_that_chooses_it(policy: str) -> None:
    both = {"channels": [{"id": "web"}, {"id": "app"}], "actions": [{"id": "mail", "channels": ["web", "app"]}]}
    found = of({"policy": policy, "optimise": ["hour", "channel"]}, **both)
    errors = [(where, problem) for level, where, problem in found if level == "error"]
    assert errors == [
        (
            "orchestration.optimise",
            f'the policy "{policy}" chooses the channel itself, so it cannot be optimised beside that',
        )
    ]
    assert of({"policy": "rules", "optimise": ["channel"]}, **both) == []


@pytest.mark.parametrize("policy", ["bandit", "random", "next_best_action"])
def test_content_is_not_optimised_under_a_policy_that_chooses_the_action(policy: str) -> None:
    found = of({"policy": policy, "optimise": ["content"]})
    errors = [(where, problem) for level, where, problem in found if level == "error"]
    problem = f'the policy "{policy}" chooses the action itself, so its content cannot be optimised beside that'
    assert errors == [("orchestration.optimise", problem)]


def test_content_needs_alternatives_with_another_one() -> None:
    def letters(other: str, *alternatives: str) -> dict[str, Any]:
        tones = {"mail": "formal", "warm": other}
        return {
            "actions": [{**MAIL, "id": id_, "content": {"tone": tone}} for id_, tone in tones.items()],
            "rules": [{"id": "rule", "when": {"tick": True}, "do": "mail", "alternatives": alternatives}],
        }

    by = {"policy": "rules", "optimise": ["content"]}
    assert of(by, **letters("friendly", "warm")) == []
    for tables in (letters("friendly"), letters("formal", "warm")):
        [(level, where, problem)] = of(by, **tables)
        assert (level, where) == ("warning", "orchestration.optimise")
        assert "no rule has alternatives whose content is another" in problem
    [(level, where, problem)] = of(by, profile={"facts": ["messages"]}, **letters("friendly", "warm"))
    assert (level, where) == ("warning", "profile.facts")
    assert "what each customer responded to, but that is not noted" in problem


def test_a_content_that_no_action_has_is_told() -> None:
    segments = [{"id": "a", "content": {"tone": {"freindly": 1, "formal": {"mean": 0, "sd": 1}}}}]
    actions = [{**MAIL, "content": {"tone": "formal"}}]
    [(level, where, problem)] = of({"policy": "rules"}, segments=segments, actions=actions)
    assert (level, where) == ("warning", "segments.a.content.tone.freindly")
    assert problem == 'no action has the tone "freindly", so nobody sees it'


def test_without_a_policy_it_does_nothing() -> None:
    [(level, where, problem)] = of(BY_RULES | {"policy": "none"})
    assert (level, where) == ("warning", "orchestration.optimise")
    assert "without a policy" in problem


def test_where_no_message_may_wait_it_does_nothing() -> None:
    for action in ({"id": "mail", "kind": "popover"}, MAIL | {"transactional": True}):
        [(level, where, problem)] = of(BY_RULES, actions=[action])
        assert (level, where) == ("warning", "orchestration.optimise")
        assert "no rule sends a message that may wait" in problem


def test_what_customers_open_has_to_be_noted() -> None:
    [(level, where, problem)] = of(BY_RULES, profile={"facts": ["contacts"]})
    assert (level, where) == ("warning", "profile.facts")
    assert "messages are optimised by what each customer opened, but none is noted" in problem


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("optimise", ["week"]),
        ("optimise_from", 0),
        ("optimise_from", 2.5),
        ("optimise_prior", 0),
        ("optimise_share", 2),
    ],
)
def test_impossible_values_are_errors(key: str, value: Any) -> None:
    [(level, where, _)] = of(BY_RULES | {key: value})
    assert level == "error"
    assert where.startswith(f"orchestration.{key}")
