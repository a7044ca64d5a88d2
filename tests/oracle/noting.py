"""Drawn scenarios whose brand goes by what it has noted of customers (model 27)."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tests.strategies import Draw, Drawn, between, chance

KINDS = ("contacts", "purchases", "messages", "responses")
FACTS = (*KINDS, "revenue", "idle_days")


@st.composite
def some_that_note(draw: Draw, drawing: st.SearchStrategy[Drawn], percent: int = 67) -> Drawn:
    """Drawn scenarios; where there are rules, in so many of a hundred they and the scores ask for facts."""
    drawn = draw(drawing)
    rules = drawn.arm.get("rules")
    if not rules or not chance(draw, percent):
        return drawn
    noting = {
        "profile": _profile(draw),
        "scores": {name: _weighing_facts(draw, score) for name, score in drawn.arm["scores"].items()},
        "rules": [_asking(draw, rule) for rule in rules],
    }
    return replace(drawn, arm=drawn.arm | noting)


def _profile(draw: Draw) -> dict[str, Any]:
    profile: dict[str, Any] = {}
    if chance(draw, 60):
        # As no sum of other delays: what is meant for the same moment may come out a rounding apart.
        profile["keep_days"] = draw(st.sampled_from([0.25, 1, 2.5])) * (1 + draw(st.integers(1, 9_999)) / 100_003)
    if chance(draw, 20):
        profile["facts"] = draw(st.lists(st.sampled_from(KINDS), unique=True))
    return profile


def _weighing_facts(draw: Draw, score: dict[str, Any]) -> dict[str, Any]:
    fact = draw(st.sampled_from(FACTS))
    return score | {"weights": score["weights"] | {f"profile.{fact}": draw(between(-2, 2))}}


def _asking(draw: Draw, rule: dict[str, Any]) -> dict[str, Any]:
    key = draw(st.sampled_from(["if", "stop"]))
    operator = draw(st.sampled_from(["<", "<=", ">", ">=", "!="]))
    asked = [f"profile.{draw(st.sampled_from(FACTS))}", operator, draw(st.sampled_from([0, 1, 2, 3, 5, 0.6]))]
    return rule | {key: [*rule.get(key, ()), asked]}
