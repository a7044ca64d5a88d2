"""What phases and shocks set although it cannot change during a run, and what they may well set."""

import pytest

from sim.scenario.arms import check_settings
from sim.scenario.checks import check
from sim.scenario.checks.settable import dated_keys
from tests.builders import scenario, small
from tests.scenario.finding import assert_found, changed, findings
from tests.scenario.orchestrated import ORCHESTRATED

SPRING = '"channels.web.mix" = 2'
"""What the phase `spring` sets."""
STRIKE = '"channels.kiosk.mix" = 0.1'
"""What the shock `strike` sets."""

FIXED = {
    # values that stand for the whole run
    "what is known on arrival": ("behaviour.known = 0.5", "what can change of behaviour: stickiness, sentiment_rate"),
    "the kind of a channel": ('channels.web.kind = "voice"', "what can change of a channel: mix, cost, delivery_rate"),
    "where people meet": ('touchpoints.page.channels = ["app"]', "what can change of a touchpoint: emotion, effort"),
    "a touchpoint": (
        "touchpoints.cart.enabled = false",
        "the transitions that lead there, such as transitions.page/cart.en",
    ),
    "an action of a rule": ("actions.stay.enabled = false", "switch what does it: rules.going.enabled"),
    "the role of a transition": (
        'transitions.page/cart.role = "exit"',
        "what can change of a transition: share, delay",
    ),
    "the words of an action": (
        'actions.stay.name = "Stay"',
        "what can change of an action: support_after, nudge, cost",
    ),
    "who works": ("desks.till.agents = 2", "what can change of a desk: service_minutes, patience_minutes, priority"),
    "what a rule does": ('rules.quiet.do = "reminder"', "what can change of a rule: enabled"),
    "to whom a broadcast goes": ("broadcasts.news.segments = []", "what can change of a broadcast: enabled"),
    "the mode of integration": ('integration.mode = "multi"', "what can change of integration: carryover"),
    "the policy": ('orchestration.policy = "none"', "switch rules and broadcasts instead, such as rules.ID.enabled"),
    "the population": ("population.size = 5", "compare arms that differ in it; what can change is in channels, touch"),
    "the seed": ("experiment.seed = 5", "leave it out; what can change is in channels, touchpoints, transitions"),
    "the date of another": ("phases.summer.at = 40", "compare arms that differ in it; what can change is in channels"),
}

WHOLE = {
    "a table": ("personalization = {}", "set single values, such as personalization.level"),
    "an item": ("channels.app = { mix = 2 }", "set single values, such as channels.app.mix"),
    "a list": ("broadcasts = []", "set single values, such as broadcasts.ID.enabled"),
}

DISABLED = {
    "a channel": (
        "channels.spare.enabled = true",
        'the channel "spare" is disabled, so nothing',
        "enable it (channels.spare.enabled); a phase at day 0 can switch it off to begin with",
    ),
    "a transition": (
        "transitions.later.enabled = true",
        'the transition "later" is disabled, so nothing',
        "enable it (transitions.later.enabled)",
    ),
    "a rule": (
        "rules.once.enabled = true",
        'the rule "once" is disabled, so nothing',
        "enable it (rules.once.enabled)",
    ),
    "a broadcast": (
        "broadcasts.letter.enabled = true",
        'the broadcast "letter" is disabled, so nothing',
        "enable it (broadcasts.letter.enabled)",
    ),
    "a transition to nowhere": (
        "transitions.page/closed.enabled = false",
        'the transition "page/closed" is left out with the disabled touchpoint "closed"',
        "enable the touchpoint (touchpoints.closed.enabled), or remove this",
    ),
    "a rule without its action": (
        "rules.idle.enabled = false",
        'the rule "idle" is left out with the disabled action "gone-by"',
        "enable the action (actions.gone-by.enabled), or remove this",
    ),
    "a broadcast without its action": (
        "broadcasts.old-news.enabled = false",
        'the broadcast "old-news" is left out with the disabled action "gone-by"',
        "enable the action (actions.gone-by.enabled), or remove this",
    ),
}

SET = {
    "behaviour.stickiness": 1,
    "coefficients.exit.wait": 0.5,
    "coefficients.progress": {"wait": -1},
    "channels.web.mix": 2,
    "channels.web.cost": 0.1,
    "channels.web.delivery_rate": 0.5,
    "channels.web.open_rate": 0.5,
    "channels.web.response_rate": 0.5,
    "channels.web.hour_effect": -0.5,
    "channels.web.opt_out_rate": 0.5,
    "channels.web.quiet_hours": [20, 9],
    "channels.web.time_to_act_hours": {"family": "exponential", "mean": 2},
    "channels.web.enabled": False,
    "touchpoints.start.emotion.mean": -0.5,
    "touchpoints.start.effort": 3,
    "touchpoints.start.profile_gain": 0.1,
    "transitions.start/middle.share": 2,
    "transitions.start/middle.delay": 2,
    "transitions.start/middle.effects.wait": 2,
    "transitions.start/middle.enabled": False,
    "desks.till.service_minutes": 3,
    "desks.till.patience_minutes": 3,
    "desks.till.priority": "value",
    "integration.carryover": 0.5,
    "personalization.level": "segment",
    "personalization.need.segment": 0.5,
    "actions.mail.cost": 1,
    "actions.mail.discount": 0.1,
    "actions.mail.valid_days": 3,
    "actions.mail.nudge": 1,
    "actions.mail.open_rate": 0.5,
    "actions.mail.response_rate": 0.5,
    "actions.mail.support_after": 3,
    "rules.hello.enabled": False,
    "broadcasts.news.enabled": False,
}
"""An example of everything that can change during a run."""

WITH_DESK = changed(
    ("[[touchpoints]] # page", '[[desks]]\nid = "till"\nagents = 1\nservice_minutes = 5\n\n[[touchpoints]] # page'),
    text=ORCHESTRATED,
)

DISABLED_ITEMS = """
[[channels]]
id = "spare"
enabled = false

[[touchpoints]]
id = "closed"
enabled = false

[[transitions]]
id = "later"
from = "page"
to = "cart"
share = 1
enabled = false

[[transitions]]
from = "page"
to = "closed"
share = 1

[[actions]]
id = "gone-by"
enabled = false

[[rules]]
id = "once"
when = { tick = true }
do = "similar"
enabled = false

[[rules]]
id = "idle"
when = { idle = 9 }
do = "gone-by"

[[broadcasts]]
id = "letter"
at = 20
do = "reminder"
enabled = false

[[broadcasts]]
id = "old-news"
at = 20
do = "gone-by"
"""


def setting(line):
    """The address and value of `ADDRESS = VALUE` as a phase sets them, and the address in quotes if it needs them."""
    address, _, value = line.partition(" = ")
    return f'"{address}" = {value}', f'"{address}"' if "." in address else address


@pytest.mark.parametrize("wrong", FIXED)
def test_what_stands_for_the_whole_run_cannot_change_in_it(wrong):
    line, remedy = FIXED[wrong]
    written, quoted = setting(line)
    problem = "this cannot change during a run"
    text = changed((SPRING, written), text=WITH_DESK)
    assert_found(text, written, f"phases.spring.set.{quoted}", problem, remedy)
    text = changed((STRIKE, written), text=WITH_DESK)
    assert_found(text, written, f"shocks.strike.set.{quoted}", problem, remedy)


def test_a_misspelt_address_is_not_told_twice():
    text = changed((SPRING, '"desks.tlil.agents" = 2'), text=WITH_DESK)
    address = 'phases.spring.set."desks.tlil.agents"'
    assert_found(text, "desks.tlil", address, 'there is no "tlil" in desks', "did you mean desks.till.agents?")


@pytest.mark.parametrize("whole", WHOLE)
def test_only_single_values_change_during_a_run(whole):
    line, remedy = WHOLE[whole]
    written, quoted = setting(line)
    problem = "this cannot be replaced as a whole during a run"
    assert_found(changed((SPRING, written), text=ORCHESTRATED), written, f"phases.spring.set.{quoted}", problem, remedy)


@pytest.mark.parametrize("disabled", DISABLED)
def test_what_is_disabled_is_not_switched_during_a_run(disabled):
    line, problem, remedy = DISABLED[disabled]
    written, quoted = setting(line)
    before = findings(ORCHESTRATED + DISABLED_ITEMS)
    found = set(findings(changed((SPRING, written), text=ORCHESTRATED) + DISABLED_ITEMS)) - set(before)
    assert [(one.address, one.level) for one in found] == [(f"phases.spring.set.{quoted}", "error")]
    (one,) = found
    assert problem in one.problem
    assert remedy in one.remedy
    off = changed((SPRING, written), ('id = "spring"', 'enabled = false\nid = "spring"'), text=ORCHESTRATED)
    assert {one.address for one in findings(off + DISABLED_ITEMS)} == {one.address for one in before}


@pytest.mark.parametrize("address", SET)
def test_everything_that_can_change_during_a_run_may_be_set(address):
    tables = small(
        channels=[{"id": "web"}, {"id": "app"}],
        desks=[{"id": "till", "agents": 1, "service_minutes": 5}],
        actions=[{"id": "mail", "channels": ["web", "app"]}],
        rules=[{"id": "hello", "when": {"tick": True}, "do": "mail"}],
        broadcasts=[{"id": "news", "at": 3, "do": "mail"}],
        phases=[{"id": "later", "at": 5, "set": {address: SET[address]}}],
        shocks=[{"id": "strike", "from": 2, "to": 4, "set": {address: SET[address]}}],
    )
    assert check(scenario(**tables)) == ()


def test_the_examples_cover_every_table_that_can_change():
    keys = {
        (kind, key)
        for kind, keys in dated_keys().items()
        if kind not in ("behaviour", "personalization")
        for key in keys
    }
    listed = ("channels", "touchpoints", "transitions", "desks", "actions", "rules", "broadcasts")
    shown = {(parts[0], parts[2 if parts[0] in listed else 1]) for parts in (each.split(".") for each in SET)}
    assert keys - shown == {("coefficients", "neutral")}


@pytest.mark.parametrize(
    ("address", "value", "problem"),
    [
        ("channels.web.mix", "-1", "expected a number of at least 0, got -1"),
        ("channels.web.enabled", "0", "expected true or false, got 0"),
        ("channels.email.quiet_hours", "[0, 24]", "these quiet hours cover the whole day"),
        ("touchpoints.page.effort", "8", "expected a number from 1 to 7, got 8"),
        ("transitions.page/cart.delay", "-1", "a delay cannot be -1"),
        ("transitions.page/cart.effects.wiat", "1", 'there is no covariate "wiat"'),
        ("personalization.level", '"indivdual"', 'got "indivdual"'),
        ("transitions.shelf/bought.enabled", "false", "customers who come here can never leave"),
    ],
)
def test_a_value_that_stands_for_a_while_is_as_right_as_any_other(address, value, problem):
    text = changed((SPRING, f'"{address}" = {value}'), text=ORCHESTRATED)
    (found,) = findings(text)
    assert problem in found.problem
    assert found.address.startswith(f'phases.spring.set."{address}"')
    assert found.level == "error"


@pytest.mark.parametrize(
    "off",
    [
        "channels.push.enabled",  # all that a call goes on
        "channels.kiosk.enabled",  # all that a touchpoint has
        "channels.web.enabled",
        "channels.email.enabled",
        "transitions.page/shelf.enabled",  # the only transition there
        "rules.going.enabled",
        "broadcasts.news.enabled",
    ],
)
def test_something_may_be_off_for_a_while_wherever_else_it_is_named(off):
    again = changed((STRIKE, f'"{off}" = false'), (SPRING, f'"{off}" = false'), text=ORCHESTRATED)
    assert findings(changed(('"channels.web.mix" = 3', f'"{off}" = true'), text=again)) == ()


def test_a_doubtful_value_of_a_phase_is_told_where_it_stands():
    text = changed((SPRING, '"actions.stay.support_after" = 3'), text=ORCHESTRATED)
    address = 'phases.spring.set."actions.stay.support_after"'
    assert_found(text, "actions.stay", address, "shown once", "remove it", "warning")


def test_phases_that_are_right_one_by_one_may_be_wrong_together() -> None:
    of = scenario(
        phases=[
            {"id": "one", "at": 3, "set": {"transitions.middle/done.share": 0}},
            {"id": "two", "at": 5, "set": {"transitions.middle/gone.share": 0}},
        ],
    )
    (fault,) = check_settings(of)
    assert fault.key_path == ("phases",)
    assert fault.problem.startswith("with what the phases set together")
