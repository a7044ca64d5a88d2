"""What optimising messages seems to bring and what it brings, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Journey, write_scenario
from tests.oracle.scenarios_optimised import best_hours

ARMS = [
    {"id": "at-once", "set": {"orchestration.optimise": []}},
    {"id": "half", "name": "Half of them", "set": {"orchestration.optimise_share": 0.5}},
    {"id": "all", "set": {"orchestration.optimise_share": 1}},
]


@pytest.fixture
def ran(journey: Journey) -> str:
    """A finished run of three arms, in one of which nothing is optimised."""
    tables: dict[str, Any] = best_hours(experiment={"replications": 2, "arms": ARMS})
    scenario = write_scenario(Path("hours.toml"), **tables)
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_the_lifts_are_told_of_the_first_arm_that_optimises(journey: Journey, ran: str) -> None:
    told = journey("explain", ran, "--lift")
    assert told.code == 0
    first = told.out.splitlines()[0]
    assert first.startswith("Customers whose messages are optimised open ")
    assert "The same customers open " in first
    found = json.loads(journey("explain", ran, "--lift", "--json").out)
    assert (found["arm"], found["replications"]) == ("half", 2)
    assert list(found["lifts"]) == ["apparent", "tested", "true"]
    whole = json.loads(journey("explain", ran, "--lift", "--arm", "all", "--json").out)
    assert list(whole["lifts"]) == ["apparent", "true"]
    for lift in whole["lifts"].values():
        moved = lift["optimised"]["mean"] - lift["others"]["mean"]
        assert lift["difference"]["mean"] == pytest.approx(moved)
    assert set(whole["differences"]) == {"conversion_rate", "profit"}


def test_the_rates_are_those_of_the_run(journey: Journey, ran: str) -> None:
    shown = json.loads(journey("show", ran, "--json").out)
    [arm] = [each for each in shown["arms"] if each["id"] == "all"]
    rates = {id_: interval["mean"] for id_, interval in arm["outcomes"].items()}
    apparent = json.loads(journey("explain", ran, "--lift", "--arm", "all", "--json").out)["lifts"]["apparent"]
    assert apparent["optimised"]["mean"] == pytest.approx(rates["open_rate_optimised"])
    assert apparent["others"]["mean"] == pytest.approx(rates["open_rate_little_known"])


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--lift", "--arm", "at-once"), "--arm at-once: nothing is optimised there; arms in which it is: half, all"),
        (("--lift", "--customer", 1), "give --customer N for somebody's story, --action ID for who gets an action"),
        (("--lift", "--arm", "none"), "--arm none: run"),
    ],
)
def test_what_makes_no_sense_is_refused(
    journey: Journey, ran: str, arguments: tuple[str | int, ...], problem: str
) -> None:
    told = journey("explain", ran, *arguments)
    assert told.code != 0
    assert problem in told.err


def test_a_run_that_optimises_nothing_has_no_lift(journey: Journey) -> None:
    scenario = write_scenario(Path("plain.toml"), experiment={"replications": 1})
    run = json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"]
    told = journey("explain", run, "--lift")
    assert told.code != 0
    assert "no arm in which orchestration.optimise says what is optimised" in told.err
