"""`journey staff`: agents for a list of calls, and for a desk of a stored run."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Journey, write_scenario

CALLS = "12 8 6 5 5 8 20 45 70 85 90 88 80 78 82 80 70 60 48 40 32 26 20 15"
CENTRE = ("--minutes", 4, "--patience", 8, "--occupancy", 85, "--shrinkage", 30)


def test_a_day_of_calls(journey: Journey) -> None:
    told = journey("staff", "--calls", CALLS, *CENTRE)
    assert (told.code, told.err) == (0, "")
    first, head, midnight, *rest = told.out.splitlines()
    assert first == (
        "To serve 80 of 100 within 20 seconds takes 193 agent-hours a day on the roster by Erlang C, where nobody "
        "gives up, and 184 by Erlang A, where they do."
    )
    assert head.split() == ["From", "Asked", "an", "hour", "At", "the", "desk", "Erlang", "A", "Erlang", "C"]
    assert midnight.split() == ["00:00", "12", "2", "3", "5"]
    assert len(rest) == 23


def test_the_same_as_json(journey: Journey) -> None:
    told = json.loads(journey("staff", "--calls", CALLS.replace(" ", ","), *CENTRE, "--json").out)
    assert told["agent_hours"] == {"erlang_a": 184, "erlang_c": 193}
    assert told["intervals"][8]["begin"] == 8
    without = json.loads(journey("staff", "--calls", CALLS, "--minutes", 4, "--json").out)
    assert without["agent_hours"]["erlang_a"] == without["agent_hours"]["erlang_c"]
    assert "Erlang A" not in without["answer"]


@pytest.fixture
def ran(journey: Journey) -> str:
    """A run with one desk that is open by day."""
    desk = {"id": "desk", "name": "Help", "shifts": [{"from": 8, "to": 18, "agents": 3}], "service_minutes": 6}
    changes = {
        "horizon": 7,
        "population": {"size": 1500, "arrivals": {"pattern": "poisson"}},
        "desks": [desk],
        "touchpoints": [{"id": "call", "start": True, "desk": "desk"}, {"id": "end", "exit": "completed"}],
        "transitions": [{"from": "call", "to": "end", "share": 1, "delay": 1}],
        "experiment": {"replications": 2},
    }
    scenario = write_scenario(Path("told.toml"), **changes)
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_a_desk_of_a_run(journey: Journey, ran: str) -> None:
    told = journey("staff", ran, "--days", "mon-fri")
    assert (told.code, told.err) == (0, "")
    first, head, *lines = told.out.splitlines()
    assert first.startswith('Of 100 who ask at "Help" ')
    assert "ask while nobody works" in first
    assert head.startswith("From")
    assert len(lines) == 48
    assert lines[15].split()[:1] == ["07:30"]
    assert lines[15].split()[2:5] == ["0", "%", "0"]
    assert lines[16].split()[4] == "3"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("latest", "--calls", "1"), "one of them"),
        (("--calls", "1 x"), "give numbers from 0"),
        (("--calls", "1 2 3 4 5 6 7"), "7 numbers do not part a day evenly"),
        (("latest", "--desk", "front"), "has no such desk; it has desk"),
        (("latest", "--days", "someday"), 'no weekday "someday"'),
        (("latest", "--arm", "x"), "has no such arm"),
    ],
)
def test_what_cannot_be_meant_is_told(journey: Journey, ran: str, options: tuple[str, ...], says: str) -> None:
    ended = journey("staff", *options)
    assert ended.code == 2
    assert says in ended.err
