"""Mistakes that people are warned of when they tell profit by month or make a business case, tried here."""

import numpy as np
import pytest

from sim.money import business_case
from sim.money.business_case import paid_back
from sim.outcomes.ledger import ledger
from sim.outcomes.lines import CUMULATED, OWN, PROFIT, REVENUE, by_period, line_of
from sim.scenario import override
from tests.histories import Person, history
from tests.money.test_business_case import by_hand
from tests.outcomes.test_money import shop, single_goal


def test_february_does_not_bear_the_refunds_of_january() -> None:
    """50,000 sold in January, of which 5,000 comes back in February, and 40,000 sold then (webgility.com)."""
    of = single_goal(value=1, horizon=60, money={"refund_rate": 0.1})
    sold = np.zeros(60)
    sold[10], sold[40] = 50_000, 40_000
    seen = history(of, [Person()], daily_revenue=sold, daily_margin=sold)
    found = np.array([ledger(seen, of)[line] for line in OWN])
    assert by_period(found, REVENUE, np.array([0, 27])).tolist() == [45_000, 36_000]


def test_a_discount_is_not_taken_off_twice() -> None:
    """100 at full price, goods for 60, sold with 10 off: 30 is left, and not 20."""
    of = shop(desks=[], money={})
    seen = history(
        single_goal(value=1), [Person()], daily_revenue=[90, 0, 0], daily_discount=[10, 0, 0], daily_margin=[30, 0, 0]
    )
    found = np.array([ledger(seen, of)[line] for line in OWN])
    assert line_of(found, PROFIT).tolist() == [30, 0, 0]
    assert line_of(found, "sales").tolist() == [100, 0, 0]


def test_a_cohort_that_shrinks_pays_back_later_than_its_first_month_promises() -> None:
    """14 months of margin spent on each customer; 5 % leave every month (dnoise.online: static and cohort payback)."""
    months = np.arange(40)
    cumulated = np.cumsum(0.95**months) - 14
    last = np.log(1 - 14 * 0.05) / np.log(0.95)
    assert paid_back(cumulated, 40) == pytest.approx(np.ceil(last)) == 24
    assert paid_back(np.cumsum(0.9**months) - 14, 40) is None  # the first month would promise 14, too


def test_what_both_arms_pay_is_no_part_of_the_case() -> None:
    """Only what an arm changes counts (entras.be: incremental cash flows), and set-up once, on the first day."""
    both = {"old": [[-500, 10, 10]] * 2, "new": [[-520, 30, 20]] * 2}
    case = business_case(by_hand(both, line="setup", discount_rate=0), "new", "old", "day")
    assert [each.mean for each in case.difference.lines[CUMULATED]] == [-20, 0, 10]
    assert case.payback_days is not None
    assert case.payback_days.mean == 3  # to be even is not to be ahead
    setup = ledger(history(shop(), [Person()]), shop())["setup"]
    assert setup.tolist() == [-100, 0, 0]


def test_nothing_is_discounted_twice() -> None:
    """The profit by month is not discounted at all; without interest the net present value is its sum."""
    two = {"old": [[0.0] * 730] * 2, "new": [[-50.0] + [1.0] * 729] * 2}
    for rate, worth in ((0.0, 679.0), (0.1, -50 + (1.1 ** (-np.arange(1, 730) / 365)).sum())):
        case = business_case(by_hand(two, discount_rate=rate), "new", "old", "month")
        assert case.total.mean == pytest.approx(679)
        assert case.value.mean == pytest.approx(worth)


def test_a_refund_rate_of_one_leaves_no_revenue_and_all_the_cost() -> None:
    of = override(shop(), {"money.refund_rate": 1, "money.goods_back": 0})
    seen = history(of, [Person()], daily_revenue=[100, 0, 0], daily_margin=[40, 0, 0])
    told = ledger(seen, of)
    assert (told["sales"] + told["refunds"] + told["goods"]).tolist() == [0, 0, 0]
    assert told["goods_lost"].tolist() == [-60, 0, 0]
