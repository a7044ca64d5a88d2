"""What makes a journey hard, on the command line."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Journey, write_scenario

HARD = [
    {"id": "start", "start": True},
    {"id": "middle", "name": "Fills in a form", "effort": 6},
    {"id": "done", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
    {"id": "gone", "exit": "churn"},
]


@pytest.fixture
def ran(journey: Journey) -> str:
    scenario = write_scenario(
        Path("form.toml"), touchpoints=HARD, population={"size": 2000}, experiment={"replications": 3}
    )
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_the_pain_points_are_told_with_what_relieving_them_brings(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--pains")
    assert told.code == 0
    assert told.out.startswith("Leaving from “Fills in a form” costs most: without it, profit changes by +")
    assert "Effort at “Fills in a form”" in told.out
    assert "6.0 of 7" in told.out
    assert "3 replications; the brackets hold the simulation error (95 %)." in told.out

    found = json.loads(journey("explain", ran, "--pains", "--json").out)
    assert (found["run"], found["arm"], found["replications"], found["left_out"]) == (ran, "base", 3, 0)
    leaving, effort = found["pain_points"]
    assert (leaving["kind"], leaving["touchpoints"], leaving["desk"]) == ("leaving", ["middle"], None)
    assert effort["set"] == {"touchpoints.middle.effort": 1}
    assert leaving["differences"]["profit"]["mean"] > effort["differences"]["profit"]["mean"] > 0


def test_one_thing_is_told_at_a_time(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--pains", "--customer", 1)
    assert told.code == 2
    assert "--pains for what is hard; one of them" in told.err
    assert journey("explain", ran, "--pains", "--arm", "none").code == 2
