"""Every cent is in one month and one cause, in every replication (model 38)."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS, History
from sim.experiment.profiles import profiles_of
from sim.outcomes import measure
from sim.outcomes.calendar import PERIODS, first_days
from sim.outcomes.ledger import ledger
from sim.outcomes.lines import COSTS, CUMULATED, LINES, MARGIN, OWN, PROFIT, REVENUE, by_period, line_of
from sim.outcomes.money import daily_cost, kept
from sim.scenario import Scenario, open_scenario, override, variants
from sim.shipped import shipped_scenarios
from tests.drawing import check_drawn
from tests.histories import Person, history
from tests.outcomes.test_money import PEOPLE, shop
from tests.strategies import Drawn, drawn_scenarios
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

CENT = 0.005
FEW = 400


def books(seen: History, of: Scenario) -> np.ndarray:
    amounts = ledger(seen, of)
    return np.array([amounts[line] for line in OWN])


def check(seen: History, of: Scenario) -> None:
    """Lines add up to profit day by day and period by period, and over the run to the outcomes."""
    found = books(seen, of)
    by_day = kept(seen.daily_revenue, seen.daily_margin, of) - daily_cost(seen, of)
    assert found.sum(axis=0) == pytest.approx(by_day, abs=CENT, rel=1e-9)
    assert (found[OWN.index("sales")] >= 0).all()
    assert (found[[OWN.index(line) for line in ("discounts", "refunds", *COSTS)]] <= 0).all()
    told = measure(seen, of, "base", 0.0).outcomes["all"]
    for per in PERIODS:
        first = first_days(found.shape[-1], of.start_date, per)
        months = {line: by_period(found, line, first) for line in LINES}
        own = np.sum([months[line] for line in OWN], axis=0)
        assert own == pytest.approx(months[PROFIT], abs=CENT, rel=1e-9)
        assert months[REVENUE] + months["goods"] + months["goods_lost"] == pytest.approx(months[MARGIN], abs=CENT)
        assert np.cumsum(months[PROFIT]) == pytest.approx(months[CUMULATED], abs=CENT, rel=1e-9)
        spent = -sum(months[line].sum() for line in COSTS)
        for outcome, amount in (("revenue", months[REVENUE].sum()), ("cost", spent), ("profit", own.sum())):
            if outcome in told:
                assert amount == pytest.approx(told[outcome], abs=CENT, rel=1e-9)


@pytest.mark.parametrize("path", shipped_scenarios().values(), ids=lambda path: Path(path).stem)
def test_every_cent_of_a_shipped_scenario_is_in_one_month_and_one_cause(path: Path) -> None:
    file = open_scenario(path)
    for variant in variants(file)[:3]:
        of = override(variant.scenario, {"population.size": FEW})
        base = override(file.scenario, {"population.size": FEW})
        program = compile_program(of, base)
        seed = of.experiment.seed
        for replication in range(2):
            check(simulate(program, seed, replication, profiles=profiles_of(of, seed)), of)


MONEY = st.fixed_dictionaries(
    {
        "money.setup": st.sampled_from([0, 100, 12345.67]),
        "money.per_month": st.sampled_from([0, 33.33]),
        "money.refund_rate": st.sampled_from([0, 0.1, 1 / 3, 1]),
        "money.goods_back": st.sampled_from([0, 0.7, 1]),
    }
)


@pytest.mark.parametrize("examples", [20, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", [drawn_scenarios, orchestrated_scenarios, sharing_scenarios])
def test_every_cent_of_a_drawn_scenario_is_in_one_month_and_one_cause(kind, examples: int) -> None:
    spoken = []

    def balanced(drawn: tuple[Drawn, dict[str, float]]) -> None:
        case, money = drawn
        of = override(case.scenario, money)
        seen = simulate(compile_program(of, case.reference), case.seed, 0)
        check(seen, of)
        spoken.append(seen.daily_revenue.any())

    check_drawn(st.tuples(kind(), MONEY), balanced, examples)
    assert any(spoken)


def test_each_line_of_a_run_by_hand() -> None:
    of = shop(money={"setup": 100, "per_month": 60, "refund_rate": 0.1, "goods_back": 0.5})
    seen = history(
        of,
        PEOPLE,
        daily_revenue=[0, 100, 50],
        daily_margin=[0, 40, 20],
        daily_discount=[0, 5, 0],
        daily_contact_cost=[0.75, 1, 0.5],
        daily_message_cost=[0, 0.25, 0],
        daily_personal_cost=[0, 0, 0.5],
        daily_desk_cost=[8, 16, 0],
        at_desks={"agent_hours": [3]},
    )
    told = {line: amounts.tolist() for line, amounts in ledger(seen, of).items()}
    assert told["sales"] == [0, 105, 50]
    assert told["discounts"] == [0, -5, 0]
    assert told["refunds"] == [0, -10, -5]
    # Goods that cost 60 and 30: nine tenths are kept by customers, half of the refunded tenth is lost.
    assert told["goods"] == [0, -54, -27]
    assert told["goods_lost"] == [0, -3, -1.5]
    assert told["contacts"] == [-0.75, -1, -0.5]
    assert told["messages"] == [0, -0.25, 0]
    assert told["personalization"] == [0, 0, -0.5]
    assert told["service"] == [-8, -16, 0]
    # 90 for agents and 5 of running cost over two and a half days; set-up on the first alone.
    assert told["agents"] == pytest.approx([-36, -36, -18])
    assert told["setup"] == [-100, 0, 0]
    assert told["running"] == pytest.approx([-2, -2, -1])
    assert not any(told["acquisition"])


def test_a_month_of_a_shipped_scenario_by_hand_from_its_events() -> None:
    """April of the cart recovery: orders and their prices, visits and messages as the event log has them."""
    file = open_scenario(shipped_scenarios()["cart-recovery"])
    of = override(next(each.scenario for each in variants(file) if each.id == "rules"), {"money.refund_rate": 0.2})
    seen = simulate(compile_program(of, file.scenario), of.experiment.seed, 0, events=True)
    log = seen.events
    assert log is not None
    begin, end = 30, 60  # the run begins on 2 March
    april = (log.time >= begin) & (log.time < end)
    sold = log.value[april & (log.event == EVENTS.index("conversion"))].sum()
    channels = {each.id: each.cost for each in of.channels}
    price = np.array([channels[id_] for id_ in seen.channels])
    entered = april & (log.event == EVENTS.index("enter")) & (log.channel >= 0)
    sent = april & (log.event == EVENTS.index("sent"))
    found = books(seen, of)
    months = first_days(found.shape[-1], of.start_date, "month").tolist()
    assert months == [0, begin, end, 91]

    def in_april(line: str) -> float:
        return float(line_of(found, line)[begin:end].sum())

    assert in_april(REVENUE) == pytest.approx(0.8 * sold, abs=CENT)
    assert in_april(MARGIN) == pytest.approx(0.8 * 0.4 * sold, abs=CENT)
    assert in_april("contacts") == pytest.approx(-price[log.channel[entered]].sum(), abs=CENT)
    assert in_april("messages") == pytest.approx(-log.value[sent].sum(), abs=CENT)
    assert in_april("running") == pytest.approx(-150, abs=CENT)


def test_discounts_lie_on_the_day_on_which_they_are_used() -> None:
    """An offer of a fifth, used at an order of 100 on the third day."""
    seen = history(shop(), [Person()], daily_revenue=[0, 0, 80], daily_discount=[0, 0, 20], daily_margin=[0, 0, 20])
    told = ledger(seen, shop())
    assert (told["sales"] + told["discounts"]).tolist() == [0, 0, 80]
