"""What is told of shares over time: each curve's name, its definition and the customers that it is of."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ShareCurve:
    """One curve: the single place for its definition."""

    id: str
    definition: str
    """for the reference page"""
    like: str
    """an outcome with the same whole: the customers whose shares the curve shows"""


CURVES: Final = {
    one.id: one
    for one in (
        ShareCurve(
            "retention",
            "share still there, by days since the first conversion; empty where retention would be absent",
            "repeat_rate",
        ),
        ShareCurve(
            "completed",
            "share that completed, by days since the first conversion, where there is a completed exit",
            "repeat_rate",
        ),
        ShareCurve(
            "conversion",
            "share of all arrivals of the run won so far, by the day of the run; it ends at `conversion_rate`",
            "conversion_rate",
        ),
        ShareCurve(
            "converted_within",
            "share won, by days since arrival; `converted_within_30` and the like lie on it, and it is "
            "empty where they would be absent",
            "conversion_rate",
        ),
    )
}
"""All curves by id, in the order of the reference page."""
