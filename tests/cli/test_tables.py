from typing import Any

import pytest
from rich.console import Console

from app.cli.tables import print_differences, print_outcomes, verdict


def figures(mean: float, half: float | None) -> dict[str, float | None]:
    """A mean with its interval."""
    return {"mean": mean, "lo": None if half is None else mean - half, "hi": None if half is None else mean + half}


def document(*arms: str, **outcomes: float) -> dict[str, Any]:
    """A run's document in which each arm has the outcomes, and each but the first is a tenth better."""
    return {
        "arms": [
            {"id": arm, "name": arm, "outcomes": {id_: figures(value, value / 50) for id_, value in outcomes.items()}}
            for arm in arms
        ],
        "comparisons": [
            {"arm": arm, "outcome": id_, "difference": figures(value / 10, value / 50)}
            for arm in arms[1:]
            for id_, value in outcomes.items()
        ],
    }


def printed(width: int, found: dict[str, Any], *, differences: bool = False) -> str:
    """What is printed on a screen of this width."""
    console = Console(width=width, markup=False, highlight=False)
    with console.capture() as captured:
        if differences:
            print_differences(console, found, "EUR", everything=True)
        else:
            print_outcomes(console, found, "EUR")
    return captured.get()


@pytest.mark.parametrize(
    ("outcome", "low", "high", "word"),
    [
        ("conversion_rate", 0.1, 0.2, "better"),
        ("conversion_rate", -0.2, -0.1, "worse"),
        ("churn_rate", 0.1, 0.2, "worse"),
        ("churn_rate", -0.2, -0.1, "better"),
        ("contacts_per_customer", 0.1, 0.2, "higher"),
        ("contacts_per_customer", -0.2, -0.1, "lower"),
        ("conversion_rate", -0.1, 0.2, "unclear"),
        ("conversion_rate", 0.0, 0.0, "same"),
        ("conversion_rate", None, None, "unclear"),
    ],
)
def test_a_difference_is_judged_by_what_is_good_of_its_outcome(
    outcome: str, low: float | None, high: float | None, word: str
) -> None:
    assert verdict(outcome, {"lo": low, "hi": high}) == word


def test_values_stand_beside_their_intervals_in_the_units_people_read() -> None:
    lines = printed(100, document("a", conversion_rate=0.123, profit=1234.0)).splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "a",
        "Conversion 12.30 % [12.05, 12.55]",
        "Profit 1,234 EUR [1,209, 1,259]",
    ]


def test_the_narrower_the_screen_the_less_stands_on_a_line_and_nothing_is_cut_off() -> None:
    found = document("now", "with more agents", "with a bot", conversion_rate=0.123, retention_90=0.5)
    for width, arms_beside in ((120, 3), (80, 3), (40, 1)):
        text = printed(width, found)
        lines = text.splitlines()
        assert max(map(len, lines)) <= width
        assert text.count("12.30 %") == text.count("[12.05, 12.55]") == 3
        assert max(line.count("12.30 %") for line in lines) == arms_beside


def test_an_outcome_that_an_arm_has_not_is_a_dash() -> None:
    found = document("a", "b", conversion_rate=0.1)
    del found["arms"][1]["outcomes"]["conversion_rate"]
    assert printed(80, found).splitlines()[1].split()[-1] == "–"


def test_a_return_on_added_cost_is_told_only_where_cost_was_added() -> None:
    found = document("a", "b", cost=100.0, incremental_roi=2.0)
    assert "Return on added cost" in printed(100, found, differences=True)
    found["comparisons"][0]["difference"] = figures(-10.0, 1.0)
    assert "Return on added cost" not in printed(100, found, differences=True)
