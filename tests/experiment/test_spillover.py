"""What orchestrating some does to those whom the brand leaves alone."""

from typing import Any

from sim import run
from sim.experiment import Results
from sim.scenario.scenario import Scenario
from tests.builders import scenario

SERVICE = {"family": "exponential", "mean": 30}
PATIENCE = {"family": "exponential", "mean": 20}


def helpline(**changes: Any) -> Scenario:
    """Messages send customers to a desk with one agent, where those of the holdout queue as well."""
    tables: dict[str, Any] = {
        "population": {"size": 1200, "arrivals": {"pattern": "poisson", "over": 20}},
        "channels": [{"id": "web"}, {"id": "mail", "mix": 0, "open_rate": 1, "response_rate": 0.8}],
        "desks": [
            {"id": "phone", "agents": 1, "service_minutes": SERVICE, "patience_minutes": PATIENCE}
        ],
        "touchpoints": [
            {"id": "start", "start": True},
            {"id": "help", "desk": "phone"},
            {"id": "done", "goal": {"kind": "conversion", "value": 50}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            {"from": "start", "to": "help", "share": 1, "delay": 2},
            {"from": "start", "to": "gone", "share": 1, "delay": 3},
            {"from": "help", "to": "done", "share": 2},
            {"from": "help", "to": "gone", "share": 1},
        ],
        "coefficients": {"exit": {"wait": 2}},
        "orchestration": {"policy": "rules", "holdout": 0.3},
        "actions": [{"id": "call-us", "channels": ["mail"], "leads_to": "help"}],
        "rules": [{"id": "hello", "when": {"entered": "start"}, "do": "call-us"}],
        "experiment": {
            "replications": 8,
            "arms": [
                {"id": "rules"},
                {"id": "nobody", "set": {"orchestration.policy": "none"}},
                {"id": "other", "set": {"orchestration.policy": "none", "channels.web.mix": 0.5}},
            ],
        },
    }  # fmt: skip
    return scenario(**(tables | changes))


def found(of: Scenario) -> tuple[Results, dict[str, Any]]:
    results = run(of, workers=1)
    return results, results.document()


def test_the_holdout_feels_what_is_done_to_the_others_where_they_share_a_desk() -> None:
    results, document = found(helpline())
    rows = {row["outcome"]: row for row in document["spillover"]}
    assert {(row["arm"], row["against"]) for row in rows.values()} == {("rules", "nobody")}
    expected = results.compare("rules", "nobody", "holdout").differences["conversion_rate"].interval
    assert rows["conversion_rate"]["difference"]["mean"] == expected.mean
    assert expected.hi is not None
    assert expected.hi < 0, "more people in the queue cost the holdout conversions"
    (note,) = [note for note in document["notes"] if note.startswith("Spillover")]
    assert 'on the holdout under "rules", against the same customers under "nobody"' in note


def test_without_anything_shared_there_is_exactly_none() -> None:
    apart = [
        {"id": "start", "start": True},
        {"id": "help"},
        {"id": "done", "goal": {"kind": "conversion", "value": 50}},
        {"id": "gone", "exit": "churn"},
    ]
    _, document = found(helpline(touchpoints=apart, desks=[]))
    assert {row["difference"]["mean"] for row in document["spillover"]} == {0.0}
    assert {row["difference"]["sd"] for row in document["spillover"]} == {0.0}
    assert any(note.startswith("No spillover") for note in document["notes"])


def test_where_no_arm_shows_it_the_note_says_how_to_see_it() -> None:
    experiment = {"replications": 2, "arms": [{"id": "rules"}, {"id": "long", "set": {"orchestration.holdout": 0.1}}]}
    _, document = found(helpline(experiment=experiment))
    assert document["spillover"] == []
    said = [note for note in document["notes"] if "share desks" in note]
    assert len(said) == 2
    assert all('add an arm with orchestration.policy = "none"' in note for note in said)
