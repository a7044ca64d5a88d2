"""What a pilot that says little or nothing still says of the demand to expect, worked out by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.engine.brand import budget
from sim.scenario.orchestration import Budget
from tests.engine.test_pacing import paced
from tests.oracle.purse import PILOT as PILOT_OF_THE_ORACLE


def test_a_pilot_that_says_little_still_says_how_the_days_differ(purse: SimpleNamespace) -> None:
    """A quarter on the first of eight days: smoothed a sixteenth there, a twentieth on the second."""
    pace = paced(Budget(total=0.01), np.array([0.25, *[0] * 7]), 8)
    pace.begin_period()
    pace.set_throttle(0)
    assert purse.throttle == pytest.approx(0.01 / (0.25 * (1 / 4 + 1 / 5 + 1 / 6 + 1 / 7)))
    purse.demand = 0.25
    pace.begin_period()
    assert pace.forecast(0) == 0.0625
    assert pace.forecast(1) == pytest.approx(0.05 * 4)


def test_after_more_than_a_week_without_a_pilot_the_last_seven_days_count(purse: SimpleNamespace) -> None:
    pace = paced(Budget(per_day=1), np.zeros(10), 10)
    for demand in (50.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 0.0):
        pace.begin_period()
        purse.demand = demand
    assert pace.forecast(8) == 4


def test_there_is_no_more_than_everything_to_pass(purse: SimpleNamespace) -> None:
    pace = paced(Budget(per_day=90))
    pace.begin_period()
    pace.set_throttle(0)
    assert purse.throttle == 1


def test_a_pilot_is_of_five_hundred() -> None:
    assert budget.PILOT == PILOT_OF_THE_ORACLE == 500
