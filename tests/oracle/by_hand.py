"""The smallest scenarios in which a brand acts, and how to read what comes of them."""

from typing import Any

from .both import Tables
from .brand import REASONS
from .simulate import Event


def stay(**changes: Any) -> Tables:
    """One customer in the app, who leaves after 4 days; messages are opened and acted on after six hours."""
    certain = {"open_rate": 1, "response_rate": 1, "time_to_act_hours": 6}
    return {
        "horizon": 10,
        "population": {"size": 1},
        "channels": [{"id": "app", **certain}, {"id": "email", **certain, "cost": 0.5}],
        "touchpoints": [
            {"id": "home", "start": True, "channels": ["app"]},
            {"id": "shop", "stage": "purchase", "channels": ["app"]},
            {"id": "gone", "exit": "churn"},
        ],
        "transitions": [
            {"from": "home", "to": "gone", "share": 1e6, "delay": 4},
            {"from": "home", "to": "shop", "share": 1, "delay": 1},
        ],
        "orchestration": {"policy": "rules", "gap_hours": 0},
        **changes,
    }


def sending(when: Tables, **changes: Any) -> Tables:
    """One rule that sends an e-mail; keys of the rule and of the action are told apart by name."""
    of_rule = {key: changes.pop(key) for key in ("delay", "cooldown", "if", "stop", "priority") if key in changes}
    action = {"id": "mail", "channels": ["email"], "nudge": 0, **changes}
    return {"actions": [action], "rules": [{"id": "rule", "when": when, "do": "mail", **of_rule}]}


def told(events: list[Event], *kinds: str) -> list[tuple[float, str, Any]]:
    """Time, event and what is most telling of it: the touchpoint entered, the rule, the reason, the value."""
    lines: list[tuple[float, str, Any]] = []
    for e in events:
        telling: Any = e.rule
        if e.event == "ruled_out":
            telling = REASONS[int(e.value or 0)]
        elif e.event == "responded":
            telling = e.value
        elif e.rule is None:
            telling = e.touchpoint
        if e.event != "experience" and (not kinds or e.event in kinds):
            lines.append((round(e.time, 9), e.event, telling))
    return lines
