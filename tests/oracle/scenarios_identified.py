"""Scenarios for the parity test, as a file would say them: customers whom the brand knows on some of their channels."""

from typing import Any

from .scenarios_journeys import Tables
from .scenarios_limits import campaigns, conflicts
from .scenarios_shop import rules_apply, shop


def conflicts_between_profiles() -> Tables:
    """What one profile was sent is in no other's way; personalized where the first contact's profile is met."""
    return conflicts(
        "omni",
        identity={},
        personalization={"level": "individual", "over": ["content", "timing"]},
        broadcasts=[{"id": "sale", "at": 20, "do": "deal"}],
    )


def caps_by_profile(capped: str = "hold", **changes: Any) -> Tables:
    """The total counts profile by profile."""
    caps = {"total": {"max": 2, "days": 1.5}, "email": {"max": 3, "days": 6, "period": "calendar"}}
    return shop(
        150,
        45,
        integration={"mode": "omni", "carryover": 0.7},
        identity={},
        orchestration=rules_apply(gap_hours=0, tick=0.5, capped=capped, caps=caps),
        **{**campaigns(), **changes},
    )


def bought_and_referred() -> Tables:
    """Who is bought or referred has the profiles of a customer who came alone."""
    tables = caps_by_profile("drop")
    tables["channels"][0]["acquisition"] = {"spend": 60, "cost_per_arrival": 2, "saturation": 80}
    return tables | {"referrals": {"at": ["order"], "rate": 0.5, "delay": 1.5}}
