"""A story says among what next best action chose, and why (model 29)."""

from typing import Any

import pytest

from sim.engine import compile_program, simulate
from sim.story import Moment, story
from tests.engine.brands import MAIL, brand

GAIN = {"id": "of-mail", "action": "mail", "gain": 3}


def told(gains: list[dict[str, Any]], **orchestration: Any) -> list[Moment]:
    of = brand(
        orchestration={"policy": "next_best_action", "gap_hours": 0, **orchestration},
        actions=[MAIL | {"cost": 1, "content": {"tone": "kind"}}],
        gains=gains,
        rules=[{"id": "welcome", "when": {"entered": "home"}, "do": "mail", "priority": 2}],
    )
    moments = story(simulate(compile_program(of, of), 1, 0, watched=0), of, 0).moments
    return [moment for moment in moments if moment.event in ("considered", "chosen")]


def test_a_candidate_is_told_with_what_it_is_what_it_brings_and_the_parts_of_the_confidence() -> None:
    considered, chosen = told([GAIN])
    assert considered.candidate == {"type": "Message", "content": {"tone": "kind"}, "priority": 2}
    assert considered.value == 2
    parts = {"completeness": 0.25, "model": 1, "alignment": 1, "performance": 0.5}
    assert considered.confidence == pytest.approx(parts | {"confidence": 0.075 + 0.3 + 0.2 + 0.1})
    assert "it is expected to bring 2.00 EUR" in considered.sentence
    assert chosen.sentence.endswith("it is expected to bring most, with a confidence of 0.67")


@pytest.mark.parametrize(
    ("gains", "orchestration", "why"),
    [
        ([GAIN | {"gain": 0.5}], {}, "nothing: none of them is expected to bring more than nothing"),
        ([], {}, "nothing: nobody knows what any of them brings, so the fallback holds (nothing)"),
        ([], {"fallback": "rule"}, "so the fallback holds (what the rule says)"),
        ([GAIN], {"minimum_confidence": 0.9}, "nothing: the best of them has a confidence of 0.67, and 0.90 is asked"),
    ],
)
def test_why_it_was_chosen_is_said(gains: list[dict[str, Any]], orchestration: dict[str, Any], why: str) -> None:
    *_, chosen = told(gains, **orchestration)
    assert why in chosen.sentence
