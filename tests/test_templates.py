"""The templates are sound scenarios, for whatever figures are asked, and what was asked comes out when they are run."""

import math
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.first_steps.templates import Figure, Template, scenario_text, templates
from sim.engine import compile_program, simulate
from sim.experiment import run
from sim.scenario import get, parse, variants

ALL = list(templates().values())
BY_NAME = {"argvalues": ALL, "ids": [template.id for template in ALL]}
REPLICATIONS = 6

# Which share of the visits to a touchpoint goes on to which, where that is what was asked.
SHARES = {
    "shop": {
        "carts": ("visit", ["visit/cart"]),
        "bought": ("cart", ["checkout/order"]),
        "come-back": ("between-orders", ["between-orders/comes-back"]),
    },
    "subscription": {
        "paying": ("sign-up", ["in-use/first-payment", "unused/first-payment"]),
        "cancel": ("month-over", ["month-over/cancelled"]),
        "come-back": ("cancelled", ["cancelled/comes-back"]),
    },
    "bank": {
        "finished": ("application", ["proof/account"]),
        "used": ("account", ["account/first-use"]),
        "calls": ("month", ["month/call"]),
    },
    "travel": {
        "forms": ("looks", ["looks/form"]),
        "booked": ("form", ["form/booking"]),
        "again": ("home", ["home/books-again"]),
    },
    "b2b": {
        "meetings": ("lead", ["lead/meeting"]),
        "proposals": ("meeting", ["meeting/proposal"]),
        "signed": ("proposal", ["proposal/contract"]),
        "renewed": ("year-over", ["year-over/renewal"]),
    },
}
WORTH = {"shop": "order-value", "subscription": "price", "bank": "earnings", "travel": "booking-value",
         "b2b": "contract-value"}  # fmt: skip
OTHER = {
    "shop": {"carts": 20, "bought": 55, "order-value": 120, "margin": 50, "come-back": 60},
    "subscription": {"paying": 50, "price": 9.5, "margin": 90, "cancel": 12, "come-back": 30},
    "bank": {"finished": 70, "used": 85, "earnings": 300, "calls": 25, "call-cost": 11},
    "travel": {"forms": 25, "booked": 60, "booking-value": 450, "margin": 30, "again": 60},
    "b2b": {"meetings": 40, "proposals": 70, "signed": 60, "contract-value": 900, "renewed": 60},
}


def answers(template: Template) -> st.SearchStrategy[dict[str, float]]:
    """Any figures that may be given."""

    def one(figure: Figure) -> st.SearchStrategy[float]:
        if figure.whole:
            return st.integers(int(figure.low), int(figure.high))
        return st.floats(figure.low, figure.high)

    return st.fixed_dictionaries({figure.id: one(figure) for figure in template.figures})


@pytest.mark.parametrize("template", **BY_NAME)
def test_a_template_asks_six_figures_and_compares_at_least_two_arms(template: Template) -> None:
    file = parse(template.text)
    assert len(template.figures) == 6
    assert len({figure.id for figure in template.figures}) == 6
    assert len(variants(file)) >= 2
    assert 8 <= len(file.scenario.touchpoints) <= 14
    for figure in template.figures:
        assert all((figure.label, figure.unit, figure.help))
        assert figure.refusal(figure.default) == ""


@pytest.mark.parametrize("template", **BY_NAME)
def test_the_text_of_a_template_holds_the_defaults_of_its_figures(template: Template) -> None:
    scenario = parse(template.text).scenario
    for figure in template.figures:
        for setting in figure.sets:
            assert get(scenario, setting.at) == pytest.approx(setting.value_for(figure.default), abs=1e-4), setting.at
    assert scenario_text(template, {}) == template.text


@pytest.mark.parametrize("template", **BY_NAME)
def test_shares_that_leave_a_touchpoint_add_up_to_one(template: Template) -> None:
    for text in (template.text, scenario_text(template, OTHER[template.id])):
        scenario = parse(text).scenario
        for touchpoint in scenario.touchpoints:
            shares = [transition.share for transition in scenario.transitions if transition.source == touchpoint.id]
            assert touchpoint.exit or sum(shares) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("template", **BY_NAME)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(chance=st.data())
def test_whatever_figures_are_given_nothing_is_wrong_and_it_runs(template: Template, chance: st.DataObject) -> None:
    text = scenario_text(template, chance.draw(answers(template)))
    file = parse(text)
    assert not file.warnings
    for variant in variants(file):
        few = variant.scenario.population.model_copy(update={"size": 50})
        scenario = variant.scenario.model_copy(update={"population": few})
        assert simulate(compile_program(scenario, scenario), 1, 0).at_touchpoints.visits.sum() > 0


@pytest.mark.parametrize("template", **BY_NAME)
@pytest.mark.parametrize("given_", ["defaults", "other figures"])
def test_the_figures_asked_come_out_of_the_simulation(template: Template, given_: str) -> None:
    asked = template.defaults | (OTHER[template.id] if given_ == "other figures" else {})
    results = run(parse(scenario_text(template, asked)), customers=6000, replications=REPLICATIONS, workers=1)
    first = [replication.arms[0] for replication in results.replications]
    for figure, (of, keys) in SHARES[template.id].items():
        chosen = sum(arm.transitions[transition]["chosen"] for arm in first for transition in keys)
        visits = sum(arm.touchpoints[of]["visits"] for arm in first)
        told = asked[figure] / 100
        noise = 3 * math.sqrt(told * (1 - told) / visits)
        # Customers differ, and those who go far are the keener ones: a few hundredths of the figure.
        assert chosen / visits == pytest.approx(told, abs=0.04 * told + noise), figure
    if "order_value" in first[0].outcomes["all"]:
        values = [arm.outcomes["all"]["order_value"] for arm in first if "order_value" in arm.outcomes["all"]]
        assert sum(values) / len(values) == pytest.approx(asked[WORTH[template.id]], rel=0.06)


@pytest.mark.parametrize("template", **BY_NAME)
def test_what_the_arms_of_a_template_change_can_be_seen(template: Template) -> None:
    results = run(parse(template.text), customers=3000, replications=3, workers=1)
    visits = [
        [
            [each["visits"] for each in replication.arms[index].touchpoints.values()]
            for replication in results.replications
        ]
        for index in range(len(results.arms))
    ]
    assert all(one != other for one, other in combinations(visits, 2))


def test_a_figure_that_does_not_fit_is_refused_with_what_would() -> None:
    shop = templates()["shop"]
    with pytest.raises(ValueError, match=r"Of 100 carts.*give a number from 2 to 70"):
        scenario_text(shop, {"bought": 90})
    assert shop.figures[0].refusal(200.5) == "Give a whole number from 200 to 50 000"
    assert shop.figures[0].refusal(math.nan)


def test_a_name_of_ones_own_goes_into_the_scenario() -> None:
    text = scenario_text(templates()["bank"], {}, name='Bank "of" mine')
    assert parse(text).scenario.name == 'Bank "of" mine'
