"""What a policy that may choose nothing chose among, and why (model 29)."""

from collections.abc import Iterable
from typing import Any, Final

from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.resolve import policy_of
from sim.scenario.scenario import Scenario
from sim.story.moment import Moment

PARTS: Final = {
    "completeness": "profile complete",
    "model": "chance that it is worth it",
    "alignment": "fit with the rule",
    "performance": "responses as expected",
}
"""The parts of a confidence, with what people call them."""
CONFIDENCE: Final = "confidence"
OF_CONFIDENCE: Final = (*PARTS, CONFIDENCE)
"""The events that tell of the confidence in what was considered just before."""
_NO_MONEY: Final = 1e-9
_ROUNDING: Final = 1e-9


def candidate_of(scenario: Scenario, action: str | None, rule: str | None) -> dict[str, Any]:
    """What is considered: its type and content, and the priority of the rule for which it is."""
    [considered] = [each for each in scenario.actions if each.id == action]
    priority = next((each.priority for each in scenario.rules if each.id == rule), 0)
    return {
        "type": ACTION_KINDS[considered.kind].label,
        "content": dict(considered.content),
        "priority": priority,
    }


def parts_in_words(confidence: dict[str, float]) -> str:
    """A confidence with its parts, as a clause: `confidence 0.72 (profile complete 0.50, …)`."""
    parts = ", ".join(f"{label} {confidence[name]:.2f}" for name, label in PARTS.items())
    return f"confidence {confidence[CONFIDENCE]:.2f} ({parts})"


def reason_of(chosen: Moment, considered: Iterable[Moment], scenario: Scenario) -> str:
    """Why that was chosen among what was considered, as a clause; nothing where its value tells it."""
    if not policy_of(scenario).knows_profiles:
        return ""
    known = [moment for moment in considered if moment.value is not None]
    if not known:
        return _fallback(chosen, "nobody knows what any of them brings")
    best = max(known, key=lambda moment: moment.value or 0.0)
    if (best.value or 0.0) <= _NO_MONEY:
        return "none of them is expected to bring more than nothing"
    sure = (best.confidence or {}).get(CONFIDENCE, 0.0)
    asked = scenario.orchestration.minimum_confidence
    if sure < asked - _ROUNDING:
        return _fallback(chosen, f"the best of them has a confidence of {sure:.2f}, and {asked:.2f} is asked for")
    return f"it is expected to bring most, with a confidence of {sure:.2f}"


def _fallback(chosen: Moment, because: str) -> str:
    return f"{because}, so the fallback holds ({'what the rule says' if chosen.action else 'nothing'})"
