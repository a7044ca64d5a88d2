"""Addresses: every value can be looked up and changed by one."""

import pytest

from sim.scenario import ScenarioError, addresses, get, override, parse, parse_value, tables_of
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.resolve import coefficients
from tests.builders import scenario, small
from tests.scenario.contract import CONTRACT

SHOP = parse(CONTRACT).scenario


def refused(of, changes):
    """The one finding about the changes."""
    with pytest.raises(ScenarioError) as raised:
        override(of, changes)
    (finding,) = raised.value.findings
    return finding


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("orchestration.policy", "bandit"),
        ("channels.email.mix", 0.9),
        ("touchpoints.cart.effort", 5.0),
        ("transitions.cart/checkout.share", 0.5),
        ("segments.bargain.traits.propensity.mean", 0.4),
        ("population.size", 50),
        ("desks.contact-centre.agents", 9),
        ("coefficients.progress.sentiment", 0.7),
        ("population.arrivals.pattern", "cohort"),
        ("population.arrivals.over", 30.0),
        ("segments.bargain.affinity.web", 0.1),
        ("segments.bargain.affinity.push", 0.1),
        ("segments.bargain.attributes.region.north", 0.1),
        ("segments.bargain.traits.pace.sd", 0.0),
        ("touchpoints.checkout.goal.value.mean", 80.0),
        ("touchpoints.checkout.goal.margin", 0.5),
        ("touchpoints.cart.channels.web", 0.1),
        ("touchpoints.checkout.emotion.mean", -0.5),
        ("transitions.cart/checkout.delay.median", 2.0),
        ("transitions.cart/gone.delay", 2.0),
        ("transitions.cart/gone.delay.value", 2.0),
        ("transitions.cart/gone.effects.wait", -1.0),
        ("orchestration.caps.email.max", 1),
        ("orchestration.budget.total", 900.0),
        ("channels.email.quiet_hours", [20.0, 9.0]),
        ("channels.email.quiet_hours.1", 20.0),
        ("start_date", SHOP.start_date.replace(year=2027)),
        ("layout.cart.2", 90.0),
        ("money.setup", 1000.0),
        ("desks.contact-centre.patience_minutes", {"family": "gamma", "mean": 3.0, "shape": 2.0}),
        ("touchpoints.cart.channels", ["web"]),
        ("segments.bargain.traits", {"pace": 2.0}),
        ("actions.cart-recovery.channels.1", "push"),
        ("rules.abandoned-cart.priority", 7),
    ],
)
def test_what_is_set_at_an_address_is_found_there_and_nothing_else_changes(address, value):
    settings = {address: value}
    if address.endswith("pace.sd"):
        settings["segments.bargain.traits.pace.mean"] = 1.0
    after = override(SHOP, settings)
    assert get(after, address) == value
    again = override(after, {address: get(SHOP, address)} if get(SHOP, address) is not None else {})
    unchanged = [other for other in addresses(SHOP) if not related(other, address)]
    assert [get(after, other) for other in unchanged] == [get(SHOP, other) for other in unchanged]
    assert get(SHOP, address) is None or get(again, address) == get(SHOP, address)


def related(one, other):
    shorter, longer = sorted([parts_of(one), parts_of(other)], key=len)
    pace = ("segments", "bargain", "traits", "pace")
    return longer[: len(shorter)] == shorter or (longer[:4] == pace == shorter[:4])


def test_every_address_can_be_looked_up_and_setting_its_value_again_changes_nothing():
    settings = {}
    for address in addresses(SHOP):
        value = get(SHOP, address)
        if value is not None and not address.startswith("coefficients") and ".identifiers." not in address:
            settings[address] = value
    assert override(SHOP, settings) == SHOP
    assert len(settings) > 200


def test_setting_a_coefficient_to_its_default_changes_no_coefficient():
    settings = {address: get(SHOP, address) for address in addresses(SHOP) if address.startswith("coefficients")}
    after = override(SHOP, settings)
    assert len(settings) == 36
    assert [coefficients(after, transition) for transition in after.transitions] == [
        coefficients(SHOP, transition) for transition in SHOP.transitions
    ]


def test_setting_a_single_value_again_leaves_the_tables_as_they_were():
    for address in ("horizon", "transitions.cart/checkout.delay.sigma", "touchpoints.cart.channels.web", "desks"):
        assert tables_of(override(SHOP, {address: get(SHOP, address)})) == tables_of(SHOP)


def test_a_value_that_is_not_in_the_file_is_its_default():
    plain = scenario()
    assert get(plain, "integration.carryover") == 0.9
    assert get(plain, "coefficients.exit.bad_experience") == 0.85
    assert get(plain, "touchpoints.start.effort") == 1
    assert get(plain, "touchpoints.start.channels.web") == 1
    assert get(plain, "touchpoints.gone.channels.web") is None
    assert get(plain, "population.arrivals.over") is None
    assert get(plain, "activity") is None


def test_tables_that_are_not_there_are_made_on_the_way():
    made = override(
        scenario(segments=[{"id": "one"}]),
        {
            "segments.one.traits.propensity.mean": 0.5,
            "segments.one.affinity.web": 2,
            "touchpoints.middle.goal.kind": "value",
            "orchestration.caps.total.max": 3,
            "orchestration.caps.total.days": 7,
            "coefficients.progress.wait": 0,
            "touchpoints.start.emotion.sd": 0.2,
        },
    )
    tables = tables_of(made)
    assert tables["segments"] == [{"id": "one", "affinity": {"web": 2.0}, "traits": {"propensity": {"mean": 0.5}}}]
    assert tables["touchpoints"][1] == {"id": "middle", "goal": {"kind": "value"}}
    assert tables["orchestration"] == {"caps": {"total": {"max": 3, "days": 7.0}}}
    assert tables["coefficients"] == {"progress": {"wait": 0.0}}


def test_setting_one_channel_of_a_touchpoint_keeps_the_others_that_it_has():
    two = scenario(channels=[{"id": "web"}, {"id": "app"}])
    assert override(two, {"touchpoints.start.channels.web": 3}).touchpoints[0].channels == {"web": 3, "app": 1}
    listed = override(two, {"touchpoints.start.channels": ["app", "web"]})
    assert override(listed, {"touchpoints.start.channels.app": 0}).touchpoints[0].channels == {"app": 0, "web": 1}


def test_a_fixed_trait_gets_a_spread_by_its_address():
    fixed = scenario(segments=[{"id": "one", "traits": {"pace": 2}}])
    assert get(fixed, "segments.one.traits.pace.mean") == 2
    spread = override(fixed, {"segments.one.traits.pace.sd": 0.5})
    assert get(spread, "segments.one.traits.pace") == {"mean": 2.0, "sd": 0.5}


def test_none_goes_back_to_the_default():
    assert override(SHOP, {"touchpoints.cart.effort": None}).touchpoints[0].effort == 1
    assert "budget" not in tables_of(override(SHOP, {"orchestration.budget": None}))["orchestration"]


def test_a_whole_item_keeps_its_id_and_a_new_one_needs_it():
    replaced = override(SHOP, {"channels.push": {"mix": 3}})
    assert replaced.channels[3].model_dump(exclude_unset=True) == {"id": "push", "mix": 3}
    added = override(SHOP, {"channels.sms": {"id": "sms", "kind": "device"}})
    assert [channel.id for channel in added.channels] == ["email", "web", "app", "push", "sms"]
    assert refused(SHOP, {"channels.sms": {"kind": "device"}}).problem == 'there is no "sms" in channels'


def test_items_without_an_id_go_by_their_number_from_1():
    tables = small(desks=[{"id": "phone", "shifts": [{"from": 8, "to": 18, "agents": 2}], "service_minutes": 5}])
    staffed = override(scenario(**tables), {"desks.phone.shifts.1.agents": 3})
    assert staffed.desks[0].shifts[0].agents == 3
    assert get(staffed, "desks.phone.shifts.1.agents") == 3
    finding = refused(staffed, {"desks.phone.shifts.2.agents": 3})
    assert (finding.problem, finding.remedy) == ('there is no "2" in desks.phone.shifts', "known names there: 1")


@pytest.mark.parametrize(
    ("address", "problem", "remedy"),
    [
        ("orchestration.polcy", 'there is no "polcy" in orchestration', "did you mean orchestration.policy?"),
        ("chanels.email.mix", 'there is no "chanels"', "did you mean channels.email.mix?"),
        ("channels.emial.mix", 'there is no "emial" in channels', "did you mean channels.email.mix?"),
        ("transitions.cart/checkot.share", '"cart/checkot" in transitions', "transitions.cart/checkout.share?"),
        ("population.size.x", 'no "x" in population.size', "population.size is a single value"),
        (
            "transitions.cart/gone.delay.mean",
            'it has no "mean"',
            'transitions.cart/gone.delay = { family = "exponential"',
        ),
        ("transitions.cart/checkout.delay.scale", 'no "scale"', "known names there: family, median, sigma, mean, sd"),
        ("", "is no address", "channels.email.mix"),
        ("channels..mix", "is no address", "channels.email.mix"),
        ("channels.email.", "is no address", "channels.email.mix"),
        ('channels."email', "is no address", "channels.email.mix"),
        ("desks.contact-centre.shifts.1.agents", 'no "1" in desks.contact-centre.shifts', "there are no names there"),
    ],
)
def test_a_wrong_address_is_told_with_the_right_one(address, problem, remedy):
    finding = refused(SHOP, {address: 1})
    assert finding.address == address
    assert problem in finding.problem
    assert remedy in finding.remedy
    with pytest.raises(ScenarioError):
        get(SHOP, address)


def test_the_end_of_an_address_is_enough_to_be_told_the_rest():
    with pytest.raises(ScenarioError, match=r"did you mean channels\.email\.mix\?"):
        get(SHOP, "email.mix")


def test_a_wrong_value_is_told_like_one_in_the_file():
    finding = refused(SHOP, {"channels.email.mix": "much"})
    assert str(finding) == (
        'channels.email.mix: expected a number of at least 0, got "much"; '
        "give a number of at least 0 (how widely the channel is used: multiplies its weight at every touchpoint)"
    )
    assert refused(SHOP, {"orchestration.policy": "rule"}).remedy == 'did you mean "rules"?'
    assert refused(SHOP, {"format": 2}).remedy == "update the program"


def test_all_wrong_addresses_are_told_at_once():
    with pytest.raises(ScenarioError) as raised:
        override(SHOP, {"horizn": 3, "channels.fax.mix": 1})
    assert [finding.address for finding in raised.value.findings] == ["horizn", "channels.fax.mix"]


def test_a_change_that_makes_no_sense_is_refused_but_an_unreachable_touchpoint_is_not():
    finding = refused(scenario(), {"transitions.start/middle.share": 0})
    assert (finding.address, finding.problem) == (
        "transitions.start/middle.share",
        'the weights of all transitions from "start" are 0',
    )
    assert override(scenario(), {"transitions.middle/gone.enabled": False}).transitions[2].enabled is False


def test_nothing_in_the_given_scenario_is_altered():
    before = tables_of(SHOP)
    override(SHOP, {"channels.email.mix": 9, "segments.bargain.affinity.web": 9})
    assert tables_of(SHOP) == before


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("3", 3),
        ("true", True),
        ('"3"', "3"),
        ("omni", "omni"),
        ("two words", "two words"),
        ("[1, 2]", [1, 2]),
        ('{ family = "exponential", mean = 2 }', {"family": "exponential", "mean": 2}),
        ("2026-02-01", SHOP.start_date.replace(month=2, day=1)),
        ("", ""),
        ("1\nother = 2", "1\nother = 2"),
        ("[1,", "[1,"),
        ("[" * 3000, "[" * 3000),
    ],
)
def test_a_value_on_the_command_line_is_toml_and_a_bare_word_a_text(text, value):
    assert parse_value(text) == value
    assert type(parse_value(text)) is type(value)


@pytest.mark.parametrize(
    "parts", [("a", "b"), ("a.b",), ("set", "x.y", "z"), ("a b", 'c"d', "e\\"), ("cart/checkout", "ü")]
)
def test_an_address_is_taken_apart_as_it_was_joined(parts):
    assert parts_of(joined(parts)) == parts
