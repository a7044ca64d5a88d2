"""Drawn scenarios whose brand goes by what each customer opened and responded to (model 33)."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sim.scenario.action_kinds import MESSAGES
from tests.strategies import Draw, Drawn, between, chance

_BY_RULES = [
    ["hour"],
    ["channel"],
    ["content"],
    ["hour", "channel"],
    ["hour", "content"],
    ["content", "channel", "hour"],
]
_LOOKS = {"subject": ["short", "20 % off"], "tone": ["friendly", "formal"], "call_to_action": ["buy", "read"]}


@st.composite
def some_that_optimise(draw: Draw, drawing: st.SearchStrategy[Drawn], percent: int = 50) -> Drawn:
    """Drawn scenarios; where there are rules, something is optimised in so many of a hundred, and matters in some."""
    drawn = draw(drawing)
    if not drawn.arm.get("rules") or not chance(draw, percent):
        return drawn
    by_rules = drawn.arm["orchestration"]["policy"] in ("none", "rules")
    optimising = {
        "optimise": draw(st.sampled_from(_BY_RULES)) if by_rules else ["hour"],
        "optimise_from": draw(st.sampled_from([1, 1, 2, 3])),
        "optimise_prior": draw(st.sampled_from([0.25, 1, 4])),
        "optimise_share": draw(st.sampled_from([1, 1, 0.6, 0])),
    }
    channels = [_welcoming(draw, channel) for channel in drawn.arm["channels"]]
    segments = [
        segment | {"traits": segment.get("traits", {}) | _hour(draw), "content": _likings(draw)}
        for segment in drawn.arm["segments"]
    ]
    actions = [action | {"content": _content(draw)} for action in drawn.arm["actions"]]
    if "content" in optimising["optimise"]:
        actions = [action | (_answered() if _is_planned(action) and chance(draw, 60) else {}) for action in actions]
        actions += [_twin(draw, action) for action in actions if _is_planned(action) and chance(draw, 70)]
    arm = drawn.arm | {
        "actions": actions,
        "rules": [_with_others(draw, rule, actions) for rule in drawn.arm["rules"]],
        "orchestration": drawn.arm["orchestration"] | optimising,
        "channels": channels,
        "segments": segments,
    }
    return replace(drawn, arm=arm, base=arm if drawn.base is drawn.arm else drawn.base)


def _content(draw: Draw) -> dict[str, str]:
    """What an action looks like; nothing in some."""
    return {trait: draw(st.sampled_from(values)) for trait, values in _LOOKS.items() if chance(draw, 60)}


def _answered() -> dict[str, float]:
    """An action that most respond to, so that there is something to go by."""
    return {"open_rate": 0.9, "response_rate": 0.9}


def _likings(draw: Draw) -> dict[str, Any]:
    """How much members like some of that."""
    likings: dict[str, Any] = {}
    for trait, values in _LOOKS.items():
        for value in values:
            if chance(draw, 40):
                liking = draw(st.sampled_from([-2, 0, 1.5, {"mean": 0, "sd": 2}, {"mean": 1, "sd": 0}]))
                likings.setdefault(trait, {})[value] = liking
    return likings


def _is_planned(action: dict[str, Any]) -> bool:
    return action["kind"] in MESSAGES and "transactional" not in action


def _twin(draw: Draw, action: dict[str, Any]) -> dict[str, Any]:
    """The same action with another look, on some of its channels."""
    channels = [channel for channel in action["channels"] if chance(draw, 75)] or action["channels"]
    return action | {"id": f"{action['id']}-too", "content": _content(draw), "channels": channels}


def _with_others(draw: Draw, rule: dict[str, Any], actions: list[dict[str, Any]]) -> dict[str, Any]:
    """The rule with other actions of the same sort, if it has none."""
    planned = {action["id"]: action["kind"] in MESSAGES for action in actions if "transactional" not in action}
    own = planned.get(rule["do"])
    others = [id_ for id_, kind in planned.items() if id_ != rule["do"] and kind == own]
    if "alternatives" in rule or not others or not chance(draw, 85):
        return rule
    return rule | {"alternatives": draw(st.lists(st.sampled_from(others), min_size=1, unique=True))}


def _welcoming(draw: Draw, channel: dict[str, Any]) -> dict[str, Any]:
    """A channel on which the hour may matter."""
    return channel | ({"hour_effect": draw(st.sampled_from([-1, 0.5, 2, 6]))} if chance(draw, 60) else {})


def _hour(draw: Draw) -> dict[str, Any]:
    if not chance(draw, 60):
        return {}
    return {"preferred_hour": draw(st.sampled_from([20, {"mean": 8, "sd": 6}, draw(between(0, 23))]))}
