"""The smallest scenario, shared by all tests: start -> middle -> done or gone, one channel, fixed delays of a day."""

from typing import Any

from sim.scenario.scenario import Scenario


def small(**changes: Any) -> dict[str, Any]:
    """A fresh scenario as a file would say it; each change replaces a whole top-level table (`None` removes it)."""
    tables: dict[str, Any] = {
        "format": 1,
        "id": "small",
        "horizon": 30,
        "population": {"size": 100},
        "channels": [{"id": "web"}],
        "touchpoints": [
            {"id": "start", "start": True},
            {"id": "middle"},
            {"id": "done", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            {"from": "start", "to": "middle", "share": 1, "delay": 1},
            {"from": "middle", "to": "done", "share": 3, "delay": 1},
            {"from": "middle", "to": "gone", "share": 1, "delay": 1},
        ],
    }
    tables.update(changes)
    return {key: value for key, value in tables.items() if value is not None}


def scenario(**changes: Any) -> Scenario:
    """The scenario of `small(**changes)`."""
    return Scenario.model_validate(small(**changes))
