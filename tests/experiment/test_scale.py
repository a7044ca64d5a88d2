from typing import Any

import pytest

from sim.experiment import plan, run
from sim.experiment.scale import scale_note, with_customers
from sim.population import expected_arrivals
from sim.scenario import Scenario, override
from sim.scenario.experiment import Arm
from tests.builders import scenario

BUYING = [{"id": "web", "acquisition": {"spend": 500, "cost_per_arrival": 2, "saturation": 1000}}]
DESK = {"id": "phone", "name": "Contact centre", "agents": 4, "service_minutes": 5}


def at_desk(**changes: Any) -> Scenario:
    """The small scenario with a desk in the middle."""
    touchpoints = [
        {"id": "start", "start": True},
        {"id": "middle", "desk": "phone"},
        {"id": "done", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
        {"id": "gone", "exit": "churn"},
    ]
    return scenario(**({"touchpoints": touchpoints, "desks": [DESK]} | changes))


@pytest.mark.parametrize("customers", [7, 25, 1000])
def test_as_large_a_share_of_all_arrivals_is_bought_whatever_the_number_of_customers(customers: int) -> None:
    whole = scenario(channels=BUYING, population={"size": 100, "arrivals": {"pattern": "poisson", "over": 45}})
    scaled = with_customers(whole, customers)
    assert scaled.population.size == customers
    before, after = expected_arrivals(whole), expected_arrivals(scaled)
    assert after.organic / before.organic == pytest.approx(customers / 100)
    assert after.bought / before.bought == pytest.approx(customers / 100)


def test_each_arm_is_scaled_by_what_it_has_itself() -> None:
    dear = Arm(id="dear", set={"channels.web.acquisition.spend": 2000})
    wide = Arm(id="wide", set={"channels.web.acquisition.saturation": 4000, "population.size": 400})
    made = plan(scenario(channels=BUYING), arms=[Arm(id="now"), dear, wide], customers=50)
    bought = [arm.scenario.channels[0].acquisition for arm in made.variants]
    assert [(each.spend, each.saturation) for each in bought if each] == [(250, 500), (1000, 500), (62.5, 500)]
    assert {arm.scenario.population.size for arm in made.variants} == {50}


def test_a_size_that_is_set_is_taken_literally() -> None:
    literal = override(scenario(channels=BUYING), {"population.size": 50})
    assert expected_arrivals(literal).bought == expected_arrivals(scenario(channels=BUYING)).bought
    assert run(plan(literal, replications=1), workers=1).scale_note is None


@pytest.mark.parametrize(
    ("spread", "scaled"),
    [
        (500, {"family": "fixed", "value": 250.0}),
        ({"family": "normal", "mean": 500, "sd": 40}, {"family": "normal", "mean": 250.0, "sd": 20.0}),
        ({"family": "lognormal", "median": 500, "sigma": 0.3}, {"family": "lognormal", "median": 250.0, "sigma": 0.3}),
        ({"family": "gamma", "mean": 500, "shape": 9}, {"family": "gamma", "mean": 250.0, "shape": 9.0}),
        ({"family": "weibull", "scale": 500, "shape": 3}, {"family": "weibull", "scale": 250.0, "shape": 3.0}),
        ({"family": "uniform", "low": 400, "high": 600}, {"family": "uniform", "low": 200.0, "high": 300.0}),
        ({"family": "empirical", "quantiles": [1, 5]}, {"family": "empirical", "quantiles": (0.5, 2.5)}),
    ],
)
def test_what_is_not_known_for_sure_of_bought_visits_is_scaled_too(spread: Any, scaled: dict[str, Any]) -> None:
    at = "channels.web.acquisition.spend"
    whole = scenario(
        channels=BUYING, uncertainty={at: spread, "behaviour.price_index": {"family": "beta", "a": 2, "b": 3}}
    )
    found = with_customers(whole, 50).uncertainty
    assert found[at].model_dump(exclude_none=True) == scaled
    assert found["behaviour.price_index"] == whole.uncertainty["behaviour.price_index"]
    assert found[at].mean_value() == pytest.approx(whole.uncertainty[at].mean_value() / 2)


def note(of: Scenario, customers: int, *arms: Arm) -> str | None:
    """What is said of a run with so many customers."""
    made = plan(of, arms=arms or None, customers=customers)
    return scale_note(of.population.size, [arm.scenario for arm in made.variants], of.currency)


def test_as_many_customers_as_there_are_need_no_word() -> None:
    assert note(at_desk(channels=BUYING, money={"setup": 5000}), 100) is None


def test_what_fewer_customers_do_not_change_is_said_in_plain_words() -> None:
    money = {"setup": 5000, "per_month": 99.5}
    policy = {"policy": "rules", "budget": {"per_day": 20, "total": 400}}
    assert note(at_desk(channels=BUYING, money=money, orchestration=policy), 20) == (
        "Simulated with 20 of 100 customers: bought visits scaled alike; not scaled: 4 agents at Contact centre, "
        "set-up 5,000 EUR, running cost 99.50 EUR a month, budget 20 EUR a day, budget 400 EUR for the run."
    )


def test_only_what_there_is_is_said() -> None:
    assert note(scenario(), 20) == "Simulated with 20 of 100 customers."
    assert note(scenario(channels=BUYING), 20) == "Simulated with 20 of 100 customers: bought visits scaled alike."
    assert note(scenario(money={"setup": 9}), 20) == "Simulated with 20 of 100 customers: not scaled: set-up 9 EUR."
    nobody_spends = {"policy": "none", "budget": {"total": 400}}
    assert note(scenario(orchestration=nobody_spends), 20) == "Simulated with 20 of 100 customers."
    assert note(scenario(desks=[DESK]), 20) == "Simulated with 20 of 100 customers.", "nobody comes to that desk"


def test_more_customers_are_said_as_well() -> None:
    told = note(at_desk(), 2000)
    assert told == "Simulated with 2,000 instead of 100 customers: not scaled: 4 agents at Contact centre."


def test_arms_and_shifts_are_said_together() -> None:
    shifts = [{"days": "mon-fri", "from": 8, "to": 18, "agents": 6}, {"days": "sat", "from": 9, "to": 12, "agents": 1}]
    one = {"id": "phone", "agents": 1, "service_minutes": 5}
    assert note(at_desk(desks=[one]), 20) == "Simulated with 20 of 100 customers: not scaled: 1 agent at phone."
    in_shifts = {"id": "phone", "shifts": shifts, "service_minutes": 5}
    assert str(note(at_desk(desks=[in_shifts]), 20)).endswith("not scaled: 1 to 6 agents at phone.")
    more = Arm(id="more", set={"desks.phone.agents": 9, "money.setup": 700})
    told = note(at_desk(money={"setup": 20}), 20, Arm(id="now"), more)
    assert str(told).endswith("not scaled: 4 to 9 agents at Contact centre, set-up 20 to 700 EUR.")


def test_the_note_and_the_arrivals_expected_stand_in_the_results() -> None:
    found = run(scenario(channels=BUYING), customers=50, replications=40, workers=1)
    told = found.document()
    assert told["notes"][0] == "Simulated with 50 of 100 customers: bought visits scaled alike."
    expected = told["arms"][0]["expected_arrivals"]
    assert (
        found.arrivals
        == f"about {expected:,.0f} arrivals ({expected - 50:,.0f} bought)"
        == "about 161 arrivals (111 bought)"
    )
    arrivals = told["arms"][0]["outcomes"]["arrivals"]
    assert arrivals["lo"] < expected < arrivals["hi"]


def test_arrivals_need_no_word_where_they_are_the_customers() -> None:
    assert run(scenario(), replications=1, workers=1).arrivals == ""


def test_arrivals_of_arms_that_buy_differently_are_told_from_fewest_to_most() -> None:
    dear = Arm(id="dear", set={"channels.web.acquisition.spend": 2000, "referrals": {"at": ["middle"], "rate": 0.1}})
    found = run(scenario(channels=BUYING), arms=[Arm(id="now"), dear], replications=1, workers=1)
    assert found.arrivals == "about 321 to 732 arrivals (221 to 632 bought, friends on top)"


def test_arrivals_after_the_horizon_are_left_out() -> None:
    late = scenario(population={"size": 200, "arrivals": {"pattern": "poisson", "over": 40}})
    assert run(late, replications=1, workers=1).arrivals == "about 150 arrivals"
