"""What an arm is worth against another: by hand, and by putting break-even prices to the test (model 39)."""

import datetime
import math

import numpy as np
import pytest

from sim.experiment import Plan, plan, run
from sim.money import Books, TooManyNumbersError, business_case, find_assumptions, open_books, profit_and_loss
from sim.money.assumptions import asked
from sim.money.business_case import NotComparableError, paid_back, present_value
from sim.outcomes.lines import CUMULATED, OWN, PROFIT
from sim.scenario import Scenario, Variant, override
from tests.builders import scenario

START = datetime.date(2026, 1, 30)


def held(days: int = 4, **money: float) -> Scenario:
    return scenario(horizon=days, start_date=START, money=money)


def by_hand(profits: dict[str, list[list[float]]], line: str = "sales", **money: float) -> Books:
    """Books whose arms have these amounts by replication and day, on one line."""
    ledgers = {}
    for arm, each in profits.items():
        ledgers[arm] = np.zeros((len(each), len(OWN), len(each[0])))
        ledgers[arm][:, OWN.index(line), :] = each
    of = held(len(each[0]), **money)
    arms = {arm: Variant(arm, arm.title(), of) for arm in profits}
    return Books(plan(of, arms=list(arms.values())), arms, ledgers)


TWO = {"old": [[10, 10, 10, 10], [20, 20, 20, 20]], "new": [[0, 10, 30, 11], [10, 25, 26, 20]]}


def test_the_difference_by_month_is_that_of_the_same_customers() -> None:
    case = business_case(by_hand(TWO), "new", "old", "month")
    assert case.difference.date == ["2026-01-30", "2026-02-01"]
    assert case.difference.whole == [False, False]
    # January: -10 and -5; February: 21 and 6.
    january, february = case.difference.lines[PROFIT]
    assert (january.mean, february.mean) == (-7.5, 13.5)
    assert [each.mean for each in case.difference.lines[CUMULATED]] == [-7.5, 6]
    assert case.total.mean == 6
    # The differences -10 and -5 have the standard error 2.5, and Student's t of two values is 12.7.
    assert january.hi == pytest.approx(-7.5 + 12.7062 * 2.5, abs=1e-3)
    assert january.range_hi > january.hi


def test_payback_is_the_first_day_from_which_the_arm_stays_ahead() -> None:
    case = business_case(by_hand(TWO), "new", "old", "day")
    # Cumulated -10 -10 10 11, and -10 -5 1 1.
    assert case.payback_days is not None
    assert case.pays_back is not None
    assert (case.pays_back.mean, case.payback_days.mean) == (1, 3)
    assert paid_back(np.array([-5.0, 1, 2]), 3) == 2
    assert paid_back(np.array([1.0, 1, 2]), 3) == 1
    assert paid_back(np.array([0.0, 0, 2]), 2.5) == 2.5


def test_a_lead_that_is_lost_again_is_no_payback() -> None:
    assert paid_back(np.array([-5.0, 2, -1, 3]), 4) == 4
    assert paid_back(np.array([-5.0, 2, 4, 0]), 4) is None
    late = {"old": [[0, 0, 0]] * 2, "new": [[-5, 6, -3], [-5, 9, 0]]}
    case = business_case(by_hand(late), "new", "old", "day")
    assert case.pays_back is not None
    assert case.payback_days is not None
    assert (case.pays_back.mean, case.pays_back.n) == (0.5, 2)
    assert (case.payback_days.mean, case.payback_days.n) == (2, 1)


def test_what_differs_later_is_worth_less_and_the_first_day_counts_in_full() -> None:
    profit = np.zeros(731)
    profit[[0, 365, 730]] = -100, 110, 121
    assert present_value(profit, 0.1) == pytest.approx(-100 + 100 + 100)
    assert present_value(profit, 0) == profit.sum()
    case = business_case(by_hand(TWO, discount_rate=0.2), "new", "old", "month")
    days = 1.2 ** (-np.arange(4) / 365)
    assert case.value.mean == pytest.approx(np.mean([days @ [-10, 0, 20, 1], days @ [-10, 5, 6, 0]]))
    assert case.rate == 0.2


def test_what_differs_by_rounding_alone_does_not_differ() -> None:
    nearly = {"old": [[1000.1, 2000.2, 0]] * 2, "new": [[1000.1 + 2e-8, 2000.2 - 1e-8, 0]] * 2}
    case = business_case(by_hand(nearly), "new", "old", "day")
    assert not case.differs
    assert case.total.mean == case.value.mean == 0
    assert (case.pays_back, case.payback_days, case.break_even) == (None, None, ())


def test_arms_of_other_days_are_not_compared() -> None:
    books = by_hand(TWO)
    books.arms["new"] = Variant("new", "New", held(3))
    with pytest.raises(NotComparableError, match='"new" runs 3 days from 2026-01-30 and "old" runs 4 days'):
        business_case(books, "new", "old", "day")


def test_an_arm_that_begins_on_another_day_has_months_of_its_own() -> None:
    books = by_hand(TWO)
    books.arms["new"] = Variant("new", "New", override(held(), {"start_date": datetime.date(2026, 3, 31)}))
    assert profit_and_loss(books, "new", "month").date == ["2026-03-31", "2026-04-01"]
    assert profit_and_loss(books, "old", "month").date == ["2026-01-30", "2026-02-01"]


def shop() -> Scenario:
    """Messages lead some to a shop whose prices, refunds and costs all have something to do with it."""
    return scenario(
        horizon=75,
        start_date=START,
        population={"size": 400, "arrivals": {"pattern": "poisson", "over": 40}},
        channels=[
            {"id": "web", "cost": 0.3},
            {"id": "mail", "cost": 0.05, "open_rate": 0.6, "response_rate": 0.5},
        ],
        segments=[{"id": "all-of-them", "opt_in": {"mail": 1}}],
        touchpoints=[
            {"id": "start", "start": True, "channels": ["web"]},
            {"id": "order", "channels": ["web"], "goal": {"kind": "conversion", "value": 40, "margin": 0.3}},
            {"id": "away", "lapsed": True},
        ],
        transitions=[
            {"from": "start", "to": "order", "share": 1, "delay": 2},
            {"from": "start", "to": "away", "share": 2, "delay": 1},
            {"from": "order", "to": "away", "share": 1, "delay": 1},
        ],
        actions=[{"id": "deal", "channels": ["mail"], "leads_to": "order", "cost": 0.2, "discount": 0.1}],
        rules=[{"id": "come-back", "when": {"entered": "away", "after": 2}, "do": "deal", "cooldown": 20}],
        money={"setup": 50, "per_month": 20, "refund_rate": 0.1, "goods_back": 0.5, "discount_rate": 0.08},
        experiment={
            "replications": 6,
            "arms": [
                {"id": "none", "name": "No deals"},
                {
                    "id": "deals",
                    "name": "Deals",
                    "set": {"orchestration.policy": "rules", "money.setup": 120, "money.per_month": 35},
                },
            ],
        },
    )


@pytest.fixture(scope="module")
def opened() -> Books:
    return booked(plan(shop()))


def booked(whole: Plan) -> Books:
    """The books of a run of both arms."""
    return open_books(whole, ["none", "deals"], run(whole, workers=1).replications, None)


def test_the_lines_of_a_run_are_those_on_which_there_is_something(opened: Books) -> None:
    told = profit_and_loss(opened, "none", "month")
    assert list(told.lines) == [
        "sales", "discounts", "refunds", "net_revenue", "goods", "goods_lost", "margin", "contacts", "messages",
        "setup", "running", "profit", "cumulated",
    ]  # fmt: skip
    assert told.total["discounts"].mean == 0
    assert profit_and_loss(opened, "deals", "month").total["discounts"].mean < 0
    assert told.whole == [False, True, True, False]
    assert told.total[CUMULATED].mean == told.lines[CUMULATED][-1].mean == pytest.approx(told.total[PROFIT].mean)


def test_both_arms_are_even_at_each_break_even_price(opened: Books) -> None:
    """Simulated at the price found, the two make the same profit on average."""
    case = business_case(opened, "deals", "none", "month")
    assert case.total.mean > 0
    assert {each.line for each in case.break_even} == {"setup", "running", "margin", "contacts", "messages"}
    assert all(each.exact for each in case.break_even)
    at = {each.line: each.at for each in case.break_even}
    changes = {
        "setup": ({}, {"money.setup": at["setup"]}),
        "running": ({}, {"money.per_month": at["running"]}),
        "contacts": ({"channels.web.cost": 0.3 * at["contacts"]},) * 2,
        "messages": ({"channels.mail.cost": 0.05 * at["messages"], "actions.deal.cost": 0.2 * at["messages"]},) * 2,
    }
    for line, (of_none, of_deals) in changes.items():
        arms = [
            Variant("none", "No deals", override(opened.arms["none"].scenario, of_none)),
            Variant("deals", "Deals", override(opened.arms["deals"].scenario, of_deals)),
        ]
        even = business_case(booked(plan(shop(), arms=arms)), "deals", "none", "month")
        assert even.total.mean == pytest.approx(0, abs=0.005), line
    # The margin line's factor is checked on the ledgers: goals cannot be given a margin after refunds.
    more = opened.ledgers["deals"] - opened.ledgers["none"]
    margin, rest = more[:, :5].sum(), more[:, 5:].sum()
    assert at["margin"] * margin + rest == pytest.approx(0, abs=0.005)


def test_what_it_hangs_on_most_is_found_by_changing_each_number(opened: Books) -> None:
    deals, none = opened.arms["deals"], opened.arms["none"]
    numbers = {each.address: each for each in asked(shop(), deals.scenario, none.scenario)}
    assert numbers["money.setup"].own
    assert not numbers["money.refund_rate"].own
    assert "channels.mail.open_rate" not in numbers  # nobody says that it is uncertain
    found = {each.address: each for each in find_assumptions(opened.plan, deals, none, 6, None)}
    weights = [each.weight for each in found.values()]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0
    setup = found["money.setup"]
    assert setup.lower is not None
    assert setup.higher is not None
    assert (setup.lower.to, setup.lower.worth.mean) == (pytest.approx(108), pytest.approx(12))
    assert (setup.lower.worth.n, setup.higher.worth.mean) == (5, pytest.approx(-12))
    # Running cost over 75 days: 3.5 a month, discounted day by day.
    worth = -3.5 / 30 * (1.08 ** (-np.arange(75) / 365)).sum()
    assert found["money.per_month"].higher.worth.mean == pytest.approx(worth)
    margin = found["touchpoints.order.goal.margin"]
    assert margin.higher.worth.mean == pytest.approx(-margin.lower.worth.mean)


def test_numbers_that_are_uncertain_are_asked_and_shares_end_at_one() -> None:
    of = override(shop(), {"uncertainty": {"channels.mail.open_rate": {"family": "uniform", "low": 0.5, "high": 0.7}}})
    sure = override(of, {"channels.mail.open_rate": 0.95})
    arms = [
        Variant("none", "No deals", sure),
        Variant("deals", "Deals", override(sure, {"orchestration.policy": "rules"})),
    ]
    whole = plan(of, arms=arms, replications=2)
    found = {each.address: each for each in find_assumptions(whole, arms[1], arms[0], 2, None)}
    opens = found["channels.mail.open_rate"]
    assert not opens.own
    assert opens.higher is not None
    assert opens.higher.to == 1
    assert opens.lower is not None
    assert opens.lower.to == pytest.approx(0.855)
    assert opens.lower.worth.mean < 0
    assert "money.goods_back" in found
    assert found["money.goods_back"].higher.to == pytest.approx(0.55)


def test_arms_that_differ_in_too_many_numbers_are_not_asked(opened: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.money.assumptions.MOST_NUMBERS", 3)
    with pytest.raises(TooManyNumbersError, match=r'"deals" may depend on 1\d numbers, of which 2 are its own'):
        find_assumptions(opened.plan, opened.arms["deals"], opened.arms["none"], 6, None)


def test_prices_that_decide_what_is_sent_are_not_called_exact(opened: Books) -> None:
    tight = override(shop(), {"orchestration.budget.per_day": 1, "orchestration.policy": "rules"})
    arms = [opened.arms["none"], Variant("deals", "Deals", tight)]
    case = business_case(booked(plan(shop(), arms=arms, replications=3)), "deals", "none", "month")
    exact = {each.line: each.exact for each in case.break_even}
    assert exact["running"]
    assert not any(exact[line] for line in exact if line not in ("setup", "running"))


def test_one_replication_has_figures_and_no_intervals(opened: Books) -> None:
    one = Books(opened.plan, opened.arms, {arm: each[:1] for arm, each in opened.ledgers.items()})
    case = business_case(one, "deals", "none", "week")
    assert case.total.lo is None
    assert all(each.low is None for each in case.break_even)
    assert math.isnan(case.by_day.low[0])
