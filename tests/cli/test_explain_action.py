"""Who gets an action and who does not, on the command line."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.left_out import gets_it_less, lost_at
from sim.outcomes.eligibility_steps import ELIGIBILITY_STEPS
from tests.cli.conftest import Journey, write_scenario
from tests.story.test_story import WATCHED

LABELS = {step.label for step in ELIGIBILITY_STEPS}
SHY = {"id": "shy", "share": 1, "opt_in": {"mail": 0.2}, "attributes": {"size": {"small": 1, "large": 1}}}
KEEN = {"id": "keen", "name": "Keen people", "share": 1, "attributes": {"size": {"small": 1, "large": 3}}}
ARMS = [{"id": "nobody", "set": {"orchestration.policy": "none"}}, {"id": "rules", "name": "By rules"}]


@pytest.fixture
def ran(journey: Journey) -> str:
    """A finished run of 100 days, of two segments with an attribute, under none and under rules."""
    changes: dict[str, Any] = WATCHED | {
        "horizon": 100,
        "segments": [SHY, KEEN],
        "population": {"size": 200},
        "experiment": {"replications": 2, "arms": ARMS},
    }
    scenario = write_scenario(Path("told.toml"), **changes)
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_the_first_sentence_answers_and_the_steps_add_up(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--action", "hello")
    assert (told.code, told.err) == (0, "")
    first, *lines = told.out.splitlines()
    assert re.fullmatch(
        r'Of 100 customers \d+ could have got "Hello"; \d+ did\. Most are lost at: opted out \(\d+\)\.', first
    )
    assert lines[0] == 'Under "By rules", replication 0: 200 customers arrived.'
    rows = [line for line in lines if any(line.startswith(label) for label in LABELS)]
    assert sum(int(re.split(r" {2,}", row)[1]) for row in rows) == 200
    assert any(line.startswith("In all 2 replications ") for line in lines)
    assert any(line.startswith("Keen people ") for line in lines)
    assert any(line.startswith("shy gets it less often: ") for line in lines)
    assert any(line.startswith("small ") for line in lines)
    assert any(line.startswith("Got nothing in 90 days, from any action: ") for line in lines)


def test_the_document_agrees_with_the_run_and_with_the_store(journey: Journey, ran: str, tmp_path: Path) -> None:
    found = json.loads(journey("explain", ran, "--action", "hello", "--replication", 1, "--json").out)
    assert (found["run"], found["arm"], found["replication"], found["action"]) == (ran, "rules", 1, "hello")
    steps = found["everybody"]["steps"]
    for groups in (found["segments"], found["attributes"]["size"]):
        assert sum(each["customers"] for each in groups.values()) == found["everybody"]["customers"] == 200
        for step, count in steps.items():
            assert sum(each["steps"].get(step, 0) for each in groups.values()) == count
    assert found["worse"] == ["shy", "size small"]  # most of the small are shy
    with sqlite3.connect(tmp_path / "data" / "journey.sqlite") as store:
        query = "select step, value from eligibility where run = ? and arm = 'rules' and replication = 1"
        assert dict(store.execute(query, (ran,)).fetchall()) == steps
    [_, arm] = json.loads(journey("show", ran, "--json").out)["arms"]
    share = arm["eligibility"]["hello"]["sent"]["share"]
    assert {end: share[end] for end in ("mean", "lo", "hi")} == found["all_replications"]["sent"]
    assert arm["segment_eligibility"]["keen"]["hello"]["sent"]["customers"] > 0


def test_what_no_rule_sends_under_an_arm_is_told_in_one_sentence(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--action", "hello", "--arm", "nobody")
    assert told.out.splitlines()[0] == 'Nobody gets "Hello" under this arm: no rule sends or shows it.'
    assert "Segment" not in told.out


def test_what_each_limit_costs_is_told_of_the_same_customers(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--action", "hello", "--costs")
    assert told.code == 0
    lines = told.out.splitlines()
    [as_it_is] = [line for line in lines if line.startswith("(as it is) ")]
    assert float(as_it_is.split()[-1]) > 0
    assert sum(line.startswith("The rule ") for line in lines) == 2
    assert any(line.startswith("Cap by mail: 1 in 5 days") for line in lines)
    found = json.loads(journey("explain", ran, "--action", "hello", "--costs", "--json").out)
    costs = found["costs"]
    assert costs["replications"] == 2
    assert costs["got"] == pytest.approx(found["all_replications"]["sent"]["mean"])
    *_, daily, later = costs["without"]
    assert (daily["set"], later["set"]) == ({"rules.daily.enabled": False}, {"rules.later.enabled": False})
    assert daily["got"] < costs["got"] == later["got"]  # who is greeted daily needs no other rule


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--customer", 1, "--costs"), "--costs: this goes with --action ID"),
        (("--action", "helo"), 'has no action "helo"; did you mean "hello"?'),
        (("--action", "zzz"), 'has no action "zzz"; known actions: hello'),
        ((), "give --customer N for somebody's story, --action ID for who gets an action, --watch for whether"),
        (("--action", "hello", "--customer", 1), "one of them"),
        (("--action", "hello", "--arm", "other"), "has no such arm; it has nobody, rules"),
    ],
)
def test_what_is_not_there_is_told(journey: Journey, ran: str, options: tuple[object, ...], says: str) -> None:
    ended = journey("explain", ran, *options)
    assert ended.code == 2
    assert says in ended.err
    assert ended.err.count("\n") == 1


def test_a_run_without_actions_says_so(journey: Journey, scenario: Path) -> None:
    run = json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"]
    ended = journey("explain", run, "--action", "hello")
    assert ended.code == 2
    assert f"run {run} has no actions; add one and a rule that sends it" in ended.err


def test_figures_that_are_not_those_stored_are_refused(journey: Journey, ran: str, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "data" / "journey.sqlite") as store:
        store.execute("update eligibility set value = value + 1 where step = 'sent'")
    store.close()
    ended = journey("explain", ran, "--action", "hello")
    assert ended.code != 0
    assert "customers stand on other steps towards an action" in ended.err


def test_a_group_gets_it_less_only_if_chance_does_not_explain_it() -> None:
    everybody = {"sent": 500.0, "capped": 500.0}
    assert gets_it_less({"sent": 30.0, "capped": 70.0}, everybody)
    assert not gets_it_less({"sent": 45.0, "capped": 55.0}, everybody)
    assert not gets_it_less({"sent": 90.0, "capped": 10.0}, everybody)
    assert not gets_it_less(everybody, everybody)


def test_who_needs_it_no_longer_is_not_lost() -> None:
    assert lost_at({"without": 50.0, "pending": 20.0, "capped": 3.0, "condition": 90.0, "sent": 1.0}) == "capped"
    assert lost_at({"without": 50.0, "sent": 1.0}) is None
