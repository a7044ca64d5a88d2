"""Amounts that no sum or product could hold are refused where they stand, in words."""

from typing import Any

import pytest

from sim.scenario import ScenarioError, new_text, override
from sim.scenario.model import LARGEST, MOST, SMALLEST, Part
from sim.scenario.shape import shapes_of
from tests.builders import scenario, small
from tests.scenario.finding import findings
from tests.scenario.test_reference import every_field


def test_every_number_of_a_scenario_has_a_largest_and_smallest_amount() -> None:
    beyond = {float: [LARGEST * 2, -LARGEST * 2, SMALLEST / 2], int: [MOST * 100, -MOST * 100]}
    for model, key, field in every_field():
        for plain in {option.plain for option in shapes_of(field)} & {int, float}:
            for value in beyond[plain]:
                assert _refused(model, key, value), f"{model.__name__}.{key} = {value:g}"


def _refused(model: type[Part], key: str, value: float) -> bool:
    from pydantic import ValidationError

    try:
        model.model_validate({key: value})
    except ValidationError as error:
        return any(each["loc"][:1] == (key,) for each in error.errors())
    return False


DELAY = "transitions.start/middle.delay"


@pytest.mark.parametrize(
    ("address", "value", "problem", "remedy"),
    [
        ("money.setup", 1e308, "1e+308 is too large to calculate with", "give at most 1e+15"),
        ("touchpoints.done.goal.value", 1e300, "1e+300 is too large to calculate with", "give at most 1e+15"),
        ("touchpoints.done.goal.margin", -1e308, "-1e+308 is too large to calculate with", "give at least -1e+15"),
        (
            "transitions.middle/done.share",
            5e-324,
            "is too near to 0 to calculate with",
            "at least 1e-30, or 0 for nothing",
        ),
        ("channels.web.mix", 1e-310, "is too near to 0 to calculate with", "at least 1e-30, or 0 for nothing"),
        (f"{DELAY}", {"family": "exponential", "mean": 1e308}, "1e+308 is too large", "give at most 1e+15"),
        (f"{DELAY}", {"family": "normal", "mean": 1, "sd": 1e200}, "1e+200 is too large", "give at most 1e+15"),
        (f"{DELAY}", {"family": "lognormal", "median": 1, "sigma": 27}, "a few draws", "make sigma or sd smaller"),
        (f"{DELAY}", {"family": "weibull", "scale": 1, "shape": 0.01}, "a few draws", "make the shape larger"),
        (f"{DELAY}", {"family": "betaprime", "a": 1, "b": 0.1}, "a few draws", "make b larger"),
        ("layout.start", [1e308, 0], "1e+308 is too large to calculate with", "give at most 1e+15"),
        (
            "desks",
            [{"id": "d", "agents": 10**19, "service_minutes": 1}],
            "too large to count to",
            "at most 1,000,000,000",
        ),
        (
            "desks",
            [{"id": "d", "agents": 10**400, "service_minutes": 1}],
            "too large to count",
            "at most 1,000,000,000",
        ),
        ("referrals", {"at": ["middle"], "rate": 1e9}, "a visit may bring 1e+09 friends", "give a lower rate"),
        (
            "referrals",
            {"at": ["middle"], "rate": 1, "sentiment": -99},
            "at most 1,000 can be simulated",
            "count sentiment",
        ),
        (
            "orchestration",
            {"policy": "rules", "tick": 1e-9},
            "planning intervals in 30 days are too many",
            "make the planning interval longer",
        ),
    ],
)
def test_what_cannot_be_reckoned_with_is_refused_in_words(address: str, value: Any, problem: str, remedy: str) -> None:
    with pytest.raises(ScenarioError) as error:
        override(scenario(), {address: value})
    [finding] = error.value.findings
    assert problem in finding.problem
    assert remedy in finding.remedy


def test_a_seed_may_be_any_number_of_32_bits() -> None:
    assert findings(new_text(small(experiment={"seed": 2**32 - 1}))) == ()
