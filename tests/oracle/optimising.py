"""Drawn scenarios whose brand sends messages when each customer opened most (model 33)."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.strategies import Draw, Drawn, between, chance


@st.composite
def some_that_optimise(draw: Draw, drawing: st.SearchStrategy[Drawn], percent: int = 50) -> Drawn:
    """Drawn scenarios; where there are rules, the hour is optimised in so many of a hundred, and matters in some."""
    drawn = draw(drawing)
    if not drawn.arm.get("rules") or not chance(draw, percent):
        return drawn
    by_rules = drawn.arm["orchestration"]["policy"] in ("none", "rules")
    optimising = {
        "optimise": draw(st.sampled_from([["hour"], ["channel"], ["hour", "channel"]] if by_rules else [["hour"]])),
        "optimise_from": draw(st.sampled_from([1, 1, 2, 3])),
        "optimise_prior": draw(st.sampled_from([0.25, 1, 4])),
        "optimise_share": draw(st.sampled_from([1, 1, 0.6, 0])),
    }
    channels = [_welcoming(draw, channel) for channel in drawn.arm["channels"]]
    segments = [segment | {"traits": segment.get("traits", {}) | _hour(draw)} for segment in drawn.arm["segments"]]
    arm = drawn.arm | {
        "orchestration": drawn.arm["orchestration"] | optimising,
        "channels": channels,
        "segments": segments,
    }
    return replace(drawn, arm=arm, base=arm if drawn.base is drawn.arm else drawn.base)


def _welcoming(draw: Draw, channel: dict[str, Any]) -> dict[str, Any]:
    """A channel on which the hour may matter."""
    return channel | ({"hour_effect": draw(st.sampled_from([-1, 0.5, 2, 6]))} if chance(draw, 60) else {})


def _hour(draw: Draw) -> dict[str, Any]:
    if not chance(draw, 60):
        return {}
    return {"preferred_hour": draw(st.sampled_from([20, {"mean": 8, "sd": 6}, draw(between(0, 23))]))}
