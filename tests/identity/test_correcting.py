"""Errors of a resolution are put right one kind at a time (model 32)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.identity.correcting import put_right
from sim.identity.measures import measures
from sim.scenario.identity import Corrected

FOUND = np.array([[0, 0, 1], [2, 0, -1], [3, 3, 3], [4, -1, 5], [6, 5, 6]])
"""The first two share profile 0, the last two profile 5."""


def alike(one: np.ndarray, other: list[list[int]]) -> bool:
    """Whether the same records are together, whatever the numbers; -1 is nobody's."""
    a, b = one.ravel(), np.array(other).ravel()
    together = (a[:, None] == a) & (a >= 0)[:, None]
    return bool((together == ((b[:, None] == b) & (b >= 0)[:, None])).all())


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [
        ("nothing", FOUND.tolist()),
        ("wrong-merges", [[0, 0, 1], [2, 7, -1], [3, 3, 3], [4, -1, 5], [6, 8, 6]]),
        ("missed-merges", [[0, 0, 0], [0, 0, 0], [1, 1, 1], [2, 2, 2], [2, 2, 2]]),
        ("everything", [[0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]]),
    ],
)
def test_small_cases_by_hand(corrected: Corrected, expected: list[list[int]]) -> None:
    assert alike(put_right(FOUND, corrected), expected)


FOUND_ONES = st.integers(1, 4).flatmap(
    lambda channels: st.lists(
        st.lists(st.integers(-1, 9), min_size=channels, max_size=channels), min_size=1, max_size=12
    )
)


@given(FOUND_ONES)
def test_what_is_put_right_is_right_and_the_rest_stays(drawn: list[list[int]]) -> None:
    found = np.array(drawn)
    split, joined, right = (put_right(found, each) for each in ("wrong-merges", "missed-merges", "everything"))
    assert measures(split).mixed_profiles == 0
    assert measures(split).found == measures(found).found
    assert measures(joined).recall in (1, None)
    assert (measures(joined).mixed_profiles > 0) == (measures(found).mixed_profiles > 0)
    assert (measures(right).recall, measures(right).mixed_profiles) in [(1, 0), (None, 0)]
    assert alike(put_right(split, "missed-merges"), right.tolist())
