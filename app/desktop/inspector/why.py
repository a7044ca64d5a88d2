"""Why customers take a transition, in words: its base share, then what moves it (model 2.4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from app.desktop.document.drawn_journey import DrawnJourney, Transition
from sim.scenario.journey import COVARIATES, DEFAULT_COEFFICIENTS

_AMOUNTS: Final = {
    "propensity": (1.0, "a customer with a higher propensity to progress (1 above the reference)"),
    "affinity": (math.log(2), "a channel that suits the customer twice as well"),
    "personalization": (1.0, "a fully relevant contact"),
    "sentiment": (0.5, "a good feeling about the brand (0.5)"),
    "fatigue": (5.0, "five recent messages"),
    "lost_context": (1.0, "context lost at this visit"),
    "bad_experience": (1.0, "a bad visit"),
    "wait": (1.0, "ten minutes of waiting"),
    "effort": (0.25, "one point more effort than usual here"),
    "incentive": (0.1, "a discount of 10 %"),
    "price": (math.log(1.1), "prices 10 % higher"),
    "nudge": (1.0, "a message acted on"),
}
"""An amount of each covariate that people can imagine."""
_UNMOVED = 0.005


def effects_of(tables: Mapping[str, Any], item: Mapping[str, Any], role: str) -> dict[str, float]:
    """The coefficients of a transition in a file's tables: defaults of its role, the scenario's, and its own."""
    merged: dict[str, float] = dict(DEFAULT_COEFFICIENTS[role])
    by_role = tables.get("coefficients")
    given = by_role.get(role) if isinstance(by_role, Mapping) else None
    for more in (given, item.get("effects")):
        if isinstance(more, Mapping):
            merged |= {name: more[name] for name in COVARIATES if _is_number(more.get(name))}
    return merged


def role_of(tables: Mapping[str, Any], item: Mapping[str, Any], journey: DrawnJourney) -> str:
    """What a transition means to the customer: as given, or derived from its target."""
    given = item.get("role")
    return given if given in DEFAULT_COEFFICIENTS else derived_role(item, journey)


def derived_role(item: Mapping[str, Any], journey: DrawnJourney) -> str:
    """What a transition means where its file does not say: an exit, progress to a later stage, or neither."""
    order = {lane.id: at for at, lane in enumerate(journey.lanes)}
    source, target = journey.touchpoint(str(item.get("from"))), journey.touchpoint(str(item.get("to")))
    if source is None or target is None:
        return "neutral"
    if target.exit == "churn" or target.lapsed:
        return "exit"
    later = order.get(target.stage, 0) > order.get(source.stage, 0)
    return "progress" if target.exit == "completed" or later else "neutral"


def share_of(journey: DrawnJourney, transition: Transition) -> float | None:
    """The part of those who leave the source that takes this transition, 0 to 1; None where it cannot be taken."""
    on = {touchpoint.id for touchpoint in journey.touchpoints if touchpoint.enabled}
    leaving = [
        each for each in journey.transitions if each.source == transition.source and each.enabled and each.target in on
    ]
    total = sum(each.share for each in leaving)
    return transition.share / total if total > 0 and transition in leaving else None


def percent(share: float | None) -> str:
    """A share in words."""
    return "not taken" if share is None else f"{100 * share:.3g} %"


def why(journey: DrawnJourney, transition: Transition, effects: Mapping[str, float]) -> list[str]:
    """Lines: how often the transition is taken at first, and what makes that more or less."""
    touchpoint = journey.touchpoint(transition.source)
    name = touchpoint.name if touchpoint is not None else transition.source
    share = share_of(journey, transition)
    if share is None:
        said = [f"Nobody takes this transition from {name}: it has no share, or it or its target is disabled."]
    else:
        said = [f"At first {percent(share)} of those who leave {name} take this transition."]
    moved = {
        words: math.exp(max(-30.0, min(30.0, effects.get(name, 0.0) * amount)))
        for name, (amount, words) in _AMOUNTS.items()
    }
    more = sorted(((factor, words) for words, factor in moved.items() if factor > 1 + _UNMOVED), reverse=True)
    less = sorted((factor, words) for words, factor in moved.items() if factor < 1 - _UNMOVED)
    if more:
        said += ["More likely with", *_listed(more)]
    if less:
        said += ["Less likely with", *_listed(less)]
    if not more and not less:
        said.append("Nothing influences this.")
    return said


def _listed(factors: list[tuple[float, str]]) -> list[str]:
    return [f"  × {factor:.3g}  {words}" for factor, words in factors]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
