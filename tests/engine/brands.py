"""One customer with fixed times, and what a brand does for them."""

from collections.abc import Mapping
from typing import Any

from sim.engine import History
from sim.engine.memory.history import EVENTS, REASONS
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.engine.worlds import run

HOUR = 1 / 24
MAIL = {"id": "mail", "channels": ["email"], "nudge": 0}
CHANNELS = ({"id": "web"}, {"id": "email", "open_rate": 1, "response_rate": 0, "delivery_rate": 1, "opt_out_rate": 0})


def touchpoints(**more: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Home, basket, order and a distant end, with further keys by id."""
    touchpoints: dict[str, dict[str, Any]] = {
        "home": {"start": True, "channels": ["web"]},
        "basket": {"channels": ["web"]},
        "order": {"channels": ["web"], "goal": {"kind": "conversion", "value": 50}},
        "end": {"exit": "completed"},
    }
    return [{"id": id_, **keys, **more.get(id_, {})} for id_, keys in touchpoints.items()]


def transitions(*hours: tuple[str, str, float]) -> list[dict[str, Any]]:
    """Transitions with a fixed delay, hours."""
    return [{"from": source, "to": target, "share": 1, "delay": delay * HOUR} for source, target, delay in hours]


def brand(**changes: Any) -> Scenario:
    """One customer: home at 0:00, in the basket at 20:30, ordering at 23:00 of day 0, there to the end (day 5)."""
    tables: dict[str, Any] = {
        "horizon": 5,
        "population": {"size": 1},
        "channels": list(CHANNELS),
        "touchpoints": touchpoints(),
        "transitions": transitions(("home", "basket", 20.5), ("basket", "order", 2.5), ("order", "end", 24000)),
        "orchestration": {"policy": "rules", "gap_hours": 0},
        "actions": [MAIL],
    }
    return scenario(**(tables | changes))


Line = tuple[float, str, str | None]


def outreach(history: History) -> list[Line]:
    """What was sent and what was ruled out: hour of the run, action@channel, and the reason if it was not sent."""
    events = history.events
    assert events is not None
    found: list[Line] = []
    for k in range(len(events.time)):
        event = EVENTS[events.event[k]]
        if event in ("sent", "ruled_out"):
            channel = history.channels[events.channel[k]] if events.channel[k] >= 0 else "-"
            reason = REASONS[int(events.value[k])] if event == "ruled_out" else None
            time = round(float(events.time[k]) * 24, 6)
            found.append((time, f"{history.actions[events.action[k]]}@{channel}", reason))
    return found


def done(of: Scenario) -> list[Line]:
    """What the brand does for the customer."""
    return outreach(run(of))
