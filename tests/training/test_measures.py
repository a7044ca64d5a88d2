"""What is said of a score, by hand."""

import numpy as np
import pytest

from sim.training.measures import auc, calibration_error, tenths


def flags(text: str) -> np.ndarray:
    return np.array([each == "1" for each in text])


@pytest.mark.parametrize(
    ("score", "happened", "expected"),
    [
        ([0.1, 0.2, 0.3, 0.4], "0011", 1.0),
        ([0.1, 0.2, 0.3, 0.4], "1100", 0.0),
        ([0.5, 0.5, 0.5, 0.5], "0110", 0.5),
        ([0.1, 0.4, 0.4, 0.8], "0101", 0.875),
        ([0.1, 0.2], "11", None),
    ],
)
def test_auc_counts_pairs(score, happened, expected) -> None:
    assert auc(np.array(score), flags(happened)) == expected


def test_tenths_have_shares_and_lift() -> None:
    score = np.repeat(np.arange(10) / 10, 4)
    happened = np.zeros(40, np.bool_)
    happened[36:39] = True
    happened[0] = True
    parts = tenths(score, happened)
    assert [part.looks for part in parts] == [4] * 10
    best = parts[0]
    assert (best.expected, best.share, best.lift) == (0.9, 0.75, 7.5)
    assert calibration_error(parts) == pytest.approx((0.15 + sum(k / 10 for k in range(1, 9)) + 0.25) / 10)
