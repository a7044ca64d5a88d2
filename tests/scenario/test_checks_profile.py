"""What is doubtful about `[profile]` is said where it stands, and what looks at profiles is known."""

from typing import Any

import pytest

from sim.scenario import new_text
from tests.builders import small
from tests.scenario.finding import findings

MAIL = {"id": "mail", "channels": ["web"]}


def of(condition: list[Any], **changes: Any) -> list[tuple[str, str, str]]:
    rule = {"id": "rule", "when": {"tick": True}, "do": "mail", "if": [condition]}
    tables = {"orchestration": {"policy": "rules"}, "actions": [MAIL], "rules": [rule], **changes}
    return [(each.level, each.address, each.problem) for each in findings(new_text(small(**tables)))]


@pytest.mark.parametrize("name", ["contacts", "purchases", "messages", "responses", "revenue", "idle_days"])
def test_rules_may_ask_for_every_fact(name: str) -> None:
    assert of([f"profile.{name}", ">=", 2.5]) == []
    assert of(["scores.keen", ">", 0.5], scores={"keen": {"weights": {f"profile.{name}": 0.2}}}) == []


def test_what_is_no_fact_is_an_error_with_the_nearest() -> None:
    [(level, where, problem)] = of(["profile.purchase", ">", 1])
    assert (level, where) == ("error", "rules.rule.if.1")
    assert "profile.purchase" in problem
    [(level, _, problem)] = of(["profile.contacts", "==", "many"])
    assert (level, problem) == ("error", '"profile.contacts" is a number, but this is "many"')


def test_facts_that_are_asked_for_and_not_noted_are_told() -> None:
    for name, kind in (("revenue", "purchases"), ("idle_days", "contacts"), ("messages", "messages")):
        kept = [each for each in ("contacts", "purchases", "messages", "responses") if each != kind]
        [(level, where, problem)] = of([f"profile.{name}", ">", 1], profile={"facts": kept})
        assert (level, where) == ("warning", "profile.facts")
        assert f"profile.{name}" in problem
    assert of(["visits", ">", 1], profile={"facts": []}) == []


@pytest.mark.parametrize("days", [0, -1, "week"])
def test_facts_are_kept_for_some_time(days: Any) -> None:
    [(level, where, _)] = of(["profile.contacts", ">", 1], profile={"keep_days": days})
    assert (level, where) == ("error", "profile.keep_days")
