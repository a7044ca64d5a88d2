"""`journey money`: profit and loss of an arm of a stored run, and what it is worth against another."""

import csv
import datetime
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Journey, write_scenario


@pytest.fixture
def ran(journey: Journey) -> str:
    """A run of a shop that begins in the middle of January, with an arm that pays more for more."""
    changes = {
        "horizon": 60,
        "start_date": datetime.date(2026, 1, 16),
        "currency": "EUR",
        "population": {"size": 300, "arrivals": {"pattern": "poisson", "over": 40}},
        "channels": [{"id": "web", "cost": 0.2}],
        "money": {"refund_rate": 0.1, "setup": 500},
        "experiment": {
            "replications": 4,
            "arms": [
                {"id": "now", "name": "As now"},
                {
                    "id": "more",
                    "name": "More",
                    "set": {"transitions.middle/done.share": 9, "money.setup": 900, "channels.web.cost": 0.4},
                },
                {"id": "short", "set": {"horizon": 30}},
            ],
        },
    }
    scenario = write_scenario(Path("shop.toml"), **changes)
    return str(json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"])


def test_the_first_arm_by_month(journey: Journey, ran: str) -> None:
    told = journey("money", ran, "--quiet")
    assert (told.code, told.err) == (0, "")
    first, head, *lines = told.out.splitlines()
    assert first.startswith('Under "As now", profit in the whole run is ')
    assert head.split() == ["2026-01", "*", "2026-02", "2026-03", "*", "Whole", "run"]
    names = [line[:20].strip() for line in lines if line[:1].strip()]
    assert names[:3] == ["Sales at full price", "Refunds", "Net revenue"]
    assert "Discounts" not in names
    assert names[-2:] == ["* The run has only a", "4 replications; the"]
    assert "pays back" not in told.out


def test_the_figures_are_those_of_the_run(journey: Journey, ran: str) -> None:
    told = json.loads(journey("money", ran, "--arm", "more", "--json").out)
    shown = json.loads(journey("show", ran, "--json").out)
    [arm] = [each for each in shown["arms"] if each["id"] == "more"]
    lines = told["profit_and_loss"]["lines"]
    for line, outcome in (("net_revenue", "revenue"), ("profit", "profit")):
        mean = arm["outcomes"][outcome]["mean"]
        assert lines[line]["total"]["mean"] == pytest.approx(mean, abs=0.005)
        assert sum(each["mean"] for each in lines[line]["by_period"]) == pytest.approx(mean, abs=0.005)
    assert lines["profit"]["total"]["lo"] == pytest.approx(arm["outcomes"]["profit"]["lo"], abs=0.005)
    own = [id_ for id_ in lines if id_ not in ("net_revenue", "margin", "profit", "cumulated")]
    spent = [sum(lines[id_]["by_period"][month]["mean"] for id_ in own) for month in range(3)]
    assert spent == pytest.approx([each["mean"] for each in lines["profit"]["by_period"]])
    assert told["profit_and_loss"]["periods"][0] == {"from": "2026-01-16", "day": 0, "complete": False}
    [profit] = [each for each in shown["comparisons"] if (each["arm"], each["outcome"]) == ("more", "profit")]
    assert told["business_case"]["total"]["mean"] == pytest.approx(profit["difference"]["mean"], abs=0.005)


def test_an_arm_against_the_first_one(journey: Journey, ran: str) -> None:
    told = journey("money", ran, "--arm", "more", "--assumptions", "--quiet")
    assert told.code == 0
    assert '\nUnder "More", profit over 60 days is ' in told.out
    assert ' than under "As now" [' in told.out
    assert "It pays back in " in told.out
    assert "Set-up cost of the arm" in told.out
    assert "Money: set-up cost (of the arm)" in " ".join(told.out.split())
    asked = json.loads(journey("money", ran, "--arm", "more", "--assumptions", "--json").out)["assumptions"]
    assert {"money.setup", "channels.web.cost", "transitions.middle/done.share"} <= {
        each["address"] for each in asked if each["own"]
    }


def test_by_week_against_another_arm(journey: Journey, ran: str) -> None:
    told = json.loads(journey("money", ran, "--arm", "now", "--against", "more", "--by", "week", "--json").out)
    dates = [each["from"] for each in told["business_case"]["difference"]["periods"]]
    assert dates[:3] == ["2026-01-16", "2026-01-19", "2026-01-26"]
    other = json.loads(journey("money", ran, "--arm", "more", "--json").out)
    assert told["business_case"]["total"]["mean"] == pytest.approx(-other["business_case"]["total"]["mean"])


def test_a_table_for_other_programs(journey: Journey, ran: str) -> None:
    told = journey("money", ran, "--arm", "more", "--csv", "money.csv", "--quiet")
    assert told.code == 0
    with Path("money.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {each["table"] for each in rows} == {"profit and loss", "difference"}
    profit = [each for each in rows if each["line"] == "profit" and each["table"] == "profit and loss"]
    assert [each["from"] for each in profit] == ["2026-01-16", "2026-02-01", "2026-03-01", "whole run"]
    *months, whole = [float(each["mean"]) for each in profit]
    assert sum(months) == pytest.approx(whole)
    again = journey("money", ran, "--csv", "money.csv")
    assert (again.code, "--csv money.csv: this file already exists" in again.err) == (2, True)
    assert journey("money", ran, "--csv", "money.csv", "--force", "--quiet").code == 0
    folder = journey("money", ran, "--csv", ".")
    assert "this is a folder; give a file, such as money.csv" in folder.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--arm", "most"], "--arm most: run {run} has no such arm; it has now, more, short"),
        (["--against", "most"], "--against most: run {run} has no such arm"),
        (["--against", "now"], "--against now: this is the arm itself; give another of now, more, short"),
        (["--assumptions"], "--assumptions: this is about an arm against another; say which with --arm"),
        (["--arm", "short"], '--against now: "short" runs 30 days from 2026-01-16 and "now" runs 60 days'),
    ],
)
def test_what_cannot_be_asked(journey: Journey, ran: str, arguments: list[str], says: str) -> None:
    told = journey("money", ran, *arguments, "--quiet")
    assert told.code == 2
    assert says.format(run=ran) in told.err
