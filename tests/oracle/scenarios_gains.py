"""What actions bring in scenarios for the parity test, as a file would say it."""

from typing import Any

from .scenarios_journeys import Tables


def by_chance(**more: Any) -> Tables:
    return {"policy": "random", "gap_hours": 0, **more}


def by_gain(**more: Any) -> Tables:
    return {"policy": "next_best_action", "gap_hours": 0, **more}


def _gain(id_: str, action: str, gain: float, **more: Any) -> Tables:
    return {"id": id_, "action": action, "gain": gain, **more}


GAINS = [
    _gain("hello", "hello", 1.0, error=0.5, response_rate=0.2),
    _gain("hello-loyal", "hello", 3.0, error=1.0, response_rate=0.9, segment="loyal"),
    _gain("hello-app", "hello", -1.0, error=0.25, channel="app"),
    _gain("tip", "tip", 2.0, error=2.0, response_rate=0.3),
    _gain("deal", "deal", 0.5, error=0.5, segment="new"),
    _gain("deal-purchase", "deal", 2.5, error=0.5, response_rate=0.1, stage="purchase"),
]
SHOWN = [
    _gain("banner", "banner", 0.5, error=0.25, response_rate=0.3),
    _gain("similar", "similar", 0.75, error=0.25, segment="loyal"),
    _gain("video", "video", -0.5, error=0.25),
    _gain("back", "back", 0.25, error=0.125, response_rate=0.8, channel="app"),
]
