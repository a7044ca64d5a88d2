"""The engine's luck passes a battery of tests along the counters that it uses, and broken luck does not."""

import numpy as np
import pytest

from sim.draws.philox import block
from tests.draws.battery import p_values
from tests.draws.layouts import (
    FORGETS_THE_VISIT,
    LAYOUTS,
    ONE_BIT_STUCK,
    PAIRS_CUSTOMERS,
    SOUND,
    STUCK_WORD,
    VISITS,
    drawn,
    reduced,
    uses,
)

DOUBT = 1e-4
"""Probability that a sound generator fails anywhere in the battery (Bonferroni)."""
USED = uses()
SLOW = pytest.mark.slow


def failures(generator: int, layout: int, words: int) -> dict[str, float]:
    """The tests that fail, by name, with their p-values."""
    found = p_values(generator, layout, USED, words // 4)
    limit = DOUBT / (len(found) * len(LAYOUTS))
    return {name: p for name, p in found.items() if p < limit}


@pytest.mark.parametrize("words", [2**24, pytest.param(2**30, marks=SLOW)], ids=["2^24", "2^30"])
@pytest.mark.parametrize("layout", range(len(LAYOUTS)), ids=LAYOUTS)
def test_words_are_even_and_independent_along_the_counters_in_use(layout: int, words: int) -> None:
    assert failures(SOUND, layout, words) == {}


@pytest.mark.parametrize("layout", range(len(LAYOUTS)), ids=LAYOUTS)
@pytest.mark.parametrize("broken", [1, 2, 3, STUCK_WORD, ONE_BIT_STUCK], ids=lambda generator: f"generator{generator}")
def test_a_broken_generator_is_found_out(broken: int, layout: int) -> None:
    assert failures(broken, layout, 2**22)


@SLOW
@pytest.mark.parametrize("layout", range(len(LAYOUTS)), ids=LAYOUTS)
@pytest.mark.parametrize("rounds", [4, 5])
def test_too_few_rounds_are_found_out(rounds: int, layout: int) -> None:
    assert failures(rounds, layout, 2**24)


def test_luck_that_is_used_twice_is_found_out() -> None:
    assert any("distance" in name for name in failures(FORGETS_THE_VISIT, VISITS, 2**20))
    assert any("distance" in name for name in failures(PAIRS_CUSTOMERS, LAYOUTS.index("customers"), 2**20))


def test_the_generator_with_fewer_rounds_is_the_engines_but_for_the_rounds() -> None:
    for customer, visit in ((0, 0), (2**33 + 7, 12), (12345, 2**24 - 1)):
        expected = block(customer, 99, 13, visit, 2026, 3)
        assert (
            reduced(customer, 99, 13, visit, 2026, 3, 10) == expected == drawn(SOUND, customer, 99, 13, visit, 2026, 3)
        )


def test_the_counters_of_the_layouts_are_those_of_the_shipped_scenarios() -> None:
    assert len(USED) > 150
    assert len(np.unique(USED, axis=0)) == len(USED)
    assert set(USED[:, 0]) >= {1, 2, 3, 4, 5, 7, 9, 10, 11, 13, 14, 15}
