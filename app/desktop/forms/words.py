"""What the keys of a scenario are called in the window, and the units of their values."""

from __future__ import annotations

from typing import Any, Final

from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.model import Part

CURRENCY: Final = "¤"
"""Stands for the scenario's currency among the units."""

_ACRONYMS: Final = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}
_CHOICES: Final = _ACRONYMS | {kind.id: kind.label for kind in ACTION_KINDS.values()}
"""Choices that have words of their own."""
_LABELS: Final = {
    "sd": "Standard deviation",
    "to": "To",
    "from": "From",
    "a": "First shape",
    "b": "Second shape",
    "at": "At",
    "if": "If",
    "set": "What it changes",
    "goods_back": "Refunded goods that come back",
    "shared_triggers": "Triggers shared among channels",
    **_ACRONYMS,
}
_UNITS: Final = {
    "after": "days",
    "agents": "agents",
    "attrition": "times",
    "bad_below": "from -1 to 1",
    "call_back_above": "waiting",
    "at.Phase": "date or day",
    "at.Shock": "date or day",
    "at.Broadcast": "date or day",
    "cookie_days": "days",
    "cooldown": "days",
    "cost": CURRENCY,
    "cost_per_arrival": CURRENCY,
    "cost_per_contact": CURRENCY,
    "cost_per_hour": CURRENCY,
    "days.Cap": "days",
    "delay": "days",
    "discount_rate": "a year",
    "lost_context_emotion": "from -1 to 1",
    "mean.Emotion": "from -1 to 1",
    "mix": "weight",
    "pace": "times",
    "preferred_hour": "o'clock",
    "price_index": "times",
    "price_sensitivity": "times",
    "rate.Referrals": "friends",
    "reaches": "times",
    "replications": "times",
    "share.Segment": "weight",
    "stickiness": "weight",
    "wait_emotion": "from -1 to 1",
    "effort.Touchpoint": "of 7",
    "from.Shift": "o'clock",
    "from.Shock": "date or day",
    "gap_hours": "hours",
    "horizon": "days",
    "idle": "days",
    "max.Cap": "messages",
    "over.Arrivals": "days",
    "patience_minutes": "minutes",
    "per_day": CURRENCY,
    "per_month": CURRENCY,
    "saturation": "arrivals",
    "service_minutes": "minutes",
    "setup": CURRENCY,
    "size": "customers",
    "spend": CURRENCY,
    "support_after": "days",
    "tick.Orchestration": "days",
    "time_to_act_hours": "hours",
    "to.Shift": "o'clock",
    "to.Shock": "date or day",
    "total": CURRENCY,
    "valid_days": "days",
    "value.Goal": CURRENCY,
}


def label(key: str) -> str:
    """A key or an id as a label."""
    return _LABELS.get(key) or sentence(key.replace("_", " ").replace("-", " "))


def unit(model: type[Part] | None, key: str, currency: str) -> str:
    """The unit of what stands at a key; empty where it has none."""
    if model is None:  # the name of an entry, which only looks like a key
        return ""
    found = _UNITS.get(f"{key}.{model.__name__}", _UNITS.get(key, ""))
    return currency if found == CURRENCY else found


def choice(value: Any) -> str:
    """One of several values as people say it; signs such as `>=` stay."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    if text in _CHOICES:
        return _CHOICES[text]
    return sentence(text.replace("_", " ").replace("-", " ")) if text[:1].isalpha() else text


def sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it was."""
    return text[:1].upper() + text[1:]
