import pytest

from sim.engine.memory.history import History
from sim.outcomes import measure
from sim.scenario import Scenario
from tests.builders import scenario
from tests.histories import Person, history

DESK = {"id": "help", "agents": 1, "service_minutes": 5, "cost_per_contact": 8, "cost_per_hour": 30}


def shop(**changes: object) -> Scenario:
    """Two and a half days, contacts at 0.25, a desk, 10 % refunds, set-up 100 and 60 a month."""
    tables: dict[str, object] = {
        "horizon": 2.5,
        "channels": [{"id": "web", "cost": 0.25}],
        "desks": [DESK],
        "touchpoints": [
            {"id": "start", "start": True},
            {"id": "help", "desk": "help"},
            {"id": "order", "goal": {"kind": "conversion", "value": 50, "margin": 0.4}},
        ],
        "transitions": [
            {"from": "start", "to": "help", "share": 1, "delay": 1},
            {"from": "help", "to": "order", "share": 1},
            {"from": "order", "to": "start", "share": 1, "delay": 1},
        ],
        "money": {"setup": 100, "per_month": 60, "refund_rate": 0.1},
    }
    return scenario(**(tables | changes))


def single_goal(value: float | None = None, **changes: object) -> Scenario:
    """One touchpoint with a conversion goal, and nothing that costs anything."""
    goal = {"kind": "conversion"} | ({} if value is None else {"value": value})
    touchpoint = {"id": "start", "start": True, "goal": goal}
    free: dict[str, object] = {"channels": [{"id": "web"}], "desks": [], "money": {}}
    return shop(**(free | {"touchpoints": [touchpoint], "transitions": []} | changes))


PEOPLE = [
    Person(acquired=1, conversions=2, purchases=2, revenue=100, order_revenue=100, margin=40, discounted_margin=39.5,
           contact_cost=1.25),
    Person(acquired=2, conversions=1, purchases=1, revenue=50.1, order_revenue=50.1, margin=20, discounted_margin=20,
           contact_cost=0.75),
    Person(contact_cost=0.25),
]  # fmt: skip


def ledger(of: Scenario, **given: object) -> History:
    days: dict[str, object] = {
        "daily_margin": [0, 40, 20],
        "daily_contact_cost": [0.75, 1, 0.5],
        "daily_desk_cost": [8, 16, 0],
        "at_desks": {"agent_hours": [3]},
    }
    return history(of, PEOPLE, **(days | given))


def test_money_adds_up_to_the_cent() -> None:
    found = measure(ledger(shop()), shop(), "base", 0.0).outcomes["all"]
    # Contacts 2.25, desk contacts 24, three agent hours 90, set-up 100, 2.5 days of 60 a month 5.
    assert found["cost"] == pytest.approx(221.25, abs=1e-9)
    assert found["revenue"] == pytest.approx(150.1 * 0.9, abs=1e-9)
    assert found["profit"] == pytest.approx(60 * 0.9 - 221.25, abs=1e-9)
    assert found["roi"] == pytest.approx((54 - 221.25) / 221.25)
    assert found["clv"] == pytest.approx((39.5 + 20) * 0.9 / 2)
    assert found["order_value"] == pytest.approx(150.1 / 3)


def test_the_margin_never_covers_what_it_cost_and_payback_says_so() -> None:
    found = measure(ledger(shop()), shop(), "base", 0.0)
    assert "payback_days" not in found.outcomes["all"]
    assert found.absent["payback_days"] == "the margin does not cover the cost within the run"


def test_payback_is_the_end_of_the_first_day_that_covers_the_cost_so_far() -> None:
    cheap = shop(desks=[{"id": "help", "agents": 1, "service_minutes": 5, "cost_per_hour": 1}],
                 money={"setup": 10, "per_month": 30, "refund_rate": 0.5})  # fmt: skip
    # Agents 2.5 and monthly 2.5 over 2.5 days: 2 a day. Cost so far 12.75, 15.75, 17.25; margin kept 0, 15.5, 25.5.
    nothing_at_desks = {"daily_desk_cost": [0, 0, 0], "at_desks": {"agent_hours": [2.5]}}
    late = measure(ledger(cheap, daily_margin=[0, 31, 20], **nothing_at_desks), cheap, "base", 0.0)
    assert late.outcomes["all"]["payback_days"] == 2.5  # the last day is half a day
    just = measure(ledger(cheap, daily_margin=[0, 31.5, 20], **nothing_at_desks), cheap, "base", 0.0)
    assert just.outcomes["all"]["payback_days"] == 2


def test_a_lead_that_is_lost_again_is_no_payback() -> None:
    costly = single_goal(value=1, channels=[{"id": "web", "cost": 1}])
    earned, spent = [5, 0, 4], [1, 6, 1]
    seen = history(costly, PEOPLE, daily_margin=earned, daily_contact_cost=spent)
    assert measure(seen, costly, "base", 0.0).outcomes["all"]["payback_days"] == 2.5
    lost = history(costly, PEOPLE, daily_margin=[5, 0, 0], daily_contact_cost=spent)
    assert "payback_days" in measure(lost, costly, "base", 0.0).absent


def test_payback_waits_for_the_first_cost() -> None:
    free_start = single_goal(value=1, channels=[{"id": "web", "cost": 1}])
    seen = history(free_start, PEOPLE, daily_margin=[0, 5, 0], daily_contact_cost=[0, 1, 0])
    assert measure(seen, free_start, "base", 0.0).outcomes["all"]["payback_days"] == 2


def test_shared_costs_are_not_split_among_segments() -> None:
    split = shop(segments=[{"id": "new"}, {"id": "known"}])
    found = measure(ledger(split), split, "base", 0.0).outcomes
    assert {"cost", "profit", "roi", "payback_days"}.isdisjoint(found["new"])
    assert found["new"]["revenue"] == pytest.approx(150.1 * 0.9)
    assert found["known"]["revenue"] == 0


def test_a_journey_without_costs_has_no_return_but_a_cost_of_0() -> None:
    free = single_goal(value=5)
    found = measure(history(free, [Person(revenue=5, margin=5)]), free, "base", 0.0)
    assert found.outcomes["all"]["cost"] == 0
    assert found.outcomes["all"]["profit"] == 5
    assert {"roi", "payback_days"}.isdisjoint(found.outcomes["all"] | found.absent)


def test_a_journey_without_money_has_no_money_outcomes() -> None:
    plain = single_goal()
    found = measure(history(plain, [Person()]), plain, "base", 0.0)
    assert {"revenue", "cost", "profit", "roi", "clv", "order_value", "purchase_rate"}.isdisjoint(found.outcomes["all"])


@pytest.mark.parametrize(
    ("goods_back", "profit", "clv", "payback"),
    [(1, 22.75, 20.7, 1), (0.5, 16.75, 14.2, 2), (0, 10.75, 7.7, 2)],
)
def test_what_is_refunded_costs_its_margin_and_the_goods_that_do_not_come_back(
    goods_back: float, profit: float, clv: float, payback: float
) -> None:
    of = single_goal(value=1, channels=[{"id": "web", "cost": 1}], money={"refund_rate": 0.4, "goods_back": goods_back})
    # Sold for 70 with a margin of 40: 0.6 x 40 of margin is kept, and of the 0.4 x 30 of goods refunded some are lost.
    buyer = Person(acquired=0, revenue=70, margin=40, discounted_revenue=67, discounted_margin=34.5, contact_cost=1.25)
    seen = history(of, [buyer], daily_revenue=[35, 35, 0], daily_margin=[5, 35, 0], daily_contact_cost=[1.25, 0, 0])
    found = measure(seen, of, "base", 0.0)
    assert found.outcomes["all"]["revenue"] == pytest.approx(42)
    assert found.outcomes["all"]["profit"] == pytest.approx(profit)
    # 0.6 x 34.5, less what is lost of 0.4 x 32.5.
    assert found.outcomes["all"]["clv"] == pytest.approx(clv)
    # Day 0 keeps 3 of margin against a cost of 1.25, less what is lost of 0.4 x 30.
    assert found.outcomes["all"]["payback_days"] == payback


def test_whether_a_run_pays_back_is_told_of_every_run_that_cost_something() -> None:
    costly = single_goal(value=1, channels=[{"id": "web", "cost": 1}])

    def told(margin: float, cost: float) -> tuple[float | None, float | None]:
        people = [Person(margin=margin, revenue=margin, contact_cost=cost)]
        seen = history(costly, people, daily_margin=[margin, 0, 0], daily_contact_cost=[cost, 0, 0])
        found = measure(seen, costly, "base", 0.0).outcomes["all"]
        return found.get("pays_back_rate"), found.get("payback_days")

    assert told(5, 4) == (1, 1)
    assert told(4, 4) == told(0.1 + 0.2, 0.3) == told(0.3, 0.1 + 0.2) == (1, 1)
    assert told(3.99, 4) == (0, None)
    assert told(5, 0) == (None, None)
