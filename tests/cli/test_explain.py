"""One customer's story on the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Journey, write_scenario
from tests.story.test_story import WATCHED


@pytest.fixture
def ran(journey: Journey) -> str:
    """A finished run of a scenario with messages, under rules and under none."""
    arms = [{"id": "rules"}, {"id": "nobody", "set": {"orchestration.policy": "none"}}]
    scenario = write_scenario(Path("told.toml"), **WATCHED, experiment={"replications": 2, "arms": arms})
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_a_story_is_told_in_words(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--customer", 3)
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0] == "Customer 3 · everyone · arm rules · replication 0"
    assert "Monday 05 January 2026, day 0" in lines
    assert '  00:00  customer  enters "start" on "Website"' in lines
    assert '  00:00  brand     "Hello" goes out on "mail" (rule "daily")  [knew: profile 0.2, visits 1]' in lines
    assert any('"daily" would send "Hello" on "mail": the cap is reached' in line for line in lines)
    assert lines[-2].startswith("At the end: ")
    assert lines[-1].startswith('Under "nobody" the same customer got 0 messages and ')


def test_the_document_holds_the_same_story(journey: Journey, ran: str) -> None:
    found = json.loads(journey("explain", "latest", "--customer", 3, "--replication", 1, "--json").out)
    assert (found["run"], found["arm"], found["replication"], found["customer"]) == (ran, "rules", 1, 3)
    moments = found["moments"]
    assert [moment["event"] for moment in moments[:2]] == ["enter", "experience"]
    assert {moment["reason"] for moment in moments if moment["event"] == "ruled_out"} == {"capped"}
    assert all(moment["date"].startswith("2026-01-") for moment in moments)
    other = json.loads(
        journey("explain", "latest", "--customer", 3, "--replication", 1, "--arm", "nobody", "--json").out
    )
    assert found["other_arms"] == [
        {"arm": "nobody", "name": "nobody", **{key: other[key] for key in ("status", "messages", "revenue")}}
    ]


def test_under_another_arm_the_same_customer_has_another_story(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--customer", 3, "--arm", "nobody")
    assert told.code == 0
    assert "brand" not in told.out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--customer", 100), "there is no such customer; those who come by themselves are 0 to 99"),
        (("--customer", "x"), "give a number from 0, or CHANNEL:N for one bought on a channel"),
        (("--customer", "radio:1"), 'there is no channel "radio"; there are'),
        (("--customer", 1, "--arm", "other"), "has no such arm; it has rules, nobody"),
        (("--customer", 1, "--replication", 7), "has no replication 7 in the store; there are 2, from 0 to 1"),
    ],
)
def test_who_is_not_there_is_told(journey: Journey, ran: str, options: tuple[object, ...], says: str) -> None:
    ended = journey("explain", ran, *options)
    assert ended.code == 2
    assert says in ended.err
    assert ended.err.count("\n") == 1
