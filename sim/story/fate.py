"""What becomes of a customer under an arm, in short: for beside the same customer's story under another."""

from dataclasses import dataclass

from sim.engine.memory.history import History
from sim.engine.memory.mixed import Profiles
from sim.scenario.arms import Variant
from sim.story.story import story


@dataclass(frozen=True)
class Fate:
    """What became of a customer under an arm."""

    arm: str
    name: str
    """of the arm"""
    status: str | None
    """at the end: active, lapsed, churned or completed; None where they do not come under this arm"""
    messages: int
    revenue: float


def fate(history: History, arm: Variant, customer: int, profiles: Profiles | None) -> Fate:
    """Of a customer who was watched in a history, which was simulated with these profiles."""
    try:
        told = story(history, arm.scenario, customer, profiles)
    except ValueError:  # bought or referred under other arms alone
        told = None
    if told is None or not told.moments:
        return Fate(arm.id, arm.name, None, 0, 0.0)
    return Fate(arm.id, arm.name, told.status, told.messages, told.revenue)
