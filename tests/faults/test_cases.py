"""Scenarios that other people's tools stumbled over, through the commands: a plain answer for each."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Journey
from tests.shared import shared

FEW = ("--customers", 100, "--replications", 3, "--workers", 1, "--db", "s.sqlite")


def case(name: str) -> Path:
    return shared("cases", f"{name}.toml")


def test_a_scenario_without_any_outcome_is_simulated_and_says_so(journey: Journey) -> None:
    ended = journey("run", case("27_no_outcome"), *FEW)
    assert (ended.code, ended.err) == (0, "")
    assert "Nothing in this journey is a goal, an exit, a desk or money" in " ".join(ended.out.split())
    compared = journey("compare", case("27_no_outcome"), "--arm", "now", "--arm", "more:population.size=50", *FEW)
    assert compared.code == 0
    for command in (["show", "latest"], ["explain", "latest", "--customer", 0], ["export", "latest", "-o", "out"]):
        assert journey(*command, "--db", "s.sqlite").code == 0


def test_a_delay_far_below_0_is_said_in_whole_percent_and_never_ends(journey: Journey) -> None:
    ended = journey("run", case("27_loop_negnormal"), *FEW)
    assert ended.code == 2
    assert "100 % of the values would be below 0" in ended.err
    assert "e+0" not in ended.err


def test_no_limit_of_a_share_is_beyond_0_and_1(journey: Journey) -> None:
    ended = journey("run", case("34_ci_over_100"), "--workers", 1, "--db", "s.sqlite", "--json")
    [arm] = json.loads(ended.out)["arms"]
    for name in ("conversion_rate", "active_30", "churn_rate"):
        for limit in ("lo", "hi", "range_lo", "range_hi"):
            assert 0 <= arm["outcomes"][name][limit] <= 1


@pytest.mark.parametrize("command", [["validate"], ["run", *FEW], ["compare", *FEW]])
def test_texts_that_would_forge_a_screen_are_refused_and_none_reaches_it(journey: Journey, command: list[str]) -> None:
    ended = journey(command[0], case("hostile_terminal"), *command[1:])
    assert ended.code == 2
    assert all(line.isprintable() for line in (ended.out + ended.err).splitlines())
    assert "the text holds a character that is not shown (U+001B)" in ended.err
