from typing import Any

import pytest
from rich.console import Console

from app.cli.tables import print_differences, print_input_uncertainty, print_outcomes, verdict


def figures(mean: float, half: float | None) -> dict[str, float | None]:
    """A mean with its interval."""
    return {
        "mean": mean,
        "n": 3,
        "lo": None if half is None else mean - half,
        "hi": None if half is None else mean + half,
    }


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


def printed(width: int, found: dict[str, Any], *, differences: bool = False, everything: bool = False) -> str:
    """What is printed on a screen of this width."""
    console = Console(width=width, markup=False, highlight=False)
    with console.capture() as captured:
        if differences:
            print_differences(console, found, "EUR", everything=True)
        else:
            print_outcomes(console, found, "EUR", everything=everything)
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


def lines(text: str) -> list[str]:
    """The lines without their columns."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_a_return_on_added_cost_says_what_each_saved_euro_does_where_cost_is_saved() -> None:
    found = document("a", "b", cost=100.0, incremental_roi=2.0)
    assert "Return on added cost +0.20 better [+0.16, +0.24]" in lines(printed(100, found, differences=True))
    found["comparisons"][0]["difference"] = figures(-10.0, 1.0)
    assert "Return on added cost loses 0.20 per EUR saved [0.16, 0.24]" in lines(printed(100, found, differences=True))
    found["comparisons"][1]["difference"] = figures(-0.35, 0.1)
    assert "Return on added cost gains 0.35 per EUR saved [0.25, 0.45]" in lines(printed(100, found, differences=True))


def test_an_interval_without_ends_is_said_and_its_figure_stays() -> None:
    found = document("a", "b", cost=100.0, incremental_roi=2.0)
    found["comparisons"][1]["difference"] = figures(2.0, None)
    assert "Return on added cost +2.00 (interval has no ends)" in lines(printed(100, found, differences=True))
    found["comparisons"][1]["difference"]["n"] = 1
    assert "Return on added cost +2.00" in lines(printed(100, found, differences=True))


def test_what_does_not_differ_is_called_the_same_and_what_does_is_never_0() -> None:
    found = document("a", "b", conversion_rate=0.1, retention_90=0.2, profit=0.02)
    found["comparisons"][0]["difference"] = figures(0.0, 0.0)
    found["comparisons"][1]["difference"] = figures(2e-7, 1e-7)
    found["comparisons"][2]["difference"] = figures(0.0, None)
    told = lines(printed(100, found, differences=True))
    assert "Conversion same" in told
    assert "Still there after 90 days +0.00002 points better [+0.00001, +0.00003]" in told
    assert "Profit same" in told


def test_a_journey_without_anything_to_win_says_so_and_tells_what_there_is() -> None:
    told = printed(100, document("a", arrivals=5.0))
    assert "Make a touchpoint a goal" in told
    assert "Arrivals 5" in " ".join(told.split())


def test_payback_is_told_with_how_many_runs_pay_back() -> None:
    found = document("a", "b", "c", pays_back_rate=0.17, payback_days=41.0, profit=5.0)
    found["arms"][1]["outcomes"]["pays_back_rate"] = figures(1.0, 0.0)
    found["arms"][2]["outcomes"] = {"pays_back_rate": figures(0.0, 0.0)}
    told = printed(200, found, everything=True)
    assert "in 17 % of runs; of these 41 d [40, 42]" in told
    assert "in 100 % of runs; of these 41 d [40, 42]" in told
    assert told.rstrip().endswith("in 0 % of runs")
    assert len(told.splitlines()) == 3, "one row for both"


def test_a_wait_that_some_still_have_is_told_as_a_lower_limit_with_their_share_beside_it() -> None:
    found = document("a", "b", desk_wait_minutes=495.0, desk_still_waiting_rate=0.64)
    found["arms"][1]["outcomes"]["desk_still_waiting_rate"] = figures(0.0004, 0.0)
    told = lines(printed(200, found))
    assert "Wait at desks at least 495.0 min [485.1, 504.9] 495.0 min [485.1, 504.9]" in told
    assert "Still waiting at the end 64.0 % [62.7, 65.3] 0.0 % [0.0, 0.0]" in told


def test_input_uncertainty_of_saved_cost_and_of_what_is_the_same_is_told_in_those_words() -> None:
    found = document("a", "b", cost=100.0, incremental_roi=2.0, profit=5.0)
    found["comparisons"][0]["difference"] = figures(-10.0, 1.0)
    spans = [(-11.0, -9.0), (-0.25, 1.5), (0.0, 0.0)]
    for row, (low, high) in zip(found["comparisons"], spans, strict=True):
        row["difference"] |= {"input_lo": low, "input_hi": high}
    console = Console(width=120, markup=False, highlight=False)
    with console.capture() as captured:
        print_input_uncertainty(console, found, "EUR")
    told = lines(captured.get())
    assert "Return on added cost gains 0.25 to loses 1.50 per EUR saved" in told
    assert "Cost -11 to -9 EUR" in told
    assert "Profit same" in told
