"""Customer lifetime value against its closed form."""

import pytest

from sim.experiment import run
from sim.scenario.scenario import Scenario
from tests.builders import scenario

PERIOD = 30.0
RENEW, MARGIN, RATE = 0.8, 12.0, 0.1
PERIODS = 12
SIZE = 2_000
ENDLESS = MARGIN / (1 - RENEW / (1 + RATE) ** (PERIOD / 365))


def subscription(horizon: float) -> Scenario:
    """Everybody buys on the day of arrival, and once a period for as long as they renew, four times in five."""
    buys = {"kind": "conversion", "value": 30, "margin": MARGIN / 30}
    return scenario(
        horizon=horizon,
        population={"size": SIZE},
        channels=None,
        touchpoints=[
            {"id": "buy", "start": True, "goal": buys},
            {"id": "gone", "exit": "churn"},
        ],
        transitions=[
            {"from": "buy", "to": "buy", "share": RENEW, "delay": PERIOD, "role": "neutral"},
            {"from": "buy", "to": "gone", "share": 1 - RENEW, "delay": PERIOD, "role": "neutral"},
        ],
        money={"discount_rate": RATE},
        experiment={"seed": 39, "replications": 20},
    )


def closed_form(renewals: int) -> float:
    """m / (1 - q), q = r / (1 + d), cut off after so many renewals; d is the interest of one period."""
    q = RENEW / (1 + RATE) ** (PERIOD / 365)
    return MARGIN * (1 - q ** (renewals + 1)) / (1 - q)


@pytest.mark.parametrize("renewals", [0, 3, PERIODS])
def test_lifetime_value_is_that_of_a_constant_margin_churn_and_interest(renewals: int) -> None:
    results = run(subscription(renewals * PERIOD + PERIOD / 2), workers=1)
    told = results.summary("base")["clv"]
    assert told.mean == pytest.approx(closed_form(renewals), rel=0.01)
    if renewals:
        assert told.lo is not None
        assert told.hi is not None
        assert told.lo <= closed_form(renewals) <= told.hi
        assert told.hi < ENDLESS  # what lies beyond the horizon is not in it
