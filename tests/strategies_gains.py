"""What actions bring, for Hypothesis: gains of some actions, and what makes a brand sure of them."""

from hypothesis import strategies as st

from tests.strategies import STAGES, Draw, Tables, chance

MONEY = st.sampled_from([1.5, 0.25, 4, 0, -1, 12.75, 0.7])


def that_bring_something(draw: Draw, arm: Tables) -> Tables:
    """The tables of a scenario by which next best action goes: gains, weights of actions, confidence, fallback."""
    weights = [draw(st.sampled_from([None, None, None, 0, 0.3, 2])) for _ in arm["actions"]]
    confidence: Tables = {"fallback": draw(st.sampled_from(["nothing", "rule"]))}
    if chance(draw, 70):
        confidence["minimum_confidence"] = draw(st.sampled_from([0.5, 0, 0.4, 0.65, 0.8]))
    if chance(draw, 40):
        confidence["fatigue_cost"] = draw(st.sampled_from([0.25, 1.1]))
    count = draw(st.integers(0, 7))
    return {
        "actions": [
            action if weight is None else action | {"weight": weight}
            for action, weight in zip(arm["actions"], weights, strict=True)
        ],
        "gains": [_gain(draw, arm, number) for number in range(count)] if arm["actions"] else [],
        "orchestration": arm["orchestration"] | confidence,
    }


def _gain(draw: Draw, arm: Tables, number: int) -> Tables:
    found: Tables = {"id": f"gain{number}", "gain": draw(MONEY)}
    found["action"] = draw(st.sampled_from(arm["actions"]))["id"]
    if chance(draw, 60):
        found["error"] = draw(st.sampled_from([0.5, 0.1, 3]))
    if chance(draw, 70):
        found["response_rate"] = draw(st.sampled_from([0.1, 0.5, 0, 1]))
    if chance(draw, 30):
        found["channel"] = draw(st.sampled_from(arm["channels"]))["id"]
    if arm["segments"] and chance(draw, 40):
        found["segment"] = draw(st.sampled_from(arm["segments"]))["id"]
    if chance(draw, 40):
        found["stage"] = draw(st.sampled_from(STAGES))
    return found
